"""Messages on their way out: from the outbox to Telegram, within its limits."""
