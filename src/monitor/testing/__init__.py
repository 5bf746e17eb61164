"""What tests stand on, shipped so that extensions can be tested too: a manual clock and a simulated host."""
