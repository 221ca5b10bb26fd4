"""Figures: what was measured, beside what it must be and what was measured for reference in the same run."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.table import Table

MS = 1000.0  # in a second


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`must` is the goal in words, `reference` what the same work costs at least, measured in turn."""

    scenario: str
    name: str
    value: float
    unit: str = ""
    must: str = ""
    reference: str = ""

    def as_row(self) -> tuple[str, ...]:
        return self.scenario, self.name, f"{self.value:.3g} {self.unit}".strip(), self.must, self.reference


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them is; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def table(figures: Iterable[Figure]) -> Table:
    made = Table("scenario", "figure", "measured", "must be", "reference", box=box.MARKDOWN)
    for figure in figures:
        made.add_row(*figure.as_row())
    return made


def as_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    return [asdict(figure) for figure in figures]
