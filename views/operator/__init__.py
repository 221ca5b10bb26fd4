"""What whoever runs or demonstrates the bot reads."""
