"""Nodes of a Ray cluster that work for a command."""
