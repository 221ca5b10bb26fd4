"""`mashang catalogue`: what a sentence is taken for, one at a time or one a line."""

import json

from typer.testing import CliRunner

from cli.__main__ import app


def run(*words, given=None):
    return CliRunner().invoke(app, ["catalogue", *words], input=given)


def test_a_sentence_is_answered_with_scores_and_the_pieces_that_decided():
    said = run("suggest", "屋头耗子多得很").stdout
    assert "蚊虫鼠蟑多 (pests, 住建部门)" in said
    assert "耗子" in said
    assert "Danger isn't asked about." in said


def test_each_line_is_answered_with_an_object():
    said = run("suggest", "--json", "-", given="电题里关到人了\n3栋楼道灯不亮，另外门口垃圾几天没人清\n你好\n").stdout
    trapped, two, nothing = map(json.loads, said.splitlines())
    assert trapped["danger"] == "ask"
    assert trapped["matters"][0] | {"score": 0} == {
        "matter": "lift_trapped", "label": "电梯困人", "kind": "repair", "department": "housing", "co": [], "score": 0,
    }  # fmt: skip
    assert [one["matter"] for one in two["more"]] == ["rubbish"]
    assert nothing == {"danger": "no", "matters": [], "more": []}


def test_it_wants_a_sentence_or_many_and_not_both():
    assert run("suggest").exit_code == 2
    assert run("suggest", "灯不亮", "--json", "-").exit_code == 2
