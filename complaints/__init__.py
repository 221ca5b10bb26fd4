"""What is true: a complaint, its moves, its clocks and who is told. No chat, no database, no clock of its own."""
