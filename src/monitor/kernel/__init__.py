"""The vocabulary every room speaks: operations, host calls, jobs, resources, permissions, errors, time (msgspec only)."""
