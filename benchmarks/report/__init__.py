"""What every command measures comes out as one kind of report."""
