"""What people would use instead, in the same browser, on the same frames, in turns."""
