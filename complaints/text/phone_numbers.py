"""Telephone numbers: recognised however they are written, and brought to one form."""

import re
import unicodedata

NUMBER = re.compile(r"\d{5,15}", re.ASCII)
CHINESE_MOBILE = re.compile(r"86(1\d{10})", re.ASCII)


def normal_phone(text: str) -> str:
    """The digits by which people are compared: "+86 138 0000 0101" is "13800000101"; "" for what is no number."""
    folded = unicodedata.normalize("NFKC", text)
    # `Cf` are the unseen marks that come along when a number is copied from an address book.
    seen = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Pd"))
    digits = re.sub(r"[\s()]", "", seen)
    digits = digits.removeprefix("+").removeprefix("00")
    if not NUMBER.fullmatch(digits):
        return ""
    mobile = CHINESE_MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits
