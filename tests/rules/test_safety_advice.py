"""What somebody in danger is advised to do: whoever is trapped is never told to leave."""

import pytest

from complaints.text.safety_advice import SafetyAdvice, safety_advice

A = SafetyAdvice


@pytest.mark.parametrize(
    ("words", "matter", "advice"),
    [
        ("电梯困人，老人在里面", "", A.STAY),
        ("我被关在电梯里出不来", "other_equipment", A.STAY),
        ("快来", "lift_trapped", A.STAY),
        ("", "lift_trapped", A.STAY),
        ("I'm stuck in the lift", "", A.STAY),
        ("着火了，人被困在屋里", "fire_smoke", A.CALL_OUT),
        ("电梯里冒烟，有人被困", "lift_trapped", A.CALL_OUT),
        ("被困在地下室了", "", A.CALL_OUT),
        ("楼道着火", "fire_smoke", A.LEAVE),
        ("电梯门夹了人，流血了", "lift_broken", A.LEAVE),
        ("快来人啊", "unsaid", A.LEAVE),
        ("", "unsaid", A.EITHER),
        ("", "fire_smoke", A.LEAVE),
    ],
)
def test_the_advice_fits_what_was_said(words, matter, advice):
    assert safety_advice(words, matter) is advice
