"""The command `monitor`: everything the API can do, derived from the declarations, for people and for programs."""
