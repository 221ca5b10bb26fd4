"""The limits of a workbook, looked at before it is read: what is beyond them would take minutes and gigabytes."""

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from openpyxl.utils import column_index_from_string

UNPACKED = 100_000_000  # bytes
ROWS = 100_000  # the number of the last one
COLUMNS = 256
CELLS = 2_000_000  # with those that stand empty before others
STRINGS = 500_000  # which the sheets share
MERGED = 200  # ranges of merged cells, each of which is a fault
ELEMENTS = 3_000_000  # of all parts together
OTHER = 200_000  # which are neither rows nor cells nor texts: formats, and what else there is
OF_CELLS = frozenset({"row", "c", "v", "f", "is", "si", "t", "r"})
CHUNK = 1 << 16
STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of XML; pictures are read by nobody


class TooMuch(Exception):
    """A workbook is beyond a limit, which the message names."""


def assert_within(archive: zipfile.ZipFile) -> None:
    """TooMuch where a part of the workbook is beyond a limit, as soon as that is seen."""
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
        raise TooMuch(f"{UNPACKED // 1_000_000} MB at most once it is unpacked")
    counts = _Counts()
    for entry in archive.infolist():
        with suppress(expat.ExpatError), archive.open(entry) as part:  # whether it can be read is told elsewhere
            _count(part, counts)


def _count(part: IO[bytes], counts: "_Counts") -> None:
    chunk = part.read(CHUNK)
    if not chunk.startswith(STARTS):
        return
    counts.begin_part()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counts.started
    while chunk:
        parser.Parse(chunk, False)
        chunk = part.read(CHUNK)


@dataclass
class _Counts:
    """Where the reading of a sheet would be, cell by cell, as openpyxl counts where a file gives no places."""

    elements: int = 0
    other: int = 0
    cells: int = 0
    strings: int = 0
    merged: int = 0
    row: int = 0
    column: int = 0

    def begin_part(self) -> None:
        self.row = self.column = 0

    def started(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        _bound(self.elements, ELEMENTS, "elements of XML")
        kind = name.rpartition(":")[2]
        if kind not in OF_CELLS:
            self.other += 1
            _bound(self.other, OTHER, "formats and the like")
        match kind:
            case "c":
                self._cell(attributes.get("r", ""))
            case "row":
                self._row(attributes.get("r", ""))
            case "si":
                self.strings += 1
                _bound(self.strings, STRINGS, "different texts")
            case "mergeCell":
                self.merged += 1
                _bound(self.merged, MERGED, "ranges of merged cells")

    def _row(self, number: str) -> None:
        self.row += 1
        with suppress(ValueError, OverflowError):
            self.row = int(float(number))
        self.column = 0
        _bound(self.row, ROWS, "rows")

    def _cell(self, place: str) -> None:
        column = self.column + 1
        with suppress(ValueError):
            column = column_index_from_string(place.rstrip("0123456789").replace("$", ""))
        self.cells += max(1, column - self.column)
        self.column = column
        _bound(column, COLUMNS, "columns")
        _bound(self.cells, CELLS, "cells")


def _bound(count: int, most: int, what: str) -> None:
    if count > most:
        raise TooMuch(f"{most:,} {what} at most")
