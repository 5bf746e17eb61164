"""The vocabulary every room speaks: operations, calls, jobs, resources, permissions, errors, time (msgspec only)."""
