"""`mashang audit`: what the ledger proves, and sealing it as it stands."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import agreed, reported_errors, settings_of_today

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings
    from storage.maintenance.audit import Verdict
    from storage.maintenance.heads import Head

MOST = 50  # findings that are told one by one
audit = typer.Typer(help="The ledger of everything that happened.", no_args_is_help=True)


@audit.command()
def verify(
    head: Annotated[
        list[Path] | None,
        typer.Option(help="A head that was kept elsewhere: a file beside a backup, or a message saved. Repeatable."),
    ] = None,
) -> None:
    """Check every event, what it refers to, and that nothing is missing."""
    with reported_errors():
        from storage.maintenance.heads import read

        kept = sorted((read(file) for file in head or []), key=lambda one: one.events)
        verdict = asyncio.run(_verify(settings_of_today(), kept))
        _tell(verdict, kept)
    raise typer.Exit(1 if verdict.findings else 0)


async def _verify(settings: "Settings", kept: "list[Head]") -> "Verdict":
    from storage.db.migrating import readied
    from storage.maintenance.audit import verify as checked

    async with readied(settings.database_url) as engine:
        return await checked(engine, settings.ledger_key(), kept)


def _tell(verdict: "Verdict", kept: "list[Head]") -> None:
    for finding in verdict.findings[:MOST]:
        typer.echo(f"{finding[0].upper()}{finding[1:]}.", err=True)
    if len(verdict.findings) > MOST:
        typer.echo(f"And {len(verdict.findings) - MOST} more.", err=True)
    outcome = f"{len(verdict.findings)} findings" if verdict.findings else "everything holds"
    against = f" and {len(kept)} heads" if kept else ""
    typer.echo(f"{verdict.events} events in {verdict.chains} chains{against} checked: {outcome}.")
    if kept and not verdict.findings:
        typer.echo(f"Until {kept[-1].when} nobody has changed anything, whoever knows the secret: the head proves it.")
    for remark in verdict.remarks:
        typer.echo(f"{remark[0].upper()}{remark[1:]}.")


@audit.command()
def seal(yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False) -> None:
    """Take the ledger as it stands, under today's MASHANG_SECRET; stop the bot before. The ledger says so for ever."""
    with reported_errors():
        from bot.clock import SystemClock
        from storage.db.locking import hold

        settings = settings_of_today()
        with hold(settings.database_url):
            verdict = asyncio.run(_verify(settings, []))
            _tell(verdict, [])
            says = f"{verdict.events} events are taken as they stand, and nothing is proven of what was before"
            if agreed(says, "Seal them?", yes=yes):
                asyncio.run(_seal(settings, SystemClock().now()))
                typer.echo("Sealed.")


async def _seal(settings: "Settings", at: "datetime") -> None:
    from storage.db.migrating import transaction
    from storage.maintenance.sealing import seal as sealed

    async with transaction(settings.database_url) as connection:
        await sealed(connection, settings.ledger_key(), at)
