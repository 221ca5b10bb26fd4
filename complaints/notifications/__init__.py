"""The notices that an event causes: their recipients, kinds and urgency."""
