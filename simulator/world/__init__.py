"""The state of the simulated messenger: chats, messages, files, members."""
