"""The demo: a sample city on one machine, played on a page, without Telegram."""
