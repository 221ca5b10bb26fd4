"""`python -m benchmarks`: run the scenarios, print a table, and keep it as JSON."""

import argparse
import asyncio
import json
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks import deadlines, scenarios
from benchmarks.figures import Figure, as_json, table
from benchmarks.filing_alone import filing_alone
from benchmarks.growth import growth
from benchmarks.sizes import QUICK, WHOLE

LONGEST = 300.0  # seconds of a scenario
ALL = (*scenarios.SCENARIOS, *deadlines.SCENARIOS, filing_alone)
NAMES = {scenario.__name__: scenario for scenario in ALL}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(NAMES))
    asked.add_argument("--quick", action="store_true", help="little of everything: it only shows that all works")
    asked.add_argument("--growth", type=int, metavar="CASES", help="instead: what grows with so many stored cases")
    asked.add_argument("--server", default="", metavar="ADDRESS", help="on this PostgreSQL server instead of SQLite")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    given = asked.parse_args()
    if unknown := set(given.scenarios) - set(NAMES):
        asked.error(f"there is no scenario {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    size = replace(QUICK if given.quick else WHOLE, server=given.server)
    console = Console(width=140)
    figures: list[Figure] = asyncio.run(growth(given.growth, given.server)) if given.growth else []
    for name in given.scenarios or ([] if given.growth else NAMES):
        found = asyncio.run(asyncio.wait_for(NAMES[name](size), LONGEST))
        console.print(*(" ".join(figure.as_row()) for figure in found), sep="\n")
        figures += found
    console.print(table(figures))
    if given.json:
        given.json.write_text(json.dumps(as_json(figures), ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
