"""Watch: the one long-lived stream per server that tells core what changes there."""
