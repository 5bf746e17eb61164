"""Every store backend against the same contract."""
