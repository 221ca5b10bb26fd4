"""Protection of spreadsheets: words that begin like a formula are marked as text."""

import re

BEGINS = re.compile(r"^(?=[=+\-@\t\r])", re.MULTILINE)


def no_formula(text: str) -> str:
    """An apostrophe stands before every line that a spreadsheet would calculate."""
    return BEGINS.sub("'", text)
