"""What operators do with a database: back it up, check it, move it to PostgreSQL."""
