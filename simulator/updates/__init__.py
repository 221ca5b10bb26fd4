"""Updates that wait for the bot, and how they go wrong."""
