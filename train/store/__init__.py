"""Crops at a net's size that lie on disk: cut once, read by every later run."""
