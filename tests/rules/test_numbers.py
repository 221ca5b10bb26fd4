"""Every number that the documents demand stands in a pack, with its clause. The left column is copied word for word
from the page that turns the documents into obligations; where that page lies beside the repository, it is compared."""

import re
from pathlib import Path

import pytest

from complaints.policy.pack import load_packs

PAGE = Path(__file__).parents[3] / "shared" / "policies.md"
PACKS = load_packs()
CHENGDU, COUNTY, PUDONG, CHANGZHI = (PACKS[name] for name in ("chengdu", "county", "pudong", "changzhi"))

STAGES = [
    # as the page says it, and: pack, stage, clause (empty: all ours), is the length ours?
    ("`urgent` | project manager or duty person | filed as dangerous → acknowledged | 10 min, then 20 min",
     "county", "urgent", "二", True),
    ("`respond` | project manager | filed → responded | 4 h if filed in working time, else 8 h",
     "chengdu", "respond", "一(二)、三(一)、附件3 注意事项", False),
    ("`takeover` | company head | response expired → company responded | 4 h / 8 h", "chengdu", "takeover", "", True),
    ("`classify` | handler | responded without a disposition → disposition given | 1 wd",
     "chengdu", "classify", "", True),
    ("`resolve_general` | handler | responded (a late response: from the time it was due) → resolved | 2 wd",
     "chengdu", "resolve_general", "一(三)、附件3", False),
    ("`agree` | handler | classed as complex → date agreed with the resident | 2 wd", "chengdu", "agree", "", True),
    ("`resolve_major` | handler | date agreed → resolved | the agreed date",
     "chengdu", "resolve_major", "一(三)、三(二)", False),
    ("any expiry above → an act of the bureau (督办, 提级, 挂牌, 会商, reasoned waiver) | 1 wd",
     "chengdu", "supervise", "一(二)", True),
    ("`comply` | company head | 督办 → reported done | as ordered; default 1 wd", "chengdu", "comply", "三(二)", True),
    ("danger: at once, and the government's duty desk is told; else 7 wd", "county", "triage", "二", False),
    ("delivered → resolved and the complainant told | 7 d", "county", "resolve_general", "三(一)", False),
    ("`resolve_major` | the same | delivered → resolved | 1 mo, or the plan's dates",
     "county", "resolve_major", "三(一)", False),
    ("declared unsolvable within the month, or the month expired → dated plan submitted | 7 d",
     "county", "plan", "三(一)", False),
    ("plan submitted → progress told to resident and bureau; starts again | 1 mo",
     "county", "progress", "三(一)", False),
    ("`verify` | department | lead found or material received → verified | 15 wd", "county", "verify", "三(二)", False),
    ("decided, complainant and bureau told | 90 d, once extendable by 30 d", "county", "penalise", "三(二)", False),
    ("`contact` | project manager | a **repair** filed → first contact | 30 min", "pudong", "contact", "二", False),
    ("`contact_other` | project manager | anything else filed → first contact | 2 h",
     "pudong", "contact_other", "三(一)", True),
    ("contacted → resolved | resolved on the spot, or by the date that the contact must then give",
     "pudong", "resolve", "三(一)", False),
    ("redelivered hotline case → contacted by the street | 1 wd each", "pudong", "recover", "三(二)、三(四)", True),
    ("redelivered hotline case → contacted by the street | 1 wd each",
     "pudong", "recover_street", "三(二)、三(四)", True),
    ("`assign` | bureau | filed → a named person has it | 30 min", "changzhi", "assign", "五", False),
    ("`preliminary` | bureau with the company | filed → preliminary result given | 3 h",
     "changzhi", "preliminary", "五", False),
    ("`resolve` | handler | filed → resolved | 3 cd", "changzhi", "resolve", "五", False),
]  # fmt: skip


def shown(clause):
    return clause.number


def lengths(stage):
    """Every length that the stage holds people to, in the order in which the page tells them."""
    period = stage.period
    early = [str(x.after) for x in stage.expiries if x.after is not None]
    own = [str(period.working), str(period.off)] if hasattr(period, "working") else [str(period)]
    more = [str(length) for length in (stage.default, stage.extension) if length is not None]
    return [length for length in (*early, *own, *more) if length not in ("agreed", "ordered")]


@pytest.mark.parametrize(("said", "pack", "stage", "clause", "ours"), STAGES)
def test_a_length_of_the_page_is_the_packs(said, pack, stage, clause, ours):
    found = PACKS[pack].stage(stage)
    wanted = ["".join(pair) for pair in re.findall(r"(\d+) (min|h|wd|d|cd|mo)\b", said)]
    assert (lengths(found), found.clause.number, found.clause.ours) == (wanted, clause, ours)


@pytest.mark.parametrize("pack", ["chengdu", "pudong", "changzhi", "county"])
def test_danger_is_confirmed_everywhere_within_the_same_minutes(pack):
    assert lengths(PACKS[pack].stage("urgent")) == ["10min", "20min"]


def test_the_check_of_a_grade_has_its_four_clocks():
    said = "| on a company, not a case | 10 d, 5 d, 5 d, 90 d |"
    ids = ("owners_survey", "regrade", "reprice", "refund")
    found = [COUNTY.stage(name) for name in ids]
    assert [str(s.period) for s in found] == ["".join(pair) for pair in re.findall(r"(\d+) (d)", said)]
    assert {s.clause.number for s in found} == {"三(三)"}
    assert [s.id for s in COUNTY.stages if s.of_company] == list(ids)


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


NUMBERS = [
    # as the page says it, what the packs say, and its clause there
    ("≥ 5 distinct households, same project and matter, within 30 days",
     of(CHENGDU, "group", "households", "days"), "一(四)、二(三)"),
    ("again within 90 days of closing, or any reopened case", of(CHENGDU, "repeat", "days"), "一(四)"),
    ("again within 90 days of closing, or any reopened case", of(PUDONG, "repeat", "days"), "三(二)"),
    ("> 10 distinct complainants against one company", of(COUNTY, "key_ledger", "complainants_over"), "一.4"),
    ("in half a year > 10 distinct complainants, verified", of(COUNTY, "grade_check", "complainants_over"), "三(三)"),
    ("satisfaction in that **survey** < 60 %", of(COUNTY, "regrade", "survey_below"), "三(三)"),
    ("in a year > 20 distinct complainants, verified", of(COUNTY, "exit", "complainants_over"), "三(四)"),
    ("refusing to rectify or survey < 50 %", of(COUNTY, "exit", "survey_below"), "三(四)"),
    ("credit ≤ 50 and grade D", of(CHENGDU, "exit_credit", "credit_at_most"), "三(四)"),
    ("timeliness 100 % **and** resolution ≥ 98 % **and** satisfaction ≥ 95 %",
     listed(CHENGDU, "red", "from_rates"), "三(四)"),
    ("below 95, 80 or 80 %", listed(CHENGDU, "black", "below"), "三(四)"),
    ("Red and black from 10 cases on", ([next(x for x in CHENGDU.lists if x.id == "red").from_cases], "三(四)"),
     "三(四)"),
    ("complaints per 1,000 households", rate(COUNTY, "complaints", "households"), "五"),
    ("communities ≥ 50 %, streets ≥ 20 %, the county bureau ≥ 10 %", called("community", "street", "bureau"), "五"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "found", "clause"), NUMBERS)
def test_a_number_of_the_page_is_the_packs(said, found, clause):
    wanted = [int(number) for number in re.findall(r"\d+", said.replace(",000", "000"))]
    assert found == (wanted, clause)


def test_the_four_targets_of_pudong_are_the_packs():
    said = "pudong's targets: 100 / 100 / ≥ 97\n  (实际解决占比 ≥ 80) / ≥ 93 %."
    found = [rate(PUDONG, r, "target") for r in ("first_contact", "on_time", "actual", "satisfaction")]
    found.insert(3, rate(PUDONG, "actual", "share"))
    assert [values[0] for values, _ in found] == [int(n) for n in re.findall(r"\d+", said)]
    assert {clause for _, clause in found} == {"一"}
    assert_on_the_page(said)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_survey_and_the_look_back_wait_as_long_as_the_page_says(pack):
    said = "One reminder after 2 days; silence after 7 days closes"
    survey = pack.stage("survey")
    assert [str(survey.nudges[0].after), str(survey.period)] == [f"{n}d" for n in re.findall(r"\d+", said)]
    assert str(pack.look_back.after) == "30cd"
    assert pack.look_back.clause.ours
    assert_on_the_page(said)
    assert_on_the_page("**Look back**: 30 days after a repair")


def test_the_months_and_grades_of_the_patterns_are_the_packs():
    assert (COUNTY.pattern("grade_check").months, COUNTY.pattern("exit").months) == (6, 12)
    assert CHENGDU.pattern("exit_credit").grade == "D"
    assert CHANGZHI.pattern("exit_listed").listed_running == 3
    assert [x.grade for x in CHANGZHI.lists] == ["A", "D"]
    assert CHENGDU.pattern("repeat").ruled_after == 2


def test_what_the_county_closes_is_signed_by_street_and_bureau_and_struck_off_by_the_city():
    rule = COUNTY.sign_off
    assert (list(rule.signers), rule.struck_off_by, rule.clause.number) == (["street", "bureau"], "city", "三(一)")


@pytest.mark.parametrize("said", [*(row[0] for row in STAGES), *(row[0] for row in NUMBERS)])
def test_the_page_still_says_so(said):
    assert_on_the_page(said)


def assert_on_the_page(said):
    if not PAGE.exists():
        pytest.skip("the page is not part of this repository")
    assert said in PAGE.read_text(encoding="utf-8")


def test_every_stage_of_the_page_is_in_its_pack():
    if not PAGE.exists():
        pytest.skip("the page is not part of this repository")
    rows = re.findall(r"^\| (all|\w+) \| (`.+?`) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [(pack, name) for pack, names in rows for name in re.findall(r"`(\w+)`", names)]
    assert len(wanted) >= 20
    missing = [(pack, name) for pack, name in wanted for p in (PACKS if pack == "all" else [pack])
               if not PACKS[p].has(name)]  # fmt: skip
    assert not missing
