"""People and groups with their telephones: what they do, and what they see."""
