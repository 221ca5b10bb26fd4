"""Mutated packs: each loads, or one sentence says what is wrong; never a traceback."""

import os
import random
import re
from contextlib import suppress
from importlib.resources import files

import pytest

from complaints.policy.deadlines import Unanswerable, deadline
from complaints.policy.pack import PackError, load_packs, read_pack
from complaints.time.workdays import Workdays

SHIPPED = sorted(f.name for f in (files("complaints") / "packs").iterdir() if f.name != "catalogue.toml")
MUTATIONS = 200
SEED = int(os.environ.get("MUTATION_SEED", "72"))
TOKEN = re.compile(r'"[^"\n]*"|[0-9.]+|true|false|[a-z_]+(?= =)|[\[\]{}=,]')
VALUES = (
    *('""', '"x"', '"-1d"', '"0wd"', '"99999h"', '"4h\\n2wd"', '"\\u0000"', '"' + "长" * 500 + '"'),
    *('"agreed"', '"ordered"'),
    *("0", "-1", "1.5", "nan", "inf", "9" * 400, "true", "[]", "{}", "[[]]", "{ a = 1 }", "2027-01-01", "09:00:00"),
    *("1e999", "0x7f", '["Filed", 7]', '{ event = "Filed", danger = "yes" }', '{ working = "4h" }', "'''\n'''", "\\"),
)  # fmt: skip


def lines_swapped(text, chance):
    lines = text.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def line_gone(text, chance):
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def line_doubled(text, chance):
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "".join(lines)


def token_replaced(text, chance):
    found = chance.choice(list(TOKEN.finditer(text)))
    return text[: found.start()] + chance.choice(VALUES) + text[found.end() :]


def tokens_exchanged(text, chance):
    one, other = chance.choice(list(TOKEN.finditer(text))), chance.choice(list(TOKEN.finditer(text)))
    return text[: one.start()] + other[0] + text[one.end() :]


def cut_off(text, chance):
    return text[: chance.randrange(len(text))]


def character_changed(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("\"'[]{}=#\\\n\t \u200b\x00é期0-") + text[at + 1 :]


MUTATE = (lines_swapped, line_gone, line_doubled, token_replaced, token_replaced, tokens_exchanged, cut_off,
          character_changed)  # fmt: skip


def mutated(number):
    chance = random.Random(SEED * 1000 + number)
    text = (files("complaints") / "packs" / chance.choice(SHIPPED)).read_text(encoding="utf-8")
    for _ in range(chance.choice((1, 1, 2, 5))):
        text = chance.choice(MUTATE)(text, chance)
        if not TOKEN.search(text):
            break
    return text


def test_no_mutated_pack_gives_a_traceback(tmp_path):
    refused = 0
    for number in range(MUTATIONS):
        (tmp_path / "mine.toml").write_text(mutated(number), encoding="utf-8")
        fault = _fault(tmp_path)
        refused += fault is not None
        assert fault is None or (fault.startswith("mine.toml: ") and fault.isprintable()), (SEED, number)
    assert refused > MUTATIONS // 2


def _fault(folder):
    """What is said of the pack; one that loads must also give deadlines."""
    try:
        pack = read_pack(folder / "mine.toml")
    except PackError as error:
        return str(error)
    for stage in pack.stages:
        with suppress(Unanswerable):
            deadline({pack.id: pack}, Workdays(), pack.id, stage.id, "2100-12-31T23:59:59+14:00")
    return None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "is not written in UTF-8"),
        (b"", "id: is missing"),
        (b"a = " + b"[" * 5000, "is not TOML: "),
        (b"a = " + b"9" * 5000, "is not TOML: "),
    ],
)
def test_what_is_no_pack_at_all_is_told_too(tmp_path, content, said):
    (tmp_path / "mine.toml").write_bytes(content)
    with pytest.raises(PackError, match=re.escape(f"mine.toml: {said}")):
        load_packs(tmp_path)
