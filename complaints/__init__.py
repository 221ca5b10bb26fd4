"""The rules: a complaint, its lifecycle, its clocks and its notices; no chat, no database, no clock of its own."""
