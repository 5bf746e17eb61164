"""Alert rule: what is watched, where, and from when on people are told of it."""
