"""Whatever people read as law stands in a pack; what is ours never does."""

import re
from pathlib import Path

import pytest

from complaints.policy.catalogue import load_catalogue
from complaints.policy.pack import load_packs
from views.framework.translator import translator
from views.operator.tour import tour

GOLDEN = sorted((Path(__file__).parent / "golden" / "zh").glob("*.txt"))
PACKS = load_packs()
LAW = {str(clause) for pack in PACKS.values() for _, clause in pack.clauses if clause.is_law}
BESIDE = {clause.beside for pack in PACKS.values() for _, clause in pack.clauses if clause.beside}
STATUTES = ("《个人信息保护法》", "《民法典》第二百零三条")  # of the privacy notice, and of the rolling of days
CITED = re.compile(r"(?:依据|参照)：([^；（\n]+)(?:（文件原文：“[^”]+”）|；起算参照(.+))?")


def test_the_texts_cite_something():
    assert any(CITED.search(file.read_text(encoding="utf-8")) for file in GOLDEN)


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_every_clause_that_is_shown_is_a_packs_entry(file):
    for clause, beside in CITED.findall(file.read_text(encoding="utf-8")):
        assert clause.strip() in LAW or clause.startswith(STATUTES)
        assert not beside or beside in BESIDE


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_no_document_is_named_but_where_a_clause_is_cited(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        for pack in PACKS.values():
            if pack.document.zh in line and re.search(r" [一二三四五六七附]", line):
                assert CITED.search(line), line


@pytest.mark.parametrize("pack", PACKS)
def test_the_tour_cites_what_stands_in_the_pack(pack):
    steps = tour(translator("zh"), PACKS[pack], load_catalogue())
    assert steps
    cited = {step["clause"] for step in steps if step["clause"]}
    assert {clause for clause in cited if not clause.startswith(STATUTES)} <= LAW
