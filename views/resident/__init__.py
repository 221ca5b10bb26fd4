"""Screens and notices for residents."""
