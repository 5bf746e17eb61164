"""The link from core to the agents: core's identity, joining hosts, and the remote host."""
