"""The commands of `mashang registry`: what would change, what is wrong, and an empty workbook to fill in."""

import shutil

import pytest
from openpyxl import load_workbook

from storage.registry import SAMPLE

pytestmark = pytest.mark.usefixtures("database")


def test_a_dry_run_says_what_would_change_by_sheet_and_line_and_changes_nothing(types, tmp_path):
    first = types("registry", "load", str(SAMPLE), "--dry-run")
    assert "people: 35 new, 0 changed, 0 the same, 0 ended\n" in first.stdout
    assert not (tmp_path / "bot.db").exists()
    types("registry", "load", str(SAMPLE))
    folder = shutil.copytree(SAMPLE, tmp_path / "registry")
    people = folder / "people.csv"
    text = people.read_text(encoding="utf-8-sig")
    text = text.replace("经理乙,13800000102,project_manager,wjy,2026-01-01,\n", "")
    people.write_text(text.replace("jchy,2026-01-01,", "jchy,2026-01-01,2099-12-31", 1), encoding="utf-8")
    for _ in range(2):
        dry = types("registry", "load", str(folder), "--dry-run")
        assert "people: 0 new, 1 changed, 33 the same, 1 ended\n" in dry.stdout
        assert "  people:2 经** (project_manager of jchy): until (empty) -> 2099-12-31\n" in dry.stdout
        assert "  people: 经** (project_manager of wjy) ends\n" in dry.stdout
        assert dry.stdout.endswith("Nothing was changed.\n")
        assert "1380000" not in dry.output
    loaded = types("registry", "load", str(folder))
    assert "people: 0 new, 1 changed, 33 the same, 1 ended\n" in loaded.stdout
    assert "1 earlier appointments ended" in loaded.stdout


def test_a_load_that_would_end_most_appointments_is_asked_about(types, tmp_path, monkeypatch):
    types("registry", "load", str(SAMPLE))
    folder = shutil.copytree(SAMPLE, tmp_path / "registry")
    people = folder / "people.csv"
    lines = people.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    people.write_text("".join(lines[:17]), encoding="utf-8")
    refused = types("registry", "load", str(folder))
    assert refused.exit_code == 2
    assert "This would end 19 of 35 appointments in force: see what they are with --dry-run" in refused.stderr
    monkeypatch.setattr("cli.registry.terminal", lambda: True)
    assert types("registry", "load", str(folder), given="n\n").stdout.endswith("Nothing was changed.\n")
    assert "19 earlier appointments ended" in types("registry", "load", str(folder), "--yes").stdout


def test_a_template_is_written_filled_in_and_loaded(types, tmp_path):
    file = tmp_path / "city.xlsx"
    assert "Wrote city.xlsx" in types("registry", "template", str(file)).stdout
    again = types("registry", "template", str(file))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    empty = types("registry", "load", str(file))
    assert (empty.exit_code, empty.stderr) == (
        1, "city.xlsx: has no entries: fill it in first\nNothing was loaded; problems: 1.\n",
    )  # fmt: skip
    book = load_workbook(file)
    for name, row in {
        "districts": ["510107", "武侯区", "成都市", "chengdu"],
        "companies": ["jinan", "锦安物业"],
        "projects": ["jchy", "锦城花园", "jinan", 510107],
        "people": ["经理甲", 13800000101, "project_manager", "jchy", "2026-01-01"],
    }.items():
        for position, value in enumerate(row, 1):
            book[name].cell(3, position).value = value
    book.save(file)
    loaded = types("registry", "load", str(file))
    assert "Loaded 1 districts, 1 companies, 1 projects and 1 appointments, 0 offices" in loaded.stdout
    book["people"]["B3"].value = "=13800000101"
    book.save(file)
    faulty = types("registry", "load", str(file))
    assert (faulty.exit_code, "people:3 phone: holds a formula" in faulty.stderr) == (1, True)


@pytest.mark.parametrize("words", [("city.csv",), ("city.xlsx", "--language", "fr"), ("nowhere/city.xlsx",)])
def test_a_template_that_can_t_be_written_is_told(types, tmp_path, words):
    result = types("registry", "template", str(tmp_path / words[0]), *words[1:])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_file_that_is_no_registry_is_told(types, tmp_path):
    (tmp_path / "people.csv").write_text("name\n", encoding="utf-8")
    result = types("registry", "load", str(tmp_path / "people.csv"))
    assert (result.exit_code, "people.csv: is one file of several: name their folder" in result.stderr) == (1, True)
