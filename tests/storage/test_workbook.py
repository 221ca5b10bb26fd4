"""A registry comes as a workbook, too: read well however cells are typed, and judged cell by cell."""

import csv
import zipfile
from datetime import UTC, date, datetime
from time import perf_counter

import cities
import pytest
import xlsxwriter
from openpyxl import load_workbook

from complaints.model.people import Role
from complaints.registry_schema import COLUMNS
from storage.registry import SAMPLE, load, preview, read
from storage.repositories import people, places
from storage.repositories.people import APPOINTMENT
from storage.repositories.places import PROJECT
from storage.work import Store
from views.documents.registry_template import template
from views.framework.translator import translator

PACKS = ("chengdu", "county", "pudong", "changzhi")
NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


def sample():
    """The sample's rows by sheet, as lists that a test may spoil."""
    return {
        name: list(csv.reader((SAMPLE / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()))
        for name in COLUMNS
    }


@pytest.fixture
def workbook(tmp_path):
    """Write sheets to a workbook; `touch` may do more to it."""

    def made(sheets, touch=lambda book, pages: None):
        with xlsxwriter.Workbook(tmp_path / "registry.xlsx") as book:
            pages = {name: book.add_worksheet(name) for name in sheets}
            for name, rows in sheets.items():
                for n, row in enumerate(rows):
                    for m, value in enumerate(row):
                        pages[name].write_string(n, m, value)
            touch(book, pages)
        return tmp_path / "registry.xlsx"

    return made


def found(path):
    return [str(p) for p in read(path, PACKS).problems]


def test_the_same_registry_as_a_workbook(workbook):
    assert read(workbook(sample()), PACKS).registry == read(SAMPLE, PACKS).registry


def test_numbers_dates_and_ticks_are_read_however_they_were_typed(workbook):
    def type_them(book, pages):
        pages["people"].write_number(1, 1, 13800000101)
        pages["people"].write_datetime(1, 4, datetime(2026, 1, 1), book.add_format({"num_format": "d/m/yy"}))
        pages["people"].write_datetime(1, 5, date(2027, 3, 31), book.add_format({"num_format": "yyyy年m月d日"}))
        pages["projects"].write_number(1, 3, 510107.0)
        pages["projects"].write_number(1, 9, 1234)
        pages["projects"].write_boolean(1, 10, False)
        pages["projects"].write_string(1, 11, "是")
        pages["projects"].write_blank(3000, 0, None, book.add_format({"bold": True}))

    registry = read(workbook(sample(), type_them), PACKS).registry
    manager, project = registry.appointments[0], registry.projects[0]
    assert (manager.phone, manager.since, manager.until) == ("13800000101", date(2026, 1, 1), date(2027, 3, 31))
    assert (project.district, project.households, project.high_rise, project.direct_power) == (
        "510107", 1234, False, True,
    )  # fmt: skip


def spoil(sheets):
    """47 mistakes of every kind, none of which brings about another: (sheet, line, column, what is written)."""
    wrong = [("districts", n, "phone", "unknown") for n in range(2, 8)]
    wrong += [("districts", n, "pack", "") for n in range(2, 7)]
    wrong += [("companies", 2, "name", ""), ("companies", 3, "phone", "call us"), ("companies", 4, "hours", "x" * 201)]
    wrong += [("projects", 2, "company", "nobody"), ("projects", 3, "district", "999"), ("projects", 4, "phone", "-")]
    wrong += [("projects", n, "households", "many") for n in range(2, 6)]
    wrong += [("projects", n, "high_rise", "perhaps") for n in range(2, 6)]
    wrong += [("people", n, "phone", "138") for n in range(2, 8)]
    wrong += [("people", n, "scope", "nowhere") for n in range(8, 13)]
    wrong += [("people", n, "from", "1.1.2026") for n in range(13, 18)]
    wrong += [("people", 18, "role", "boss"), ("people", 19, "name", "a\tb"), ("people", 20, "until", "2025-01-01")]
    wrong += [("offices", 2, "kind", "palace"), ("offices", 3, "name", "magic"), ("offices", 4, "district", "999")]
    for sheet, line, column, value in wrong:
        rows = sheets[sheet]
        row = rows[line - 1]
        row += [""] * (len(rows[0]) - len(row))
        row[rows[0].index(column)] = value
    return wrong


def test_fifty_mistakes_are_fifty_reports_and_nothing_is_read(workbook):
    sheets = sample()
    wrong = spoil(sheets)
    formulas = [("people", 25, "name"), ("people", 26, "phone"), ("offices", 10, "phone")]

    def touch(book, pages):
        for sheet, line, column in formulas:
            pages[sheet].write_formula(line - 1, sheets[sheet][0].index(column), '=1+"a"')

    reading = read(workbook(sheets, touch), PACKS)
    assert reading.registry is None
    told = {(p.file, p.line, p.column) for p in reading.problems}
    assert told == {(sheet, line, column) for sheet, line, column, _ in wrong} | set(formulas)
    assert len(reading.problems) == 50


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        (lambda b, p: p["people"].merge_range("A2:B3", "两人"), "people:2 name: is merged with other cells"),
        (lambda b, p: p["people"].hide(), "people: is hidden: show it, or delete it"),
        (lambda b, p: b.add_worksheet("王小明"), "sheet 6: is none of districts, companies, projects, people"),
        (lambda b, p: p["people"].write_string(0, 5, "from"), "people:1 from: this column stands there twice"),
        (lambda b, p: p["people"].write_formula(1, 0, "=1/0", None, "#DIV/0!"), "people:2 name: holds a formula"),
        (lambda b, p: p["people"].write_string(1, 0, "长" * 32_767), "people:2 name: should have 200 characters"),
        (lambda b, p: p["people"].write_string(1, 7, "注"), "people:2: has more values than the 6 columns"),
    ],
)
def test_what_a_spreadsheet_can_hide_is_told(workbook, touch, told):
    [problem, *more] = [p for p in found(workbook(sample(), touch)) if p != "people:1 until: this column is missing"]
    assert problem.startswith(told)
    assert more == []


def test_missing_sheets_and_files_that_are_no_workbook_are_told(workbook, tmp_path):
    sheets = sample()
    del sheets["people"], sheets["offices"]
    whole = workbook(sheets)
    assert found(whole) == ["people: this sheet is missing"]
    renamed = workbook({("People 2026" if name == "people" else name): rows for name, rows in sample().items()})
    assert found(renamed) == [
        "people: this sheet is missing; sheet 4 has a name of its own: rename it, if it is this one"
    ]
    for name, content, reason in (
        ("cut.xlsx", whole.read_bytes()[:2000], "is no workbook that can be read"),
        ("text.xlsx", b"code,name\n", "is no workbook that can be read"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "is protected by a password"),
    ):
        (tmp_path / name).write_bytes(content)
        [told] = found(tmp_path / name)
        assert told.startswith(f"{name}: {reason}")


def test_a_workbook_whose_inside_is_broken_is_told(workbook, tmp_path):
    with zipfile.ZipFile(workbook(sample())) as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as broken:
        for entry in whole.namelist():
            content = whole.read(entry)
            broken.writestr(entry, content[:900] if entry.endswith("sheet4.xml") else content)
    assert [told.partition(":")[0] for told in found(tmp_path / "b.xlsx")] == ["people"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_explains_itself_and_its_sample_lines_are_never_loaded(tmp_path, language):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template(translator(language), PACKS, {"fire": "消防救援部门"}))
    assert found(path) == ["template.xlsx: has no entries: fill it in first"]
    book = load_workbook(path)
    assert book.sheetnames == ["notes", *COLUMNS]
    for name, columns in COLUMNS.items():
        page = book[name]
        assert [cell.value for cell in page[1]] == [column.name for column in columns]
        assert all(cell.comment for cell in page[1])
        assert page["A2"].value.startswith("#")
    offered = {str(rule.sqref)[0]: rule.formula1 for rule in book["people"].data_validations.dataValidation}
    assert offered == {"C": "roles"}
    rows = {"districts": 4, "projects": 4, "offices": 3}
    assert {name: len(book[name].data_validations.dataValidation) for name in rows} == {
        "districts": 1, "projects": 4, "offices": 3,
    }  # fmt: skip
    filled = sample()
    for name, lines in filled.items():
        for n, row in enumerate(lines[1:], 3):
            for m, value in enumerate(row, 1):
                book[name].cell(n, m).value = value
    book.save(path)
    assert read(path, PACKS).registry == read(SAMPLE, PACKS).registry


# --- what changes -------------------------------------------------------------------------------------------------


async def stored(engine, table, code):
    async with engine.connect() as connection:
        return (await connection.execute(table.select().where(table.c.code == code))).one()


async def test_a_preview_says_what_a_load_then_does(engine, workbook):
    await load(engine, read(SAMPLE, PACKS).registry, NOW)
    sheets = sample()
    sheets["projects"][1][1] = "锦城新园"
    del sheets["people"][2]
    sheets["people"].append(["新人", "13811112222", "project_manager", "wjy", "2026-11-01", ""])
    del sheets["offices"][1]
    registry = read(workbook(sheets), PACKS).registry
    shown = await preview(engine, registry, NOW)
    counts = {name: (t.new, t.changed, t.same, t.ended) for name, t in shown.tallies.items()}
    assert counts == {
        "districts": (0, 0, 26, 0), "companies": (0, 0, 5, 0), "projects": (0, 1, 5, 0),
        "people": (1, 0, 34, 1), "offices": (0, 0, 74, 1),
    }  # fmt: skip
    assert [str(change) for change in shown.changes] == [
        "projects:2 jchy: name 锦城花园 -> 锦城新园",
        "people: 经** (project_manager of wjy) ends",
        "offices: 510107 department housing ends",
    ]
    assert (await stored(engine, PROJECT, "jchy")).name == "锦城花园"
    await load(engine, registry, NOW)
    again = await preview(engine, registry, NOW)
    assert (again.changes, again.tallies["people"].same) == ((), 35)


async def test_an_old_folder_without_the_new_columns_leaves_what_they_hold(engine, tmp_path):
    await load(engine, read(SAMPLE, PACKS).registry, NOW)
    old = {"districts": 5, "companies": 3, "projects": 8, "people": 6}
    for name, width in old.items():
        lines = (",".join(row[:width]) for row in sample()[name])
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    registry = read(tmp_path, PACKS).registry
    shown = await preview(engine, registry, NOW)
    assert (shown.changes, shown.tallies["offices"].kept) == ((), 75)
    await load(engine, registry, NOW)
    project = await stored(engine, PROJECT, "jchy")
    assert (project.households, project.high_rise, project.hours) == (1200, True, "每天 08:00-22:00")


@pytest.mark.thorough
@pytest.mark.alone
async def test_a_whole_city_is_read_from_a_workbook(tmp_path):
    sheets = cities.tables(people=2_000)
    begun = perf_counter()
    registry = read(cities.write_workbook(tmp_path / "city.xlsx", sheets), PACKS).registry
    assert perf_counter() - begun < 10
    assert (len(registry.projects), len(registry.appointments)) == (6_000, 2_000)


@pytest.mark.thorough
@pytest.mark.alone
async def test_a_city_loads_in_seconds(engine, tmp_path):
    folder = cities.write_csv(tmp_path / "city")
    steps = []
    begun = perf_counter()
    registry = read(folder, PACKS).registry
    loaded = await load(engine, registry, NOW, steps.append)
    assert perf_counter() - begun < 6
    assert (loaded.companies, loaded.projects, loaded.appointments) == (2_900, 6_000, 20_000)
    assert sum(steps) == 23 + 2_900 + 6_000 + 20_000 + 23
    async with engine.connect() as connection:
        assert len((await connection.execute(APPOINTMENT.select())).all()) == 20_000
    await looked_up_at_once(engine)


async def looked_up_at_once(engine):
    """What a resident waits for stays quick among 6,000 projects: the best of three, since others work here too."""
    store = Store(engine, None, lambda: 1)
    for asked in (
        lambda work: places.search(work, "小区59"),
        places.districts,
        lambda work: places.project(work, "P5000"),
        lambda work: people.holders(work, Role.PROJECT_MANAGER, "p5000"),
    ):
        taken = []
        for _ in range(3):
            async with store.work(NOW) as work:
                begun = perf_counter()
                assert await asked(work)
                taken.append(perf_counter() - begun)
        assert min(taken) < 0.02
