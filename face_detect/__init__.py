"""Find faces and cut them out by one rule."""
