"""The built site in a real browser as a visitor has it."""
