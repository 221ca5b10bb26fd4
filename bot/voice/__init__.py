"""Voice messages that a program of the operator's writes down."""
