"""A study's arms in the browser: what exports, what it takes there, and which net is worth it."""
