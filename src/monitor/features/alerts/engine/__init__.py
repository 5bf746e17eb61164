"""Engine: from figures over time to when an alert opens, is told of and ends. Pure: no clock, no store, no host.

Its whole state is a Standing, a plain value that can be stored: put back, it goes on as if nothing had been.
"""
