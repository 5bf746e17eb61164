"""Users: the people (and programs) who may sign in."""
