"""What does time do? A heart that beats, and a sweep that does what is due."""
