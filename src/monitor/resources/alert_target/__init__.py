"""Alert target: one place alerts are sent to, which of them, and when."""
