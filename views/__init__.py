"""What do people read? Pure functions from values to a `Screen`, one module per reader."""
