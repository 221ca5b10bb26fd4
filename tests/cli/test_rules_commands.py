"""The commands about the rules: `mashang deadline`, `mashang pack`, `mashang calendar`."""

import json
import time
from io import StringIO

import pytest
from rich.console import Console
from test_command_line import refused

from complaints.policy.pack import load_packs

SOURCE = "国办发明电〔2026〕号"
WHOLE = ("01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01")
LAST_DAY = ("deadline", "--pack", "chengdu", "--stage", "resolve_general", "--from", "2026-12-31T10:00:00+08:00")


@pytest.fixture
def notice(tmp_path):
    def write(*days, kind="holiday"):
        file = tmp_path / "2027.csv"
        lines = [f"2027-{day},{kind},{SOURCE}\n" for day in days]
        file.write_text("date,kind,source\n" + "".join(lines), encoding="utf-8")
        return str(file)

    return write


# --- mashang deadline -------------------------------------------------------------------------------------------


def test_a_deadline_is_explained_in_words(types):
    assert types(*LAST_DAY).stdout.splitlines() == [
        "General problem resolved: due Tue 5 Jan 2027 18:00",
        "· begins Thu 31 Dec 2026 10:00",
        "· the first day isn't counted: Thu 31 Dec",
        "· not counted (no working days): Fri 1 Jan (holiday), Sat 2 Jan, Sun 3 Jan",
        "· counted: Mon 4 Jan, Tue 5 Jan",
        "· ends at close of business: Tue 5 Jan 2027 18:00",
        "· provisional: the holiday notice for 2027 may move it",
        "Basis: 成住建发〔2023〕62号 一(三) (“原则上”)",
    ]


def test_the_same_words_in_chinese(types):
    said = types(*LAST_DAY, "--language", "zh").stdout
    assert "· 不计入（非工作日）：1月1日(周五)放假、1月2日(周六)、1月3日(周日)" in said
    assert "· 暂定：2027年放假通知出来后，可能会变" in said


@pytest.mark.parametrize(
    ("stage", "begins", "says"),
    [
        ("respond", "2026-10-10T17:59:59+08:00", "in working time: 4 hours"),
        ("respond", "2026-10-10T18:00:00+08:00", "outside working time: 8 hours"),
        ("respond", "2026-10-10T17:59:59+08:00", "due Sat 10 Oct 2026 21:59:59"),
        ("respond", "2026-09-30T10:00+08:00", "certain: no notice can move it any more"),
        ("survey", "2026-09-24T10:00+08:00", "Thu 1 Oct is no working day, so it moves to Thu 8 Oct"),
        ("survey", "2026-09-24T10:00+08:00", "No document gives this length: it is the pack's own."),
        ("classify", "2026-10-09 10:00 +08:00", "counted: Sat 10 Oct (make-up work)"),
        ("classify", "2026-09-30t02:00:00z", "not counted (no working days): Thu 1 Oct to Wed 7 Oct (holiday)"),
        ("classify", "2026-09-30T02:00Z", "not counted (no working days): Thu 1 Oct to Wed 7 Oct (holiday)"),
        ("comply", "2026-11-18T10:00+08:00", "An order may say another time"),
    ],
)
def test_the_words_say_what_decided(types, stage, begins, says):
    assert says in types("deadline", "--pack", "chengdu", "--stage", stage, "--from", begins).stdout


def test_json_says_the_same_for_machines(types):
    assert json.loads(types(*LAST_DAY, "--json").stdout) == {
        "pack": "chengdu",
        "stage": "resolve_general",
        "from": "2026-12-31T10:00:00+08:00",
        "due": "2027-01-05T18:00:00+08:00",
        "window": None,
        "clause": "成住建发〔2023〕62号 一(三)",
        "provisional": True,
        "steps": [
            {"what": "filed", "at": "2026-12-31T10:00:00+08:00"},
            {"what": "first_day_not_counted", "day": "2026-12-31"},
            {"what": "skips_day", "day": "2027-01-01", "kind": "holiday"},
            {"what": "skips_day", "day": "2027-01-02", "kind": "weekend"},
            {"what": "skips_day", "day": "2027-01-03", "kind": "weekend"},
            {"what": "counts_day", "day": "2027-01-04", "number": 1, "kind": "working"},
            {"what": "counts_day", "day": "2027-01-05", "number": 2, "kind": "working"},
            {"what": "closes", "day": "2027-01-05", "at": "2027-01-05T18:00:00+08:00"},
            {"what": "provisional", "day": "2027-01-01", "year": 2027},
        ],
    }


BAD = [
    # pack, stage, from, and the sentence
    (
        "nowhere",
        "respond",
        "2026-12-31T10:00+08:00",
        'there is no policy pack "nowhere"; there are changzhi, chengdu, county, pudong',
    ),
    ("chengdu", "nothing", "2026-12-31T10:00+08:00", 'the pack chengdu has no stage "nothing"; it has urgent, respond'),
    ("chengdu", "respond", "yesterday", '"yesterday" is no instant: write it like 2026-12-31T10:00:00+08:00'),
    ("chengdu", "respond", "2026-12-31T10:00", "says no time zone"),
    ("chengdu", "respond", "2026-12-31", "says no time zone"),
    ("chengdu", "respond", "2003-12-31T10:00+08:00", "beyond the calendar, which reaches from 2004 to 2100"),
    ("chengdu", "respond", "0001-01-01T00:00+14:00", "beyond the calendar"),
    ("chengdu", "respond", "9999-12-31T23:59-14:00", "beyond the calendar"),
    ("chengdu", "resolve_major", "2026-12-31T10:00+08:00", "ends on the date that people agree on"),
]


@pytest.mark.parametrize(("pack", "stage", "begins", "sentence"), BAD)
def test_a_bad_question_is_one_sentence(types, pack, stage, begins, sentence):
    result = types("deadline", "--pack", pack, "--stage", stage, "--from", begins)
    refused(result, sentence)
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--pack", "chengdu", "--stage", "respond"), "--from is missing"),
        ((), "--pack is missing"),
        (("--batch", "-", "--pack", "chengdu"), "--pack has no place beside --batch"),
        (("--batch", "nowhere.jsonl"), "nowhere.jsonl: can't be read: no such file or directory"),
        (("--batch", "."), "can't be read: is a directory"),
    ],
)
def test_half_a_question_is_refused(types, words, sentence):
    refused(types("deadline", *words), sentence)


def test_in_a_batch_a_bad_line_is_answered_and_the_others_too(types):
    good = {"pack": "chengdu", "stage": "respond", "from": "2026-12-31T10:00+08:00"}
    asked = [json.dumps({"pack": p, "stage": s, "from": f}) for p, s, f, _ in BAD]
    odd = ["foo", "[]", '{"pack": "chengdu"}', '{"pack": 7, "stage": "respond", "from": ""}', '{"pack": "\\ud800"}']
    odd += ["[" * 100_000, '{"pack":"\\ud800","stage":"x","from":"y"}', "\xff"]
    lines = [line.encode("latin-1") for line in [*asked, *odd]]
    given = b"\n".join([json.dumps(good).encode(), *lines, json.dumps(good).encode()])
    result = types("deadline", "--batch", "-", given=given)
    first, *answers, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert first == last == {**first, **good, "due": "2026-12-31T14:00:00+08:00", "window": "working"}
    assert [answer["line"] for answer in answers] == list(range(2, 2 + len(lines)))
    assert all(answer["error"] and answer["due"] is None for answer in answers)
    for (*_, sentence), answer in zip(BAD, answers, strict=False):
        assert sentence in answer["error"]


def test_blank_lines_of_a_batch_are_passed_over_and_counted(types):
    good = json.dumps({"pack": "chengdu", "stage": "respond", "from": "2026-12-31T10:00+08:00"})
    answers = types("deadline", "--batch", "-", given=f"\n{good}\n  \nfoo\n\n").stdout.splitlines()
    assert [json.loads(answer).get("line") for answer in answers] == [None, 4]


def test_a_batch_comes_from_a_file_too(types, tmp_path):
    file = tmp_path / "asked.jsonl"
    file.write_text('{"pack": "chengdu", "stage": "survey", "from": "2026-12-31T10:00Z"}\n', encoding="utf-8")
    [answer] = types("deadline", "--batch", str(file)).stdout.splitlines()
    assert json.loads(answer)["due"] == "2027-01-07T18:00:00+08:00"


@pytest.mark.thorough
@pytest.mark.alone
def test_ten_thousand_lines_take_less_than_three_seconds(types):
    stages = ("respond", "resolve_general", "survey", "classify")
    lines = [
        json.dumps(
            {"pack": "chengdu", "stage": stages[n % 4], "from": f"{2004 + n % 97}-{1 + n % 12:02}-28T10:00+08:00"}
        )
        for n in range(10_000)
    ]
    begun = time.perf_counter()
    result = types("deadline", "--batch", "-", given="\n".join(lines))
    assert time.perf_counter() - begun < 3
    assert result.stdout.count('"due": "') == 10_000


# --- mashang calendar -------------------------------------------------------------------------------------------


def test_a_loaded_notice_changes_the_answer(types, notice):
    result = types("calendar", "load", notice(*WHOLE, "01-04"))
    assert result.stdout.splitlines()[:2] == [
        f"Loaded 8 days of {SOURCE}.",
        "2027 is announced: none of its days is provisional.",
    ]
    answer = json.loads(types(*LAST_DAY, "--json").stdout)
    assert (answer["due"], answer["provisional"]) == ("2027-01-06T18:00:00+08:00", False)


def test_half_a_notice_says_what_is_missing(types, notice):
    said = types("calendar", "load", notice(*WHOLE[:-2])).stdout
    assert "2027 is not announced whole: what it says of 2027-09-15, 2027-10-01 is missing" in said
    assert json.loads(types(*LAST_DAY, "--json").stdout)["provisional"]


def test_a_faulty_notice_is_told_line_by_line_and_nothing_is_loaded(types, notice, tmp_path):
    result = types("calendar", "load", notice("01-01", "02-30", kind="off"))
    refused(result, "2027.csv:2 kind: should be one of holiday, 休, workday, 班", code=1)
    assert "2027.csv:3 date: should be a date like 2027-01-31" in result.stderr
    assert not (tmp_path / "bot.db").exists()


# --- mashang pack -----------------------------------------------------------------------------------------------


def test_a_sound_pack_is_told_so(types):
    result = types("pack", "check", "complaints/packs/chengdu.toml")
    assert (result.stdout, result.exit_code) == ("All is well: chengdu, 成住建发〔2023〕62号, 16 stages.\n", 0)


@pytest.mark.parametrize(
    ("content", "sentence"), [('id = "x"', "mine.toml: name: is missing"), ("id = ", "mine.toml: is not TOML")]
)
def test_a_broken_pack_is_told_in_a_sentence(types, tmp_path, content, sentence):
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    refused(types("pack", "check", str(tmp_path / "mine.toml")), sentence)


def test_a_pack_that_is_not_there_is_told(types, tmp_path):
    refused(types("pack", "check", str(tmp_path / "mine.toml")), "can't be read: no such file or directory")
    refused(
        types("pack", "show", "nowhere"),
        'there is no policy pack "nowhere"; there are changzhi, chengdu, county, pudong',
    )


def test_the_catalogue_is_no_pack(types):
    refused(types("pack", "check", "complaints/packs/catalogue.toml"), "is the catalogue's name")


def test_a_pack_is_shown_stage_by_stage(types):
    title, header, *lines = types("pack", "show", "chengdu").stdout.splitlines()
    assert title == "chengdu · 成都：马上解决 · 成住建发〔2023〕62号 · 09:00-18:00 Asia/Shanghai"
    assert header.split("\t") == ["stage", "owner", "starts", "met by", "period", "nudges", "expiry", "clause"]
    rows = {line.split(" ")[0]: line.split("\t") for line in lines}
    assert rows["respond"][1:] == [
        "manager",
        "Filed",
        "Answered; Resolved",
        "4h if begun in working time, else 8h",
        "50%: debtor; 75%: debtor, company_head; 90%: debtor, company_head",
        "handler, company_head, bureau_group, section_head, households; the company handles it",
        "成住建发〔2023〕62号 一(二)、附件1",
    ]
    assert rows["comply"][4] == "as ordered, else 1wd"
    assert rows["resolve_general"][4] == "2wd; late starts from the time that respond was due"
    assert rows["urgent"][-1] == "ours"


def test_on_a_terminal_it_is_a_table(types, monkeypatch):
    made = StringIO()
    monkeypatch.setattr("rich.console.Console", lambda: Console(file=made, force_terminal=True, width=160))
    types("pack", "show", "chengdu")
    assert "┃" in made.getvalue()
    assert "resolve_major" in made.getvalue()


@pytest.mark.parametrize("pack", load_packs())
def test_every_pack_can_be_shown(types, pack):
    assert len(types("pack", "show", pack).stdout.splitlines()) == 2 + len(load_packs()[pack].stages)


@pytest.mark.parametrize("pack", load_packs())
def test_a_pack_shows_the_documents_sentences_clause_by_clause(types, pack):
    lines = types("pack", "show", pack, "--quotes").stdout.splitlines()
    for entry, clause in load_packs()[pack].clauses:
        assert any(line.startswith(f"{entry}\t") for line in lines)
        assert {f"\t「{sentence}」" for sentence in clause.quotes} <= set(lines)


def test_what_no_document_gives_is_shown_as_ours(types):
    shown = types("pack", "show", "chengdu", "--quotes").stdout
    assert "black\tours: candidate, published, from_cases" in shown
    assert "major\tours; 成住建发〔2023〕62号 一(四)" in shown
