"""`train prepare` beside the way that one would go without it."""
