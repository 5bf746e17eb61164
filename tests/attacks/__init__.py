"""Attacks: what somebody with bad intentions would try, and that it does not work."""
