"""Inbox and outbox: which updates wait, which messages are to be sent, and to whom."""
