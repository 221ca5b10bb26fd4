"""Texts for whoever operates or demonstrates the bot."""
