"""The lifecycle of a complaint: possible moves, rights, and the clocks that events start and stop."""
