"""What can be asked of the rules on the command line? A module a subject; `cli/__main__.py` gathers them."""
