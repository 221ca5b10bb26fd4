"""What residents say: filing, tracking, rating, signing up, their data."""
