"""A local Bot API server as strict as Telegram's own, with people who use it."""
