"""Terminals, as core sees them: how many there may be, who is connected, and whether he still may."""
