"""Documents by type and id, a journal, append-only logs: one contract, several backends."""
