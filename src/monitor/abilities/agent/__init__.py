"""The agent itself: greeting, and what every ability's run.py is given to work with."""
