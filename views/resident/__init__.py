"""What residents read."""
