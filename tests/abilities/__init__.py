"""What hosts can do, tested against the real parts."""
