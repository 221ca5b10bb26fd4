"""Measures the running bot from outside: how much it does in a second, and what that costs."""
