"""What officials and their groups read."""
