"""Maintenance: a time in which work is done on some servers, and nobody is told of what that sets off."""
