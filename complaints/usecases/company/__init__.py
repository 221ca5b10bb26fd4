"""What managers and company heads do."""
