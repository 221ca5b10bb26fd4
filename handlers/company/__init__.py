"""Handlers for the property company: answers, dates, resolutions, assignments."""
