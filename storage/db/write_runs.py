"""In which order a unit of work writes: as it was said, but what is alike goes together, and costs less."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TypeAlias

from sqlalchemy import Executable

Values: TypeAlias = Mapping[str, object] | None
Run: TypeAlias = list["Entry"]  # all of one statement with the same columns, in their order


@dataclass(frozen=True)
class Entry:
    """A statement that waits to be written; one that must hit `expect_rows` rows, and can't hit more, is a guard."""

    statement: Executable
    values: Values
    expect_rows: int


def runs_of(parts: Iterable[Sequence[Entry]], *, guards_together: bool) -> Iterator[Run]:
    """What follows on each other with one statement is run at once, and so is what parts that are alike write.

    Parts concern different rows, so that it doesn't matter which of them is written first. `guards_together`: the
    database says how many rows were hit by a statement that is run for several.
    """
    split = ([*_runs(part, guards_together)] for part in parts if part)
    for shape, alike in groupby(split, key=_shape):
        if len(set(shape)) < len(shape):  # the second of a statement must not come before another part's first
            yield from chain(*alike)
        else:
            for step in zip(*alike, strict=True):
                yield from _runs(chain(*step), guards_together)


def _shape(runs: Iterable[Run]) -> tuple[int, ...]:
    return tuple(id(run[0].statement) for run in runs)


def _runs(entries: Iterable[Entry], guards_together: bool) -> Iterator[Run]:
    run: Run = []
    for entry in entries:
        if run and not _may_join(run[-1], entry, guards_together):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _may_join(one: Entry, other: Entry, guards_together: bool) -> bool:
    if one.values is None or other.values is None:
        return False
    if one.expect_rows != other.expect_rows or (one.expect_rows and not guards_together):
        return False
    return one.statement is other.statement and one.values.keys() == other.values.keys()
