"""Activity: the record of what was done, read, followed and cancelled."""
