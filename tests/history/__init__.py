"""What servers and containers used over time: how it is packed, rolled up, kept and asked for."""
