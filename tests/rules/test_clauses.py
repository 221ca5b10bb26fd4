"""Every clause that people can be told stands in a pack, and quotes its document word for word."""

import re
from pathlib import Path

import pytest

from complaints.policy.catalogue import load_catalogue
from complaints.policy.clauses import Holds
from complaints.policy.pack import load_packs

DOCUMENTS = Path(__file__).parents[2] / "docs" / "documents"
PACKS = load_packs()
CLAUSES = [(pack.id, entry, clause) for pack in PACKS.values() for entry, clause in pack.clauses]
OPENINGS = str.maketrans("()％", "（）%")  # the documents write both


def bare(text):
    """Without the breaks of lines and pages that cut sentences."""
    return re.sub(r"\s", "", text).translate(OPENINGS)


@pytest.mark.parametrize(("pack", "entry", "clause"), CLAUSES, ids=[f"{pack}-{entry}" for pack, entry, _ in CLAUSES])
def test_a_clause_quotes_its_document_or_is_ours(pack, entry, clause):
    document = bare((DOCUMENTS / f"{pack}.txt").read_text(encoding="utf-8"))
    assert clause.quotes or (clause.ours and not clause.number)
    for sentence in clause.quotes:
        assert bare(sentence) in document
    if clause.softened:
        assert any(clause.softened in sentence for sentence in clause.quotes)


def test_the_first_answer_is_due_by_the_pledge_and_its_expiry_by_the_guide():
    stage = PACKS["chengdu"].stage("respond")
    assert stage.clause.number == "一(二)、附件1"
    assert stage.expiries[-1].clause.number == "一(二)、附件3 注意事项"


def test_only_a_second_slip_speaks_of_raising():
    expiry = PACKS["chengdu"].stage("resolve_major").expiries[-1]
    assert "三(二)" not in expiry.rests_on(again=False).number
    assert "三(二)" in expiry.rests_on(again=True).number


def test_what_a_document_softens_stays_soft():
    found = {(pack, entry): clause.softened for pack, entry, clause in CLAUSES if clause.softened}
    assert found == {
        ("chengdu", "resolve_general"): "原则上",
        ("county", "resolve_general"): "原则上",
        ("changzhi", "resolve"): "基本办结",
    }


def test_what_is_only_followed_is_said_to_be():
    found = {(pack, entry) for pack, entry, clause in CLAUSES if clause.analogous}
    rates = {("pudong", rate) for rate in ("first_contact", "on_time", "actual", "satisfaction")}
    assert found == {("pudong", "contact"), *rates}
    assert PACKS["county"].stage("penalise").clause.beside == "《行政处罚法》第六十条"


def test_what_no_document_gives_is_marked_value_by_value():
    chengdu, county = PACKS["chengdu"], PACKS["county"]
    assert {entry.id: entry.ours for entry in chengdu.lists} == {
        "red": ("from_cases",),
        "black": ("candidate", "published", "from_cases"),
    }
    assert chengdu.pattern("major").clause.ours
    regrade = county.pattern("regrade")
    assert (regrade.ours, regrade.unfinished) == (("any_of",), True)


def test_lengths_that_a_document_gives_once():
    found = {(pack, entry): clause.holds for pack, entry, clause in CLAUSES if clause.holds is not Holds.ALWAYS}
    assert found == {
        ("chengdu", "resolve_general"): Holds.FIRST_START,
        ("county", "resolve_general"): Holds.FIRST_ROUND,
        ("county", "resolve_major"): Holds.FIRST_ROUND,
        ("changzhi", "resolve"): Holds.FIRST_ROUND,
    }


def test_matters_of_which_the_street_hears_stand_in_the_catalogue():
    known = {matter.id for matter in load_catalogue().matters}
    assert {matter for pack in PACKS.values() for matter in pack.street_matters} <= known
