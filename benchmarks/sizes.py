"""How much of everything a run of the benchmarks does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much of everything: a whole run, or a short one that only shows that all of it works."""

    filings: int = 300
    waiting: int = 10_000
    tapping: float = 30.0  # seconds
    private: int = 1500
    expiries: int = 2000
    updates: int = 20_000
    crowd: int = 1000  # deadlines that one group is told of
    behind: int = 3000  # surveys that an escalation overtakes
    filings_alone: int = 200
    server: str = ""  # the address of a PostgreSQL server; without it SQLite


QUICK = Size(
    filings=12, waiting=300, tapping=3.0, private=60, expiries=30, updates=200, crowd=30, behind=100, filings_alone=10
)
WHOLE = Size()
