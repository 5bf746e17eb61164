"""Cleaning: what a host keeps that nobody needs any more: how much it is, and its removal."""
