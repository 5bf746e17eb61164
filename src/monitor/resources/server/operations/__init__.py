"""What can be asked of a server, one file per subject; `actions` holds what is done then, by the same names."""
