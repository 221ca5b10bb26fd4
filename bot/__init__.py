"""The running bot: its settings, its clock, and the wiring of its parts."""
