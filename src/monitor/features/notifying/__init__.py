"""Notifying: what happened to alerts, sent to where admins want it: queued with the event, tried until it arrives."""
