"""Reading of CSV files, line by line, with the place of every problem."""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from complaints.registry_schema import REMARK

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
Row = tuple[int, list[str | None]]  # a line's number and its values, stripped; None where a problem is reported already


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Where a file is wrong and what should stand there; what does stand there is never repeated, it may be a name.

    `line` counts as an editor does, 0 where the whole file is meant; `column` is empty where the whole line is.
    """

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


@dataclass(frozen=True)
class Line:
    """One entry; `number` is the line on which it begins.

    A column that the file lacks, or whose value is reported already, is missing in `values`.
    """

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One file as far as it can be read; it is `whole` when all its columns are there, save those it may lack."""

    file: str
    lines: Sequence[Line] = ()
    problems: list[Problem] = field(default_factory=list)
    whole: bool = False
    columns: frozenset[str] = frozenset()


def read_sheet(path: Path, wanted: tuple[str, ...], extra: Collection[str] = ()) -> Sheet:
    """The file with the columns that it should have, as UTF-8 with or without a byte order mark, else as GB18030.

    The `extra` ones of the wanted columns may be missing.
    """
    file = path.name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return unusable(file, 0, "is missing")
    except OSError as error:
        return unusable(file, 0, f"can't be read: {(error.strerror or type(error).__name__).lower()}")
    text = _decoded(raw)
    if text is None:
        return unusable(file, 0, "is written in neither UTF-8 nor GB18030: save it as CSV UTF-8")
    try:
        rows = list(_rows(text))
    except _Broken as broken:
        return unusable(file, broken.line, "is no CSV from here on: look for a quotation mark that is never closed")
    return as_sheet(file, rows, wanted, extra)


def unusable(file: str, line: int, reason: str) -> Sheet:
    return Sheet(file, problems=[Problem(file=file, line=line, column="", reason=reason)])


def _decoded(raw: bytes) -> str | None:
    for encoding in () if raw.startswith(UTF_16) else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


class _Broken(Exception):
    """From this line on it is no CSV."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _rows(text: str) -> Iterator[Row]:
    """Rows that say anything, stripped, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins, last = 1, 0
    try:
        for row in reader:
            values: list[str | None] = [value.strip() for value in row]
            if any(values):
                yield begins, values
                last = begins
            begins = reader.line_num + 1
    except csv.Error:
        raise _Broken(last + 1) from None


def as_sheet(file: str, rows: Sequence[Row], wanted: tuple[str, ...], extra: Collection[str] = ()) -> Sheet:
    """The rows under the names that the first of them gives; remarks are left out."""
    told = [(n, values) for n, values in rows if not (values[0] or "").startswith(REMARK)]
    if not told:
        return unusable(file, 1, f"should name the columns: {', '.join(wanted)}")
    (line, names), *entries = told
    header = [(name or "").lower() for name in names]
    while header and not header[-1]:
        header.pop()
    problems = list(_header_problems(file, line, header, wanted, extra))
    if len(problems) == 1 and not problems[0].column:
        return Sheet(file, problems=problems)
    problems += [
        Problem(file=file, line=n, column="", reason=f"has more values than the {len(header)} columns")
        for n, values in entries
        if any(values[len(header) :])
    ]
    known = [(i, name) for i, name in enumerate(header) if name in wanted and header.count(name) == 1]
    columns = frozenset(name for _, name in known)
    lines = [Line(n, dict(_named(values, known))) for n, values in entries]
    return Sheet(file, lines, problems, whole=columns >= set(wanted) - set(extra), columns=columns)


def _named(values: list[str | None], known: list[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    for position, name in known:
        value = values[position] if position < len(values) else ""
        if value is not None:
            yield name, value


def _header_problems(
    file: str, line: int, header: list[str], wanted: tuple[str, ...], extra: Collection[str]
) -> Iterator[Problem]:
    if not set(header) & set(wanted):
        yield Problem(file=file, line=line, column="", reason=f"should name the columns: {', '.join(wanted)}")
        return
    for name in wanted:
        if header.count(name) != 1 and (name in header or name not in extra):
            reason = "this column stands there twice" if name in header else "this column is missing"
            yield Problem(file=file, line=line, column=name, reason=reason)
    for position, name in enumerate(header, 1):
        if name not in wanted:
            shown = name if name.isascii() and name.isidentifier() else f"#{position}"
            yield Problem(file=file, line=line, column=shown, reason=f"is none of {', '.join(wanted)}")


DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)(?:[T ]0?0:00(?::00)?)?", re.ASCII)


def as_date(value: str) -> date | None:
    """The day that `read_date` reads; None where it is none."""
    try:
        return read_date(value)
    except ValueError:
        return None


def read_date(value: str) -> date:
    """2026-01-31, 2026/1/31, 2026.1.31 or 2026年1月31日, and with 0:00 after it; ValueError for all else."""
    found = DATE.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if found is None:
        raise ValueError("no date, or not with the year first")
    year, _, *rest = found.groups()
    month, day = (int(one) for one in rest if one)
    return date(int(year), month, day)
