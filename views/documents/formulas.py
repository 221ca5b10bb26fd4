"""What would a spreadsheet do with somebody's words? Nothing: what begins like a formula is marked as text."""

import re

BEGINS = re.compile(r"^(?=[=+\-@\t\r])", re.MULTILINE)


def no_formula(text: str) -> str:
    """An apostrophe stands before every line that a spreadsheet would calculate."""
    return BEGINS.sub("'", text)
