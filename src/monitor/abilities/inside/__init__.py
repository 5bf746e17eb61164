"""Inside: what is seen in a container from outside: its processes, the files it changed, what it uses."""
