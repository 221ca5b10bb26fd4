"""What the property company says: answers, dates, resolutions, assignments."""
