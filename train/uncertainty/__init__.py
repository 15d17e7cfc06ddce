"""What a net does not know: many answers to one picture, and how far they disagree."""
