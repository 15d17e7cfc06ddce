"""Datasets that are made: as large as a test of size needs them, in the layout of a real one."""
