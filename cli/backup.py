"""`mashang backup` and `mashang restore`: copies of the database, and putting one back."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import agreed, progress, reported_errors, settings_of_today

if TYPE_CHECKING:
    from datetime import datetime

    from storage.db.ledger_key import LedgerKey
    from storage.maintenance.audit import Verdict

Kept = Annotated[
    Path, typer.Argument(metavar="FILE", help="The backup; for `backup` also a folder, in which it is named by date.")
]


def backup(
    file: Kept,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a backup of that name.")] = False,
) -> None:
    """Copy the SQLite database while the bot runs, and check the copy; for PostgreSQL say how."""
    with reported_errors():
        from bot.clock import SystemClock
        from storage.db.locking import file_of
        from storage.maintenance.backup import content, named

        settings = settings_of_today()
        url, at = settings.database_url, SystemClock().now()
        file = named(file, at)
        source = file_of(url)
        if source is None:
            from storage.maintenance.pg_dump import ASKS, dumping

            typer.echo(f"{dumping(url, file)}\n# {ASKS}")
            return
        verdict = asyncio.run(_back_up(source, file, at, settings.ledger_key(), force=force))
        typer.echo(f"{file} holds {verdict.events} events in {verdict.chains} chains ({content(file)}).")
        if broken := _broken(verdict):
            typer.echo(f"{broken}: the copy is kept, and so are earlier ones", err=True)
            raise typer.Exit(1)


async def _back_up(source: Path, file: Path, at: "datetime", key: "LedgerKey", *, force: bool) -> "Verdict":
    from storage.maintenance.backup import back_up

    with progress("Copying") as told:

        def copied(there: int, every: int) -> None:
            told(completed=there, total=every)

        return await back_up(source, file, copied, at, key, force=force)


def restore(
    file: Kept,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Put a backup in the database's place and keep what stood there; stop the bot before. For PostgreSQL say how."""
    with reported_errors():
        from storage.db.locking import file_of, hold

        settings = settings_of_today()
        url = settings.database_url
        target = file_of(url)
        if target is None:
            from storage.maintenance.pg_dump import ASKS, restoring

            typer.echo(f"{restoring(url, file)}\n# {ASKS}; stop every replica first, then `mashang migrate`")
            return
        with hold(url, even_linked=True):  # a restore that was cut off leaves two names, and the next one mends that
            _restore(file, target, settings.ledger_key(), yes=yes)


def _restore(file: Path, target: Path, key: "LedgerKey", *, yes: bool) -> None:
    from bot.clock import SystemClock
    from storage.maintenance import heads
    from storage.maintenance.backup import content, examined, staged, take_place

    with staged(file, target) as fresh:
        head = heads.read(heads.beside(file)) if heads.beside(file).is_file() else None
        verdict, (before, after) = asyncio.run(examined(fresh, SystemClock().now(), key, head))
        brings = content(fresh)
        says = [broken] if (broken := _broken(verdict)) else []
        if target.exists() and target.stat().st_size:
            says.append(f"{target} ({content(target) or 'which nobody can read'}) makes room for {file} ({brings})")
        if says and not agreed("; ".join(says), "Restore it?", yes=yes):
            return
        aside = take_place(fresh, target, SystemClock().now())
    typer.echo(f"{target} is the backup now ({brings}), and every start of the bot goes on from there.")
    if before != after:
        typer.echo(f"It was made by an earlier version, and was brought from {before} to {after}.")
    if aside is not None:
        typer.echo(f"What stood there is kept as {aside}; remove it in time, for it holds personal data.")
    typer.echo(
        "What people said after the backup must be said again, what was sent to them may come once more, and what they "
        "have deleted since must be deleted again."
    )


def _broken(verdict: "Verdict") -> str:
    """The first finding; `mashang audit verify` has them all."""
    if not verdict.findings:
        return ""
    return f"the ledger doesn't hold ({len(verdict.findings)} findings, the first: {verdict.findings[0]})"
