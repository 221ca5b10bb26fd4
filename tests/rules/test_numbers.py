"""Every number that the documents demand stands in a pack, with its clause, as `numbers.toml` has it in words."""

import re
import tomllib
from pathlib import Path

import pytest

from complaints.policy.pack import load_packs

TABLE = tomllib.loads(Path(__file__).with_name("numbers.toml").read_text(encoding="utf-8"))
PACKS = load_packs()
CHENGDU, COUNTY, PUDONG, CHANGZHI = (PACKS[name] for name in ("chengdu", "county", "pudong", "changzhi"))
STAGES = [(pack, stage, row) for pack, stages in TABLE["stages"].items() for stage, row in stages.items()]


def lengths(stage):
    """Every length that the stage holds people to, in the order in which the table tells them."""
    period = stage.period
    early = [str(x.after) for x in stage.expiries if x.after is not None]
    own = [str(period.working), str(period.off)] if hasattr(period, "working") else [str(period)]
    more = [str(length) for length in (stage.default, stage.extension) if length is not None]
    return [length for length in (*early, *own, *more) if length not in ("agreed", "ordered")]


def lengths_in(words):
    return ["".join(pair) for pair in re.findall(r"(\d+) (min|h|wd|d|cd|mo)\b", words)]


@pytest.mark.parametrize(("pack", "stage", "row"), STAGES, ids=[f"{pack}-{stage}" for pack, stage, _ in STAGES])
def test_a_length_of_the_table_is_the_packs(pack, stage, row):
    found = PACKS[pack].stage(stage)
    wanted = (lengths_in(row["says"]), row["clause"], row.get("ours", False))
    assert (lengths(found), found.clause.number, found.clause.ours) == wanted


def test_the_table_knows_every_stage_of_every_pack_and_no_other():
    assert {name: set(stages) for name, stages in TABLE["stages"].items()} == {
        name: {stage.id for stage in pack.stages} for name, pack in PACKS.items()
    }


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_names_the_document_of_the_table(pack):
    assert TABLE["documents"][pack] in PACKS[pack].document.zh


def test_danger_is_confirmed_everywhere_within_the_same_minutes():
    assert {tuple(lengths(pack.stage("urgent"))) for pack in PACKS.values()} == {("10min", "20min")}


def test_the_check_of_a_grade_has_its_four_clocks():
    assert [s.id for s in COUNTY.stages if s.of_company] == ["owners_survey", "regrade", "reprice", "refund"]


def of(pack, pattern, *fields):
    found = pack.pattern(pattern)
    return [getattr(found, field) for field in fields], found.clause.number


def rate(pack, which, *fields):
    found = next(r for r in pack.rates if r.id == which)
    return [getattr(found, field) for field in fields], found.clause.number


def listed(pack, which, field):
    found = next(x for x in pack.lists if x.id == which)
    return list(getattr(found, field).values()), found.clause.number


def called(*who):
    found = {f.by: f for f in CHANGZHI.follow_ups}
    return [found[name].at_least for name in who], {found[name].clause.number for name in who}.pop()


def targets():
    found = [rate(PUDONG, r, "target") for r in ("first_contact", "on_time", "actual", "satisfaction")]
    found.insert(3, rate(PUDONG, "actual", "share"))
    return [values[0] for values, _ in found], {clause for _, clause in found}.pop()


NUMBERS = {
    # what the packs say, and its clause there, by the number's name in the table
    "group_households": of(CHENGDU, "group", "households", "days"),
    "repeat": of(CHENGDU, "repeat", "days"),
    "repeat_pudong": of(PUDONG, "repeat", "days"),
    "key_ledger": of(COUNTY, "key_ledger", "complainants_over"),
    "grade_check": of(COUNTY, "grade_check", "complainants_over"),
    "regrade": of(COUNTY, "regrade", "survey_below"),
    "exit_complainants": of(COUNTY, "exit", "complainants_over"),
    "exit_survey": of(COUNTY, "exit", "survey_below"),
    "exit_credit": of(CHENGDU, "exit_credit", "credit_at_most"),
    "red_list": listed(CHENGDU, "red", "from_rates"),
    "black_list": listed(CHENGDU, "black", "below"),
    "red_list_cases": ([next(x for x in CHENGDU.lists if x.id == "red").from_cases], "三(四)"),
    "complaint_rate": rate(COUNTY, "complaints", "households"),
    "follow_ups": called("community", "street", "bureau"),
    "targets": targets(),
}


@pytest.mark.parametrize("name", TABLE["numbers"])
def test_a_number_of_the_table_is_the_packs(name):
    row = TABLE["numbers"][name]
    assert NUMBERS[name] == ([int(number) for number in re.findall(r"\d+", row["says"])], row["clause"])


def test_the_table_has_every_number_that_is_looked_up_here():
    assert set(TABLE["numbers"]) == set(NUMBERS)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_survey_and_the_look_back_wait_as_long_as_the_table_says(pack):
    survey, said = pack.stage("survey"), TABLE["everywhere"]
    assert [str(survey.nudges[0].after), str(survey.period)] == [f"{n}d" for n in re.findall(r"\d+", said["survey"])]
    assert [str(pack.look_back.after)] == [f"{n}cd" for n in re.findall(r"\d+", said["look_back"])]
    assert pack.look_back.clause.ours


def test_the_months_and_grades_of_the_patterns_are_the_packs():
    assert (COUNTY.pattern("grade_check").months, COUNTY.pattern("exit").months) == (6, 12)
    assert CHENGDU.pattern("exit_credit").grade == "D"
    assert CHANGZHI.pattern("exit_listed").listed_running == 3
    assert [x.grade for x in CHANGZHI.lists] == ["A", "D"]
    assert CHENGDU.pattern("repeat").ruled_after == 2


def test_what_the_county_closes_is_signed_by_street_and_bureau_and_struck_off_by_the_city():
    rule = COUNTY.sign_off
    assert (list(rule.signers), rule.struck_off_by, rule.clause.number) == (["street", "bureau"], "city", "三(一)")
