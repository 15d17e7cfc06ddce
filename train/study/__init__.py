"""Studies: many runs that differ in what is asked about, and what they say together."""
