"""How does it start and run? The command line, the settings, and the only wiring."""
