"""What may happen to a complaint, by whom, and which clocks it starts and stops."""
