"""Schedules: what people have asked for by the clock."""
