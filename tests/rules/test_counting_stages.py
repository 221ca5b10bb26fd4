"""In which places does the clock of a stage count beside others? The pack says so; older packs are read as before."""

import re
from importlib.resources import files

import pytest

from complaints.model.roles import OF_COMPANY
from complaints.policy.pack import load_packs
from complaints.policy.pack_schema import CountsIn

SHIPPED = ("chengdu", "pudong", "changzhi", "county")
# Before packs said it, the code did: these stages counted everywhere but there.
LEFT_OUT = {
    CountsIn.CARD: {"urgent", "comply"},
    CountsIn.RECEIPT: {"urgent", "survey", "classify"},  # since then: to sort the case is promised to no resident
    CountsIn.SUM: {"urgent", "supervise", "survey"},
    CountsIn.TODO: {"supervise", "survey"},
}
# Stages that were added since then, and have always said it.
NEW = {"take_in"}


def counting(pack, where):
    """Of the card only what its handler is held to ever counted."""
    known = (s for s in pack.stages if s.id not in NEW)
    return {s.id for s in known if where in s.counts_in and (where is not CountsIn.CARD or s.owner in OF_COMPANY)}


@pytest.mark.parametrize("where", CountsIn)
@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_packs_say_what_held_before(name, where):
    pack = load_packs()[name]
    held = {s.id for s in pack.stages if where is not CountsIn.CARD or s.owner in OF_COMPANY}
    assert counting(pack, where) == held - LEFT_OUT[where] - NEW


@pytest.mark.parametrize("where", CountsIn)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_that_does_not_say_it_counts_as_before(name, where, tmp_path):
    text = (files("complaints") / "packs" / f"{name}.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(re.sub(r"counts_in = .*\n", "", text), encoding="utf-8")
    own = load_packs(tmp_path)[name]
    assert counting(own, where) == counting(load_packs()[name], where)


def test_a_pack_may_say_otherwise(tmp_path):
    text = (files("complaints") / "packs" / "chengdu.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace('counts_in = ["todo"]', 'counts_in = ["card"]'), encoding="utf-8")
    assert load_packs(tmp_path)["chengdu"].stage("urgent").counts_in == {CountsIn.CARD}
