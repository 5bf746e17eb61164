"""Schedule: an action asked for by the clock, as whoever switched it on."""
