"""The built site, frame by frame and stage by stage."""
