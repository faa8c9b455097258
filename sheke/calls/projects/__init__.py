"""What a project is made of: its days, its money, what waits, what the log says of it."""
