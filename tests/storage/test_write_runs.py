"""In which order a unit of work writes: tables of what goes together."""

import pytest
from sqlalchemy import text

from storage.db.write_runs import Entry, runs_of

A, B, C = (text(letter) for letter in "abc")


def written(*parts, guards_together=True):
    """Each run as its statement with the numbers of its rows."""
    split = [[Entry(statement, values, guard) for statement, values, guard in part] for part in parts]
    runs = runs_of(split, guards_together=guards_together)
    return [(str(run[0].statement), [(one.values or {}).get("n") for one in run]) for run in runs]


def row(statement, n, guard=0):
    return statement, {"n": n}, guard


@pytest.mark.parametrize(
    ("parts", "runs"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([[]], [], id="a part that writes nothing"),
        pytest.param([[row(A, 1), row(A, 2), row(B, 3)]], [("a", [1, 2]), ("b", [3])], id="what follows on each other"),
        pytest.param([[row(A, 1), row(B, 2), row(A, 3)]], [("a", [1]), ("b", [2]), ("a", [3])], id="in its order"),
        pytest.param([[row(A, 1), (A, {"m": 2}, 0)]], [("a", [1]), ("a", [None])], id="other columns"),
        pytest.param([[(A, None, 0), (A, None, 0)]], [("a", [None]), ("a", [None])], id="without columns"),
        pytest.param(
            [[row(A, 1), row(B, 2), row(B, 3)], [row(A, 4), row(B, 5)]],
            [("a", [1, 4]), ("b", [2, 3, 5])],
            id="parts that are alike, statement by statement",
        ),
        pytest.param(
            [[row(A, 1), row(B, 2)], [row(C, 3)], [row(C, 4)]],
            [("a", [1]), ("b", [2]), ("c", [3, 4])],
            id="parts that aren't",
        ),
        pytest.param(
            [[row(A, 1), row(B, 2), row(A, 3)], [row(A, 4), row(B, 5), row(A, 6)]],
            [("a", [1]), ("b", [2]), ("a", [3]), ("a", [4]), ("b", [5]), ("a", [6])],
            id="a statement that comes twice keeps its order",
        ),
        pytest.param(
            [[row(A, 1, 1), row(B, 2)], [row(A, 3, 1), row(B, 4)]], [("a", [1, 3]), ("b", [2, 4])], id="guards"
        ),
        pytest.param([[row(A, 1, 1), row(A, 2)]], [("a", [1]), ("a", [2])], id="a guard beside none"),
    ],
)
def test_what_goes_together(parts, runs):
    assert written(*parts) == runs


def test_where_the_database_does_not_count_each_guard_is_run_alone():
    parts = [[row(A, 1, 1), row(B, 2)], [row(A, 3, 1), row(B, 4)]]
    assert written(*parts, guards_together=False) == [("a", [1]), ("a", [3]), ("b", [2, 4])]
