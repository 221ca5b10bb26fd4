"""Parameters of which `make test` plays the first ones, and only `make check` the others."""

from collections.abc import Sequence
from typing import Any

import pytest


def mostly_thorough(values: Sequence[Any], played: int = 1) -> list[Any]:
    """As many as are given stay; the rest shows the same promise again and is marked thorough."""
    values = list(values)
    return values[:played] + [
        pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=pytest.mark.thorough)
        for each in values[played:]
    ]
