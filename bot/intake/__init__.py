"""Updates on their way in: from Telegram into the inbox, and from the inbox to the handlers."""
