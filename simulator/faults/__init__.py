"""Faults of the messenger, switched on by rule."""
