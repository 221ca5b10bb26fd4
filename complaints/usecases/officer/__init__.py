"""What the bureau and other offices do."""
