"""What can be asked of a build, one file per subject; `actions` holds what is done then, by the same names."""
