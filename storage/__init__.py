"""What do we remember? Tables, the unit of work and one module per thing stored."""
