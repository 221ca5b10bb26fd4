"""Who is told of an event, by which notice, and how urgently."""
