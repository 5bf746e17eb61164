"""Alerts: rules held against what hosts tell and what core knows; what comes of it kept, shown and handed on."""
