"""Notifier: the process that gives one message to one service and ends; it knows no keys, no store and no core."""
