"""Masks, drawn on faces that wear none."""
