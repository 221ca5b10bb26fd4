"""The parser of addresses: building and room from a resident's own words."""

import re

LONGEST_ROOM = 40  # characters
# What a group may read must be a building and nothing else: at most three digits, letters or numerals.
WHERE = re.compile(
    r"^\s*((?:building|block)\s*[a-z]?\d{0,3}(?![\w])|(?:[a-z]{0,2}-?\d{1,3}|[a-z]{1,2}|[一二三四五六七八九十]{1,3})\s*"
    r"(?:栋|幢|号楼|座|#)|\d{1,3}(?!\d))[\s,，、-]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)


def where_is(text: str, building: str) -> tuple[str, str]:
    """Building and room from the resident's words; what can't be told apart is kept as the room."""
    found = WHERE.match(f"{building} {text}" if building else text)
    if found is None or (found[1].strip().isdigit() and not found[2]):
        return "", f"{building} {text}".strip()
    first = found[1].strip()
    return (f"{first}栋" if first.isdigit() else first), found[2].strip()
