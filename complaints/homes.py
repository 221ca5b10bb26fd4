"""Where does a resident live, in their own words?"""

import re

LONGEST_ROOM = 40  # characters
WHERE = re.compile(
    r"^\s*((?:building|block)\s*\w+|[\w#-]*?(?:栋|幢|号楼|座|楼|#)|\d+)[\s,，、-]*(.*)$", re.IGNORECASE | re.DOTALL
)


def where_is(text: str, building: str) -> tuple[str, str]:
    """Building and room from the resident's words; what can't be told apart is kept as the room."""
    if building:
        return (building if not building.isdigit() else f"{building}栋"), text
    found = WHERE.match(text)
    if found is None or not found[2]:
        return "", text
    first = found[1].strip()
    return (f"{first}栋" if first.isdigit() else first), found[2].strip()
