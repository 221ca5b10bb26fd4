"""Removal of invisible characters: they fall out of a text, and what is written stays."""

import pytest

from complaints.text.sanitizing import clean, one_line, units


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        # what was sent, what is kept
        ("  3栋灯坏了 \n", "3栋灯坏了"),
        ("一\r\n二\r三\u2028四\x85五", "一\n二\n三\n四\n五"),
        ("灯\x00\x1b[31m\x07坏", "灯[31m坏"),
        ("灯\ud83d坏\udc00", "灯坏"),
        ("\u202e已办结\u202c \u2067x\u2069\u200e\u200f\u061c", "已办结 x"),
        ("着\u200b火\u2060\ufeff\u00ad了", "着火了"),
        ("着\u200d火", "着火"),
        ("👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 ❤\ufe0f", "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 ❤\ufe0f"),
        ("灯" + "\u0301" * 300, "灯\u0301\u0301"),
        ("\u200b\u3164\u2800", "\u2800"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("ئۇيغۇرچە שלום", "ئۇيغۇرچە שלום"),
        ("a\tb", "a b"),
    ],
)
def test_what_is_kept(said, kept):
    assert clean(said) == kept
    assert clean(kept) == kept


def test_a_name_is_one_line():
    assert one_line(" 张\n编号 1\t\u2028三 ") == "张 编号 1 三"


def test_length_is_counted_as_the_messenger_does():
    assert [units(text) for text in ("", "灯a", "😀", "\ud83d")] == [0, 2, 2, 1]
