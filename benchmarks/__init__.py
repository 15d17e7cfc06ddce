"""How fast the site is in a real browser."""
