"""Git account: who Monitor says it is when it fetches sources from one git server."""
