"""The demo: a real core, a real periphery and a small app, driven through the command line as a user would."""
