"""How soon a visitor sees the first result, and what it takes to get there."""
