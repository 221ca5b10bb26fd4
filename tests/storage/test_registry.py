"""A registry is read whole or not at all, says everything that is wrong with it, and loads as an update."""

import shutil
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from complaints.text.phone_numbers import is_whole, normal_phone
from storage.db.engine import open_engine
from storage.registry import SAMPLE, load, read
from storage.repositories.people import APPOINTMENT
from storage.repositories.places import DISTRICT, PROJECT
from storage.tables import DISPLACEMENT, PERSON

PACKS = ("chengdu", "county", "pudong", "changzhi")
NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # the 22nd in Shanghai


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "registry")


async def rows(engine, table):
    async with engine.connect() as connection:
        return (await connection.execute(select(table))).all()


def rewrite(folder, file, *, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def found(folder):
    return [str(p) for p in read(folder, PACKS).problems]


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        # as a person or Telegram writes it, as it is compared
        ("13800000101", "13800000101"),
        ("+86 138 0000 0101", "13800000101"),
        ("8613800000101", "13800000101"),
        ("0086-138-0000-0101", "13800000101"),
        ("１３８００００\u202c０１０１", "13800000101"),
        ("+852 9123 4567", "85291234567"),
        ("0085291234567", "85291234567"),
        ("028-80000001", "02880000001"),
        ("1.38E+10", ""),
        ("13800000101.0", ""),
        ("经理", ""),
        ("", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(written, digits):
    assert normal_phone(written) == digits


@pytest.mark.parametrize(
    "written",
    [
        "13800000101",
        "+86 138 0000 0101",
        "0086-13800000101",
        "028-80000001",
        "+86 28 8000 0001",
        "+852 9123 4567",
        "0731-88886666",
    ],
)
def test_a_whole_number_is_taken(written):
    assert is_whole(written)


@pytest.mark.parametrize(
    "written", ["1380000010", "138000001012", "80000001", "2880000001", "12345678901", "852912345", ""]
)
def test_a_number_without_all_its_digits_is_none_that_can_be_called(written):
    assert not is_whole(written)


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-01",
        "2026/1/1",
        "2026-1-1",
        "2026.1.1",
        "2026年1月1日",
        "2026-01-01 00:00:00",
        "2026/1/1 0:00",
        "２０２６/１/１",
    ],
)
def test_dates_are_read_as_chinese_spreadsheets_write_them(folder, written):
    rewrite(folder, "people.csv", old="2026-01-01", new=written)
    reading = read(folder, PACKS)
    assert (reading.problems, reading.registry) == ((), read(SAMPLE, PACKS).registry)


def test_an_offices_number_that_has_lost_its_zero_is_worth_a_remark(folder):
    rewrite(folder, "companies.csv", old="028-80000001", new="2880000001")
    reading = read(folder, PACKS)
    assert reading.problems == ()
    [remark] = reading.remarks
    assert (remark.file, remark.line, remark.column) == ("companies.csv", 2, "phone")
    assert "the 0 before the area code seems lost" in remark.reason


def test_a_number_for_the_whole_country_has_no_zero_to_lose(folder):
    rewrite(folder, "companies.csv", old="028-80000001", new="400-800-0001")
    assert read(folder, PACKS).remarks == ()


def test_the_sample_is_sound():
    reading = read(SAMPLE, PACKS)
    assert (reading.problems, reading.remarks) == ((), ())
    assert [len(x) for x in (reading.registry.districts, reading.registry.projects)] == [26, 6]


def test_a_pack_that_is_not_here_is_remarked_upon_and_hinders_nothing():
    reading = read(SAMPLE, ["chengdu"])
    assert [(r.file, r.line, r.column) for r in reading.remarks] == [("districts.csv", n, "pack") for n in (25, 26, 27)]
    assert reading.registry is not None


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "reason"),
    [
        ("districts.csv", "510190", "51 0190", 2, "code", "1 to 32"),
        ("districts.csv", "510191,成都东部新区", "510190,成都东部新区", 3, "code", "line 2 too"),
        ("districts.csv", "chengdu", "", 2, "pack", "is missing"),
        ("companies.csv", "锦安物业", "", 2, "name", "is missing"),
        ("companies.csv", "028-80000001", "unknown", 2, "phone", "not a telephone number"),
        ("projects.csv", "jchy,", "jc/hy,", 2, "code", "1 to 32"),
        ("projects.csv", "wjy,", "JCHY,", 3, "code", "line 2 too"),
        ("projects.csv", ",heju,", ",hejv,", 4, "company", "companies.csv"),
        ("projects.csv", ",510104,", ",999,", 4, "district", "districts.csv"),
        ("people.csv", "13800000101", "138", 2, "phone", "not a telephone number"),
        ("people.csv", "13800000101", "", 2, "phone", "is missing"),
        ("people.csv", "project_manager", "boss", 2, "role", "project_manager, deputy_manager"),
        ("people.csv", ",jinan,", ",jchy,", 6, "scope", "code of a company"),
        ("people.csv", "510107/浆洗街街道,", "510107/无此街道,", 12, "scope", "DISTRICT/STREET"),
        ("people.csv", "510107/fire", "510107/fun", 15, "scope", "fire"),
        ("people.csv", "成都市", "成都", 11, "scope", "name of a city"),
        ("people.csv", "2026-01-01", "1/1/2026", 2, "from", "the year first"),
        ("people.csv", "2026-01-01", "46023", 2, "from", "the year first"),
        ("people.csv", "2026-01-01", "2026-1/1", 2, "from", "the year first"),
        ("people.csv", "13800000101", "1380000010", 2, "phone", "has too many"),
        ("people.csv", "13800000101", "138000001011", 2, "phone", "has too many"),
        ("people.csv", "13800000101", "12800000101", 2, "phone", "has too many"),
        ("people.csv", "13800000101", "2880000404", 2, "phone", "need 0 and the area code"),
        ("people.csv", "2026-01-01,", "2026-02-30,", 2, "from", "a date like"),
        ("people.csv", "2026-01-01,", "2026-01-02,2026-01-01", 2, "until", "before"),
        (
            "people.csv",
            "经理乙,13800000102,project_manager,wjy",
            "甲,+8613800000101,project_manager,jchy",
            3,
            "",
            "line 2",
        ),
    ],
)
def test_a_wrong_value_is_named_by_file_line_and_column(folder, file, old, new, line, column, reason):
    rewrite(folder, file, old=old, new=new)
    [problem] = [p for p in read(folder, PACKS).problems if p.file == file and p.line == line]
    assert problem.column == column
    assert reason in problem.reason


def test_every_problem_of_every_file_is_told_at_once_and_nothing_is_read(folder):
    rewrite(folder, "districts.csv", old="chengdu", new="")
    rewrite(folder, "companies.csv", old="锦安物业", new="")
    rewrite(folder, "people.csv", old="13800000101", new="x")
    rewrite(folder, "people.csv", old="13800000102", new="y")
    reading = read(folder, PACKS)
    assert reading.registry is None
    assert [(p.file, p.line) for p in reading.problems] == [
        ("districts.csv", 2),
        ("companies.csv", 2),
        ("people.csv", 2),
        ("people.csv", 3),
    ]


def test_no_problem_repeats_a_name_or_a_number(folder):
    (folder / "people.csv").write_text(
        "role,scope,name,phone,from,until\n王小明,13900001111,project_manager,jchy,13900001111,王小明\n",
        encoding="utf-8",
    )
    told = "\n".join(found(folder))
    assert told.count("people.csv:2") >= 4
    assert not any(private in told for private in ("王小明", "13900001111"))


def test_a_first_line_without_columns_is_not_repeated(folder):
    (folder / "people.csv").write_text("王小明,13900001111,project_manager,jchy,2026-01-01,\n", encoding="utf-8")
    assert found(folder) == ["people.csv:1: should name the columns: name, phone, role, scope, from, until"]


def test_missing_files_and_columns_and_unknown_columns_are_told(folder):
    (folder / "companies.csv").unlink()
    rewrite(folder, "districts.csv", old="city", new="town")
    told = found(folder)
    assert "companies.csv: is missing" in told
    assert "districts.csv:1 city: this column is missing" in told
    assert "districts.csv:1 town: is none of code, name, city, pack, phone, hours, lift_rescue, gas_rescue" in told


def test_a_quotation_mark_that_is_never_closed_is_told(folder):
    rewrite(folder, "companies.csv", old="和居物业", new='"和居物业')
    assert "companies.csv:3: is no CSV from here on" in found(folder)[0]


def test_lines_count_as_in_an_editor(folder):
    rewrite(folder, "projects.csv", old="示例路1号", new='"示例路\n1号"')
    rewrite(folder, "projects.csv", old="wjy,", new="\nwj y,")
    told = [(p.line, p.column) for p in read(folder, PACKS).problems if p.file == "projects.csv"]
    assert told == [(2, "address"), (5, "code")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends_don_t_matter(folder, encoding, newline):
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8-sig")
        file.write_text(text, encoding=encoding, newline=newline)
    assert read(folder, PACKS).registry == read(SAMPLE, PACKS).registry


def test_columns_may_stand_in_any_order(folder):
    lines = (folder / "companies.csv").read_text(encoding="utf-8-sig").splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in lines)
    (folder / "companies.csv").write_text(turned, encoding="utf-8")
    assert read(folder, PACKS).registry == read(SAMPLE, PACKS).registry


async def test_a_second_load_updates_and_ends_whoever_is_missing(folder, engine):
    await load(engine, read(folder, PACKS).registry, NOW)
    async with engine.begin() as connection:
        await connection.execute(update(APPOINTMENT).where(APPOINTMENT.c.phone == "13800000101").values(person=7))
    rewrite(folder, "people.csv", old="经理甲,", new="经理新,")
    rewrite(folder, "people.csv", old="经理乙,13800000102,project_manager,wjy,2026-01-01,\n", new="")
    rewrite(folder, "projects.csv", old="锦城花园", new="锦城新园")
    loaded = await load(engine, read(folder, PACKS).registry, NOW)
    roles = {r.phone: r for r in await rows(engine, APPOINTMENT)}
    assert (roles["13800000101"].name, roles["13800000101"].person) == ("经理新", None)  # another name is asked anew
    assert roles["13800000102"].until == date(2026, 11, 21)
    assert (loaded.appointments, loaded.ended, len(roles)) == (34, 1, 35)
    assert "锦城新园" in {p.name for p in await rows(engine, PROJECT)}


async def test_on_postgresql_another_name_displaces_an_account_too(folder, bare):
    engine = open_engine(bare)
    try:
        await load(engine, read(folder, PACKS).registry, NOW)
        async with engine.begin() as connection:
            await connection.execute(PERSON.insert(), {"id": 7, "user": 7, "name": "", "language": "zh", "phone": ""})
            await connection.execute(update(APPOINTMENT).where(APPOINTMENT.c.phone == "13800000101").values(person=7))
        rewrite(folder, "people.csv", old="经理甲,", new="经理新,")
        await load(engine, read(folder, PACKS).registry, NOW)
        (displaced,) = await rows(engine, DISPLACEMENT)
        holders = {r.name: r.person for r in await rows(engine, APPOINTMENT)}
    finally:
        await engine.dispose()
    assert (displaced.person, displaced.role, displaced.scope) == (7, "project_manager", "jchy")
    assert (displaced.why, displaced.told, displaced.until) == ("renamed", False, date(2026, 11, 21))
    assert holders["经理新"] is None


async def test_loading_the_same_again_changes_nothing(engine):
    registry = read(SAMPLE, PACKS).registry
    await load(engine, registry, NOW)
    before = await rows(engine, APPOINTMENT)
    assert (await load(engine, registry, NOW)).ended == 0
    assert await rows(engine, APPOINTMENT) == before


async def test_a_new_appointment_goes_to_whoever_has_joined_under_that_name_and_number(folder, engine):
    await load(engine, read(folder, PACKS).registry, NOW)
    async with engine.begin() as connection:
        await connection.execute(update(APPOINTMENT).where(APPOINTMENT.c.phone == "13800000101").values(person=7))
    with (folder / "people.csv").open("a", encoding="utf-8") as file:
        file.write(
            "经理甲,13800000101,project_manager,wjy,2026-11-01,\n别人,13800000101,project_manager,dhl,2026-11-01,\n"
        )
    await load(engine, read(folder, PACKS).registry, NOW)
    roles = {r.scope: r.person for r in await rows(engine, APPOINTMENT) if r.phone == "13800000101"}
    assert roles == {"jchy": 7, "wjy": 7, "dhl": None}


async def test_a_load_that_fails_on_its_way_leaves_nothing(engine):
    def give_up(lines):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await load(engine, read(SAMPLE, PACKS).registry, NOW, give_up)
    assert await rows(engine, DISTRICT) == []


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u200b", "\u2067", "\ufeff", "\u3164", "\x00", "\x1b", "\u0301" * 9, "\u2028"]
)
def test_a_name_holds_nothing_that_nobody_sees(folder, mark):
    rewrite(folder, "projects.csv", old="锦城花园", new=f"锦城{mark}花园")
    (told,) = [p for p in read(folder, PACKS).problems if p.column == "name"]
    assert (told.file, told.line) == ("projects.csv", 2)
    assert "marks that nobody sees" in told.reason


def test_a_name_may_look_like_anything_else(folder):
    hostile = "<b>=cmd|'/C calc'!A0 %_ '; DROP TABLE project;-- {name}"
    rewrite(folder, "projects.csv", old="锦城花园", new=hostile)
    assert read(folder, PACKS).registry.projects[0].name == hostile
