"""Periods, working days and who is on call."""
