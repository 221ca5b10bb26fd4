"""What the property company reads."""
