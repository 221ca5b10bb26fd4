"""A failure under a command is one sentence: whose fault it was, and where to look."""

import sqlite3

import pytest
import typer
from sqlalchemy.exc import DBAPIError

from cli.output import reported_errors


class Closed(Exception):
    """What PostgreSQL says of a database that takes no connections."""

    sqlstate = "55000"


def full():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.parametrize("orig", [Closed("not accepting connections"), full()])
def test_what_the_database_cannot_do_is_told_with_its_reason(capsys, orig):
    with pytest.raises(typer.Exit) as ended, reported_errors():
        raise DBAPIError("INSERT INTO person VALUES ('王女士')", {}, orig)
    told = capsys.readouterr().err
    assert f"the database can't be used ({orig}): see MASHANG_DATABASE_URL" in told
    assert "王女士" not in told
    assert ended.value.exit_code == 2


def test_a_fault_of_ours_does_not_tell_what_somebody_said(capsys):
    with pytest.raises(typer.Exit) as ended, reported_errors():
        raise ValueError("王女士")
    told = capsys.readouterr().err
    assert "please report it: ValueError" in told
    assert "王女士" not in told
    assert ended.value.exit_code == 1
