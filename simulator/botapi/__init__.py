"""The methods of the Bot API, as strict as the real ones."""
