"""Decisions are numbered once, dated and indexed, and whatever cites a decision or links to a file finds it."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "decisions"
INDEX = FOLDER / "README.md"
ROOMS = sorted(file for file in FOLDER.glob("*.md") if file != INDEX)
LONGEST = 15  # lines of an entry

HEADING = re.compile(r"^## (\d+)\. \S.*$", re.MULTILINE)
NUMBERS = r"\d+(?:(?:, | and )\d+)*"
STATUS = re.compile(rf"\*(?:accepted|(?:amended|superseded) by ({NUMBERS})) · (\d{{4}}-\d\d-\d\d)\*")
CITED = re.compile(rf"\bdecisions?\s+({NUMBERS})\b", re.IGNORECASE)
INDEXED = re.compile(r"^\| \[(\w+\.md)\]\(\1\) \| [^|]+ \| ([\d, –]+) \|$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "tg://", "#")
TEXTS = (".md", ".py", ".toml", ".js", ".css", ".html", ".yaml", ".yml", ".csv")
FOREIGN = ("node_modules", "artefacts", "build", "dist")


def entries(file: Path) -> dict[int, list[str]]:
    """The lines of each entry by its number, its heading first."""
    text = file.read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [*(heading.start() for heading in found[1:]), len(text)]
    return {int(h[1]): text[h.start() : end].strip().splitlines() for h, end in zip(found, ends, strict=True)}


def every_number() -> list[int]:
    return [number for file in ROOMS for number in entries(file)]


def numbers(written: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", written)]


def texts() -> Iterator[Path]:
    """Every text of the repository, but nothing that was installed or made."""
    for folder, inner, files in os.walk(ROOT):
        inner[:] = [name for name in inner if not name.startswith(".") and name not in FOREIGN]
        yield from (Path(folder) / name for name in files if name.endswith(TEXTS))


def pages() -> list[Path]:
    return sorted(file for file in texts() if file.suffix == ".md")


def links(page: Path) -> Iterator[Path]:
    """The files that a page links to."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(ELSEWHERE):
            yield (page.parent / target.partition("#")[0]).resolve()


def test_no_number_is_given_twice():
    found = every_number()
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_every_section_is_an_entry_and_they_stand_in_the_order_of_their_numbers(room):
    sections = [line for line in room.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert len(sections) == len(HEADING.findall("\n".join(sections))) > 0
    assert list(entries(room)) == sorted(entries(room))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_every_entry_has_a_status_and_a_date_and_says_why_in_few_lines(room):
    for number, lines in entries(room).items():
        status = STATUS.fullmatch(lines[2])
        assert status, f"decision {number} has no status and date"
        assert date.fromisoformat(status[2]).isoformat() == status[2]
        assert lines[2].startswith("*superseded") or "*Why*: " in "\n".join(lines), f"decision {number} doesn't say why"
        assert len(lines) <= LONGEST, f"decision {number} has {len(lines)} lines"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.stem)
def test_what_amends_or_supersedes_a_decision_is_another_decision(room):
    known = set(every_number())
    for number, lines in entries(room).items():
        status = STATUS.fullmatch(lines[2])
        assert status
        assert {*numbers(status[1] or "")} <= known - {number}, f"the status of decision {number}"


def test_the_index_names_each_room_with_its_numbers():
    indexed = {file: _spelled_out(written) for file, written in INDEXED.findall(INDEX.read_text(encoding="utf-8"))}
    assert indexed == {room.name: list(entries(room)) for room in ROOMS}


def _spelled_out(written: str) -> list[int]:
    found: list[int] = []
    for part in written.split(", "):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def test_every_decision_that_something_cites_is_there():
    known = set(every_number())
    lost = {
        f"{file.relative_to(ROOT)}: decision {number}"
        for file in texts()
        for cited in CITED.findall(file.read_text(encoding="utf-8"))
        for number in numbers(cited)
        if number not in known
    }
    assert lost == set()


def test_every_link_leads_to_a_file():
    broken = [
        f"{page.relative_to(ROOT)}: {target.name}" for page in pages() for target in links(page) if not target.exists()
    ]
    assert broken == []


def test_every_document_can_be_reached_from_the_readme():
    reached: set[Path] = set()
    ahead = {ROOT / "README.md"}
    while ahead:
        page = ahead.pop()
        reached.add(page)
        ahead |= {target for target in links(page) if target.suffix == ".md"} - reached
    assert [str(page.relative_to(ROOT)) for page in pages() if page not in reached] == []
