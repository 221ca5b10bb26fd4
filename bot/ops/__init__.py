"""What keeps the process and whoever runs it informed: leader election, health, metrics, alerts."""
