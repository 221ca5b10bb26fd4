"""The inbox and the outbox: updates that wait, messages to be sent, and their recipients."""
