"""Screens and notices for the property company."""
