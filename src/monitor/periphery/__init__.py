"""The agent on each host: a small web server only core may call, that watches Docker and runs jobs."""
