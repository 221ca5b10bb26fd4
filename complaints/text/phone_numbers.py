"""Telephone numbers: recognised however they are written, and brought to one form."""

import re
import unicodedata

NUMBER = re.compile(r"\d{5,15}", re.ASCII)
CHINESE_MOBILE = re.compile(r"86(1\d{10})", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)(?!86)[1-9]\d{6,14}", re.ASCII)
_IN_CHINA = re.compile(r"(?:(?:\+|00)?86)?1[3-9]\d{9}|(?:0|(?:\+|00)86)[1-9]\d{8,10}", re.ASCII)
_NATIONWIDE = ("400", "800")  # these have no area code


def _written(text: str) -> str:
    """Its digits, and the plus before them, without what stands between."""
    folded = unicodedata.normalize("NFKC", text)
    # `Cf` are the unseen marks that come along when a number is copied from an address book.
    seen = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Pd"))
    return re.sub(r"[\s()]", "", seen)


def normal_phone(text: str) -> str:
    """The digits by which people are compared: "+86 138 0000 0101" is "13800000101"; "" for what is no number."""
    digits = _written(text).removeprefix("+").removeprefix("00")
    if not NUMBER.fullmatch(digits):
        return ""
    mobile = CHINESE_MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits


def is_whole(text: str) -> bool:
    """Whether somebody can be called by it: a mobile of 11 digits, else with area code and its 0, or with a country."""
    written = _written(text)
    return bool(_IN_CHINA.fullmatch(written) or _ABROAD.fullmatch(written))


def lacks_zero(text: str) -> bool:
    """Whether the 0 before the area code seems lost, as spreadsheets lose it: 2868772041."""
    written = _written(text)
    return bool(re.fullmatch(r"[2-9]\d{8,10}", written, re.ASCII)) and not written.startswith(_NATIONWIDE)
