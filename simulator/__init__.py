"""What if there were no Telegram? A local Bot API server as strict as the real one, and people using it."""
