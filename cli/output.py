"""Output of the command line: faults in one sentence, problems in a table, and never a traceback."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.registry.sheets import Problem


@contextmanager
def reported_errors() -> Iterator[None]:
    """What the operator can mend is one sentence and exit code 2."""
    from bot.settings import SettingsError
    from complaints.policy.data_files import DataError
    from storage.db.errors import StorageFault, is_its_own

    try:
        yield
    except (SettingsError, DataError, StorageFault) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):  # whoever read this has had enough
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may hold what somebody said
        from bot.logs import origin

        if is_its_own(error):
            why = getattr(error, "orig", None) or type(error).__name__
            typer.echo(f"the database can't be used ({why}): see MASHANG_DATABASE_URL", err=True)
            raise typer.Exit(2) from None
        typer.echo(f"a fault of Mashang's own, please report it: {origin(error)}", err=True)
        raise typer.Exit(1) from None


def leave_unread() -> None:
    """What nobody reads any more is dropped, so that the interpreter doesn't complain of it at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def settings_of_today() -> "Settings":
    """The operator's settings; unknown variables that begin like ours are pointed out."""
    from bot.settings import read_settings

    warn_of_strangers()
    return read_settings()


def agreed(says: str, question: str, *, yes: bool) -> bool:
    """Whether the operator confirms what `says` states; without a terminal only --yes confirms."""
    if yes:
        return True
    if terminal():
        return typer.confirm(f"{says}. {question}")
    typer.echo(f"{says}: if that is meant, say --yes", err=True)
    raise typer.Exit(2)


def terminal() -> bool:
    return sys.stdin.isatty()


@contextmanager
def progress(what: str, total: float | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal; yields a function with the arguments of rich's `Progress.update`."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        yield partial(bar.update, bar.add_task(what, total=total))


def warn_of_strangers() -> None:
    from bot.settings import unknown_settings

    for sentence in unknown_settings(os.environ):
        typer.echo(sentence, err=True)


def show(problems: Sequence["Problem"], remarks: Sequence["Problem"] = ()) -> None:
    """What is wrong in files, by line and column: a table on a terminal, plain lines elsewhere."""
    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True)
    for title, found in (("Problems", problems), ("Remarks", remarks)):
        if not console.is_terminal:
            for problem in found:
                typer.echo(problem if title == "Problems" else f"{problem} (a remark)", err=True)
        elif found:
            table = Table("file", "line", "column", "what", title=title)
            for p in found:
                table.add_row(p.file, str(p.line or ""), p.column, p.reason)
            console.print(table)
