"""Learning from faces without labels, which a net labels itself where it is sure."""
