"""`mashang move`: carries a deployment from SQLite to PostgreSQL."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import agreed, progress, reported_errors, settings_of_today

if TYPE_CHECKING:
    from storage.db.ledger_key import LedgerKey
    from storage.maintenance.to_postgresql import Moved


def move(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The SQLite file that the bot has worked on.")],
    address: Annotated[
        str,
        typer.Argument(
            metavar="[ADDRESS]",
            help="postgresql://USER:PASSWORD@HOST/NAME, an empty database; without it that of MASHANG_DATABASE_URL.",
        ),
    ] = "",
    back: Annotated[bool, typer.Option("--back", help="Let the bot work on the file again, as it was then.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Carry everything from SQLite to PostgreSQL, counted and verified, or nothing; stop the bot before."""
    with reported_errors():
        if back:
            _go_back(file, yes=yes)
            return
        settings = settings_of_today()
        address = _meant(address or settings.database_url)
        moved = asyncio.run(_move(file, address, settings.ledger_key()))
        from storage.maintenance.to_postgresql import shown

        typer.echo(
            f"Moved {moved.rows} rows. All were counted, and every link of the ledger holds there as here: "
            f"{moved.verdict.events} events in {moved.verdict.chains} chains.\n"
            f"Now set MASHANG_DATABASE_URL={shown(address)} (with the password, if it has one) and start the bot. "
            f"{file} stays as it is, and no bot starts on it any more."
        )


def _meant(address: str) -> str:
    """The address with our driver."""
    from bot.settings import DRIVERS
    from storage.maintenance.to_postgresql import NotMoved

    scheme, mark, rest = address.partition("://")
    if DRIVERS.get(scheme) != DRIVERS["postgresql"] or not rest:
        raise NotMoved("say where to: mashang move FILE postgresql://USER:PASSWORD@HOST/NAME")
    return f"{DRIVERS[scheme]}{mark}{rest}"


async def _move(file: Path, address: str, key: "LedgerKey") -> "Moved":
    from bot.clock import SystemClock
    from storage.maintenance.to_postgresql import move as carry

    with progress("Moving") as told:

        def carried(there: int, every: int) -> None:
            told(completed=there, total=every)

        return await carry(file, address, SystemClock().now(), carried, key)


def _go_back(file: Path, *, yes: bool) -> None:
    from storage.maintenance.to_postgresql import go_back

    says = "What was said and done on PostgreSQL since the move stays there, and the bot there must not run any more"
    if agreed(says, "Go back to the file?", yes=yes):
        place = go_back(file)
        typer.echo(f"The bot may work on {file} again. What was moved to {place} stays there.")
