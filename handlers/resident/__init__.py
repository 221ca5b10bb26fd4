"""Handlers for residents: filing, tracking, rating, signing up, their data."""
