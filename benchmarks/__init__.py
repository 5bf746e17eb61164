"""Figures against a peer in the same run; `script/bench` runs them. Nothing here is asserted by a test."""
