"""Labelled pictures in, `models/<name>/` out."""
