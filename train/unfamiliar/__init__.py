"""Pictures that are no faces a net knows: made to learn from, made to judge by, and the judging."""
