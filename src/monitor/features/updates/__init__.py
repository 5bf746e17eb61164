"""Updates: newer images looked for in time, shown, and where a deployment says so taken by itself."""
