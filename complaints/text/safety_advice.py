"""What somebody in danger should do first, by what they have said: to leave is no advice for whoever is trapped."""

import re
from enum import StrEnum

LIFT_MATTER = "lift_trapped"
TRAPPED = re.compile(
    r"被困|困人|困[在住]|关在|卡在|出不[来去]|trapped|stuck|can[’']?t get out|locked in", re.IGNORECASE
)
LIFT = re.compile(r"电梯|轿厢|\blift\b|\belevator\b", re.IGNORECASE)
SPREADING = re.compile(r"火|烟|漏气|燃气|煤气|天然气|\bfire\b|\bsmoke\b|\bgas\b", re.IGNORECASE)


class SafetyAdvice(StrEnum):
    LEAVE = "leave"
    STAY = "stay"  # in a lift, whose doors nobody should force
    CALL_OUT = "call_out"  # trapped elsewhere, or by fire, smoke or gas
    EITHER = "either"  # nobody has said yet what it is


def safety_advice(words: str, matter: str = "") -> SafetyAdvice:
    """By the words, and by the matter that was tapped, if any."""
    trapped = matter == LIFT_MATTER or TRAPPED.search(words) is not None
    if trapped and SPREADING.search(words):
        return SafetyAdvice.CALL_OUT
    if matter == LIFT_MATTER or (trapped and LIFT.search(words)):
        return SafetyAdvice.STAY
    if trapped:
        return SafetyAdvice.CALL_OUT
    return SafetyAdvice.EITHER if not words and matter in ("", "unsaid") else SafetyAdvice.LEAVE
