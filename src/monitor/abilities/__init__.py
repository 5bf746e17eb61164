"""What a host can do, one folder each: messages (calls.py), the agent's way (run.py), the simulated way (sim.py)."""
