"""From a trained net to a proven static site."""
