"""The command line: one module for each subject, gathered in `cli/__main__.py`."""
