"""Each promise of docs/reliability.md names a test that is there, and each test of a fault stands in that table."""

import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:tests/\w+/)?test_\w+\.py)(?:::(test_\w+))?`")


def named():
    """Every (file, test or nothing) of the page."""
    for found in NAMED.finditer(PAGE):
        yield ROOT / found[1] if "/" in found[1] else HERE / found[1], found[2]


def test_every_test_that_the_page_names_is_there():
    missing = [
        (file.name, test)
        for file, test in named()
        if not file.exists() or (test and f"def {test}(" not in file.read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_every_module_of_faults_stands_on_the_page():
    there = {file for file, _ in named()}
    assert [file.name for file in sorted(HERE.glob("test_*.py")) if file not in there and file != Path(__file__)] == []
