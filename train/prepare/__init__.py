"""The faces of a dataset of any size, cut out once."""
