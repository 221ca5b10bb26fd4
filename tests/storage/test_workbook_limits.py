"""A workbook that would take minutes and gigabytes to read is refused at once, and says which limit it is beyond."""

import zipfile
from time import process_time

import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from complaints.registry_schema import COLUMNS
from storage.registry import read
from storage.registry.workbook_limits import CELLS, ROWS

PACKS = ("chengdu", "county", "pudong", "changzhi")
AT_ONCE = 3.0  # seconds of processor
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TEXT = '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(*rows, after=""):
    return f"{HEAD}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def rows_of_a_last_column(column, rows=20_000):
    return (f'<row r="{n}"><c r="{column}{n}"><v>1</v></c></row>' for n in range(1, rows + 1))


BEYOND = {
    "a row with the number two billion": ({SHEET: lambda: sheet('<row r="2000000000"/>')}, f"{ROWS:,} rows"),
    "the same in another writing": ({SHEET: lambda: sheet('<row r="2e9"/>')}, f"{ROWS:,} rows"),
    "20,000 rows with a cell in the last column alone": (
        {SHEET: lambda: sheet(*rows_of_a_last_column("XFD"))},
        "256 columns",
    ),
    "a hundred thousand rows with a cell far to the right": (
        {SHEET: lambda: sheet(*rows_of_a_last_column(get_column_letter(250), ROWS))},
        f"{CELLS:,} cells",
    ),
    "390 MB of shared texts": ({STRINGS: lambda: f"{TEXT}<si><t>{'x' * 390_000_000}</t></si></sst>"}, "100 MB"),
    "a million shared texts": ({STRINGS: lambda: f"{TEXT}{'<si><t>x</t></si>' * 1_000_000}</sst>"}, "different texts"),
    "thousands of merged cells": (
        {SHEET: lambda: sheet(after='<mergeCell ref="A1:B9"/>' * 20_000)},
        "merged",
    ),
    "a million formats": ({"xl/styles.xml": lambda: f"<styleSheet>{'<xf/>' * 1_000_000}</styleSheet>"}, "formats"),
}


@pytest.fixture
def made(tmp_path):
    """A registry's workbook of which some parts are others."""

    def spoilt(parts):
        plain, spoilt = tmp_path / "plain.xlsx", tmp_path / "spoilt.xlsx"
        with xlsxwriter.Workbook(plain) as book:
            for name, columns in COLUMNS.items():
                book.add_worksheet(name).write_row(0, 0, [c.name for c in columns])
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts[name]() if name in parts else old.read(name))
        return spoilt

    return spoilt


@pytest.mark.parametrize("what", BEYOND)
def test_what_would_hang_is_refused_at_once_with_its_limit(made, what):
    parts, limit = BEYOND[what]
    path = made(parts)
    begun = process_time()
    reading = read(path, PACKS)
    assert process_time() - begun < AT_ONCE
    assert reading.registry is None
    (problem,) = reading.problems
    assert str(problem).startswith("spoilt.xlsx: is too large: ")
    assert limit in problem.reason


def test_what_is_within_the_limits_is_judged_as_ever(made):
    problems = read(made({}), PACKS).problems
    assert problems
    assert not any("too large" in problem.reason for problem in problems)
