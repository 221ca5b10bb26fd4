"""The chengdu pack holds the documents' numbers, and a broken pack says in one sentence what is wrong."""

import re
from datetime import date, datetime, time
from importlib.resources import files

import pytest

from complaints.policy.pack import PackError, RecipientRole, Responsible, load_packs
from complaints.time.workdays import Workdays

SHIPPED = (files("complaints") / "packs" / "chengdu.toml").read_text(encoding="utf-8")
CHENGDU = load_packs()["chengdu"]
NOTICE = "成住建发〔2023〕62号"
USUAL = [(0.5, ["debtor"]), (0.75, ["debtor", "company_head"]), (0.9, ["debtor", "company_head"])]
ALL_TOLD = ["handler", "company_head", "bureau_group", "section_head", "households"]


@pytest.mark.parametrize(
    ("stage", "owner", "length", "clause", "length_is_ours"),
    [
        # id, who owes it, for how long, as people read the clause, is the length ours?
        ("urgent", Responsible.MANAGER, "20min", "", True),
        ("respond", Responsible.MANAGER, "4h/8h", f"{NOTICE} 一(二)、附件1", False),
        ("takeover", Responsible.COMPANY_HEAD, "4h/8h", "", True),
        ("classify", Responsible.HANDLER, "1wd", "", True),
        ("resolve_general", Responsible.HANDLER, "2wd", f"{NOTICE} 一(三)", False),
        ("agree", Responsible.HANDLER, "2wd", "", True),
        ("resolve_major", Responsible.HANDLER, "agreed", f"{NOTICE} 一(三)", False),
        ("accept", Responsible.SECTION_HEAD, "1wd", "", True),
        ("supervise", Responsible.SECTION_HEAD, "1wd", f"{NOTICE} 一(二)", True),
        ("comply", Responsible.COMPANY_HEAD, "ordered", f"{NOTICE} 三(二)", True),
        ("survey", Responsible.HOUSEHOLDS, "7d", "", True),
    ],
)
def test_each_stage_has_its_owner_length_and_clause(stage, owner, length, clause, length_is_ours):
    found = CHENGDU.stage(stage)
    period = found.period
    said = f"{period.working}/{period.off}" if length == "4h/8h" else str(period)
    assert (found.owner, said, str(found.clause), found.clause.ours) == (owner, length, clause, length_is_ours)


def test_the_stages_stand_in_the_order_of_a_case():
    assert [stage.id for stage in CHENGDU.stages] == [
        *("urgent", "respond", "takeover", "classify", "resolve_general", "agree"),
        *("resolve_major", "accept", "supervise", "take_in", "resolve_referred", "resolve_bureau", "decide"),
        *("coordinate", "comply", "survey"),
    ]


@pytest.mark.parametrize(
    ("stage", "nudges"),
    [
        ("urgent", []),
        ("respond", USUAL),
        ("takeover", [(0.5, ["debtor"]), (0.75, ["debtor"]), (0.9, ["debtor"])]),
        ("classify", USUAL),
        ("resolve_general", USUAL),
        ("agree", USUAL),
        ("resolve_major", USUAL),
        ("accept", [(0.5, ["debtor"]), (0.9, ["debtor", "bureau_group"])]),
        ("supervise", [(0.5, ["debtor"]), (0.9, ["debtor", "bureau_group"])]),
        ("take_in", [(0.5, ["debtor"]), (0.9, ["debtor", "section_head"])]),
        ("comply", [(0.5, ["debtor"]), (0.75, ["debtor", "handler"]), (0.9, ["debtor", "handler"])]),
        ("survey", [("2d", ["households"])]),
    ],
)
def test_nudges_come_at_half_three_quarters_and_nine_tenths(stage, nudges):
    found = [(n.at or str(n.after), [str(r) for r in n.tell]) for n in CHENGDU.stage(stage).nudges]
    assert found == nudges


@pytest.mark.parametrize(
    ("stage", "expiries"),
    [
        (
            "urgent",
            [
                ("10min", ["debtor", "duty", "company_head"]),
                (None, ["debtor", "bureau_group", "bureau_duty", "street", "households"]),
            ],
        ),
        ("respond", [(None, ALL_TOLD)]),
        ("takeover", [(None, ["handler", "bureau_group", "section_head", "households"])]),
        ("classify", [(None, ["handler", "bureau_group", "section_head"])]),
        ("resolve_general", [(None, ALL_TOLD)]),
        ("agree", [(None, ["handler", "bureau_group", "section_head", "households"])]),
        ("resolve_major", [(None, ALL_TOLD)]),
        ("accept", [(None, ["debtor", "bureau_group", "city_group", "households"])]),
        ("supervise", [(None, ["debtor", "bureau_group", "city_group", "households"])]),
        ("comply", [(None, ["debtor", "bureau_group", "city_group", "section_head", "households"])]),
        ("survey", [(None, [])]),
    ],
)
def test_an_expiry_tells_those_who_have_to_step_in(stage, expiries):
    found = [(e.after and str(e.after), [str(r) for r in e.tell]) for e in CHENGDU.stage(stage).expiries]
    assert found == expiries


def test_the_company_becomes_the_handler_where_the_document_says_so():
    taken = [s.id for s in CHENGDU.stages if any(e.handler == "company" for e in s.expiries)]
    assert taken == ["respond", "resolve_general", "resolve_major"]


def test_only_the_second_slip_of_an_agreed_date_reaches_the_city():
    told_again = {s.id: s.expiries[-1].again for s in CHENGDU.stages if s.expiries[-1].again}
    assert told_again == {"resolve_major": (RecipientRole.CITY_GROUP,)}


def test_only_a_silent_survey_closes():
    assert [s.id for s in CHENGDU.stages if any(e.closes for e in s.expiries)] == ["survey"]


@pytest.mark.parametrize(
    ("stage", "role", "events"),
    [
        ("urgent", "starts", "Filed danger=True; DangerRaised"),
        ("urgent", "met_by", "Acknowledged; Answered; Progressed; Visited; Resolved"),
        ("respond", "starts", "Filed"),
        ("respond", "met_by", "Answered; Resolved"),
        ("takeover", "starts", "Expired stage=respond"),
        ("takeover", "met_by", "Answered by_company=True; Resolved"),
        ("classify", "starts", "Answered classified=False"),
        ("classify", "met_by", "Classified"),
        ("classify", "void_by", "Resolved"),
        ("resolve_general", "starts", "Answered; SentBack; Reopened; Classified disposition=general"),
        ("agree", "starts", "Classified disposition=major"),
        ("agree", "met_by", "DateAgreed"),
        ("resolve_major", "starts", "DateAgreed"),
        ("accept", "starts", "Classified disposition=bureau_duty"),
        ("accept", "met_by", "Accepted; SentBack; Referred; Raised"),
        ("supervise", "met_by", "Supervised; Listed; Raised; Convened; Referred; Waived"),
        ("supervise", "void_by", "Resolved"),
        ("comply", "starts", "Supervised"),
        ("comply", "met_by", "ReportedDone; Resolved"),
        ("survey", "starts", "Resolved"),
        ("survey", "met_by", "Rated complete=True; Reopened"),
    ],
)
def test_events_start_and_meet_the_stages(stage, role, events):
    triggers = getattr(CHENGDU.stage(stage), role)
    said = [" ".join((t.event, *(f"{k}={v}" for k, v in t.where.items()))) for t in triggers]
    assert "; ".join(said) == events


def test_every_broken_promise_calls_the_section_head():
    called = [t.where["stage"] for t in CHENGDU.stage("supervise").starts]
    assert called == ["respond", "takeover", "classify", "resolve_general", "agree", "resolve_major"]


@pytest.mark.parametrize("stage", ["resolve_general", "agree", "resolve_major", "accept"])
def test_another_disposition_voids_what_this_one_started(stage):
    kept = {"resolve_general": "general", "accept": "bureau_duty"}.get(stage, "major")
    voided = {t.where["disposition"] for t in CHENGDU.stage(stage).void_by if t.event == "Classified"}
    assert voided == {"general", "major", "bureau_duty", "neither", "own_part"} - {kept}


def test_hours_and_patterns_are_those_of_the_policy():
    assert CHENGDU.working_time == ((time(9), time(18)),)
    assert CHENGDU.considerate_hours == (time(8), time(21))
    assert CHENGDU.silent_hours == (time(22), time(7))
    assert CHENGDU.alike_days == 30
    assert str(CHENGDU.stage("comply").default) == "1wd"
    assert CHENGDU.stage("resolve_general").anchor == "respond"


def test_working_time_is_made_from_the_pack():
    hours = CHENGDU.hours(Workdays({date(2026, 9, 30): False}))
    nine = datetime(2026, 9, 29, 9, tzinfo=hours.timezone)
    assert hours.covers(nine)
    assert not hours.covers(nine.replace(day=30))
    assert hours.closes(nine.date()) == nine.replace(hour=18)


def test_stages_counted_in_days_are_nudged_at_considerate_hours_only():
    assert [s.id for s in CHENGDU.stages if not s.by_days] == ["urgent", "respond", "takeover"]


def test_for_training_periods_may_be_replaced_textually(tmp_path):
    text = re.sub(r'"(4h|8h|2wd|1wd|7d|2d|10min|20min)"', '"10s"', SHIPPED)
    (tmp_path / "training.toml").write_text(text, encoding="utf-8")
    trained = load_packs(tmp_path)["chengdu"]
    assert str(trained.stage("respond").period.working) == "10s"
    assert str(trained.stage("resolve_general").period) == "10s"


def test_an_extra_pack_stands_beside_those_shipped(tmp_path):
    (tmp_path / "trial.toml").write_text(SHIPPED.replace('id = "chengdu"', 'id = "trial"'), encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text("no pack", encoding="utf-8")
    assert {"chengdu", "trial"} <= set(load_packs(tmp_path))


BROKEN = [
    # what is replaced, by what, and what the sentence says
    ('anchor = "respond"', 'anchor = "nowhere"', 'stages: "resolve_general" speaks of the unknown stage "nowhere"'),
    ('stage = "takeover"', 'stage = "nowhere"', 'stages: "supervise" speaks of the unknown stage "nowhere"'),
    ('{ event = "Expired", stage = "agree" }', '"Expired"', '"supervise" doesn\'t say which stage has to expire'),
    ('id = "accept"', 'id = "agree"', 'stages: two stages are called "agree"'),
    ('id = "accept"', 'id = "Accept!"', "stages.Accept!.id: "),
    (']\nclause = "ours"\n', "]\n", "stages.urgent.clause: is missing"),
    (']\nclause = "ours"', ']\nclause = " "', 'stages.urgent.clause: names neither a clause nor "ours"'),
    (']\nclause = "ours"', "]\nclause = 3", "stages.urgent.clause: must be a table, not 3"),
    ('ours = ["from_cases"]', 'ours = ["every"]', 'lists.red: ours: nothing is said of "every"'),
    ('period = "7d"', 'period = "-7d"', 'stages.resolve_referred.period: "-7d" is no period'),
    ('period = "7d"', 'period = "0d"', 'stages.resolve_referred.period: "0d" is no period'),
    ('period = "7d"', "period = 7", "stages.resolve_referred.period: must be a period like"),
    ('period = "7d"\n', "", "stages.resolve_referred.period: is missing"),
    ('period = "7d"', 'period = "agreed"', 'stages.resolve_referred: "dated_by" needs a start that brings a date'),
    ('working = "4h", off', "working = 4, off", "stages.respond.period: must be a period like"),
    ('working = "4h", off', "off", "stages.respond.period: two windows are written"),
    ('default = "1wd"\n', "", 'stages.comply: "default" belongs to the period "ordered"'),
    ('after = "2d"', 'after = "two days"', 'stages.survey.nudges.1.after: "two days" is no period'),
    ('after = "2d"', 'after = "2d", at = 0.5', 'stages.survey.nudges.1: needs one of "at" and "after"'),
    ("at = 0.75", "at = 1.5", "stages.respond.nudges.2.at: must be less than 1"),
    ("at = 0.75", "at = 0.0", "stages.respond.nudges.2.at: must be greater than 0"),
    ("at = 0.75", 'at = "0.75"', "stages.respond.nudges.2.at: must be a valid number"),
    ("at = 0.75", "at = nan", "stages.respond.nudges.2.at: "),
    ("at = 0.75", "at = 0.5", "stages.respond: two nudges or two expiries fall on one point"),
    ('tell = ["debtor", "duty"', 'tell = ["debtor", "mayor"', "stages.urgent.expiries.1.tell.2: must be 'household'"),
    ('owner = "manager"', 'owner = "mayor"', "stages.urgent.owner: must be 'manager'"),
    ('handler = "company"', 'handler = "mayor"', "stages.respond.expiries.1.handler: must be 'company'"),
    ("{ closes = true }", '{ closes = true, after = "1d" }', "stages.survey: no expiry says what happens"),
    ('owner = "manager"', 'owner = "manager"\ninstead_of = ["agree"]', 'urgent: "instead_of" belongs to a stage'),
    (
        'owner = "manager"',
        'owner = "manager"\ndanger = true\ninstead_of = ["disagree"]',
        '"urgent" speaks of the unknown stage "disagree"',
    ),
    ('owner = "manager"', 'owner = "manager"\nmood = "bad"', "stages.urgent.mood: is not a known key"),
    ("silent_hours", "quiet_hours", "silent_hours: is missing"),
    ('starts = ["Filed"]', 'starts = ["Field"]', 'stages.respond.starts.1: "Field" is no event'),
    ('starts = ["Filed"]', "starts = []", "stages.respond.starts: "),
    ('starts = ["Filed"]', "starts = [4]", "stages.respond.starts.1: must be an event, not 4"),
    ('starts = ["Filed"]', "starts = [{ danger = true }]", "stages.respond.starts.1.event: is missing"),
    ("danger = true", "dnager = true", 'stages.urgent.starts.1: Filed has no "dnager"'),
    (
        ', "DangerRaised"]\nmet_by = ["Acknowledged", "Answered", "Progressed", "Visited", "Resolved"]\n'
        'void_by = ["DangerDenied"]\nrenewed_by = ["DangerRaised"]\n',
        ']\nmet_by = ["Resolved"]\n',
        "stages.urgent: starts with a danger that is filed, and not with",
    ),
    ("danger = true", 'danger = "yes"', "stages.urgent.starts.1: Filed's danger is never 'yes'"),
    ('"major" }', '"mayor" }', "stages.resolve_general.void_by.1: Classified's disposition is one of"),
    ('starts = ["Filed"]', 'starts = [{ event = "Expired", stage = "takeover" }]', "stages start each other for ever"),
    (
        'anchor = "respond"',
        'anchor = "resolve_general"',
        "stages are counted from each other: resolve_general",
    ),
    ('"Asia/Shanghai"', '"Asia/Chengdu"', 'timezone: "Asia/Chengdu" is no time zone'),
    ('["09:00-18:00"]', '["9-18"]', 'working_time.1: must be hours like "09:00-18:00"'),
    ('["09:00-18:00"]', '["09:00-09:00"]', "working_time.1: "),
    ('["09:00-18:00"]', '["13:00-18:00", "09:00-12:00"]', "working_time: spans must follow one another"),
    ('["09:00-18:00"]', '["18:00-09:00"]', "working_time: spans must follow one another"),
    ("alike_days = 30", "alike_days = 0", "alike_days: "),
    ("households = 5", "households = 0", "patterns.group.households: "),
    ("from_rates = {", "from_rates = { mood = 7,", "lists.red.from_rates.mood.[key]: must be 'timeliness'"),
    ("resolution = 98", "resolution = 198", "lists.red.from_rates.resolution: must be less than or equal to 100"),
    ("from_rates = { timeliness = 100, resolution = 98, satisfaction = 95 }\n", "", "lists.red: lists by nothing"),
    ('any_of = ["days", "reopened"]', 'any_of = ["mood"]', 'patterns.repeat: any_of: nothing is said of "mood"'),
    ('id = "weekly"', 'id = "group"', 'patterns: two entries are called "group"'),
    ('anchor = "respond"', 'anchor = "respond"\nsince = "respond"', "stages.resolve_general: counts from one stage"),
    ('anchor = "respond"', 'dated_by = ["Filed"]', 'stages.resolve_general: "dated_by" needs a start that brings'),
    ('en = "Rating"', 'en = ""', "stages.survey.name.en: "),
    ('document = { zh = "成住建发〔2023〕62号", ', "document = { ", "document.zh: is missing"),
    ("[[stages]]", "[[stages]", "is not TOML: "),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN)
def test_a_broken_pack_is_named_with_its_key_and_reason(tmp_path, old, new, sentence):
    assert old in SHIPPED
    (tmp_path / "mine.toml").write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_packs(tmp_path)
    said = str(raised.value)
    assert said.startswith("mine.toml: ")
    assert sentence in said
    assert "\n" not in said


def test_two_packs_of_one_id_in_one_folder_are_refused(tmp_path):
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(SHIPPED, encoding="utf-8")
    with pytest.raises(PackError, match=r'^two\.toml: id: "chengdu" is the id of one\.toml too$'):
        load_packs(tmp_path)


def test_a_folder_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(PackError, match=r"nowhere: can't be read: no such file or directory$"):
        load_packs(tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "mine.toml").mkdir()
    with pytest.raises(PackError, match=r"mine\.toml: can't be read: is a directory$"):
        load_packs(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "mine.toml").write_bytes(SHIPPED.encode("gb18030"))
    with pytest.raises(PackError, match=r"^mine\.toml: is not written in UTF-8$"):
        load_packs(tmp_path)
