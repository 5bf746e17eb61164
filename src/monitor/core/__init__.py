"""The server: one dispatcher, core's memory, the links to hosts, REST and live."""
