"""History: what servers and containers used over time, at four resolutions, as compressed blocks of columns."""
