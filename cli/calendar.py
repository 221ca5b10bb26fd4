"""`mashang calendar`: loads working days from a notice that is newer than this version."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import reported_errors, settings_of_today, show

if TYPE_CHECKING:
    from storage.registry.calendar import Day

calendar = typer.Typer(help="The working days of the country.", no_args_is_help=True)


@calendar.callback()
def _gathered() -> None:
    """The working days of the country."""


@calendar.command()
def load(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A CSV file with the columns date, kind (holiday or workday, 休 or 班) and source."
        ),
    ],
) -> None:
    """Load a notice of working days: all of it, or nothing where anything is wrong."""
    with reported_errors():
        from storage.registry.calendar import read

        settings = settings_of_today()
        reading = read(file)
        if reading.problems:
            show(reading.problems)
            typer.echo(f"Nothing was loaded; problems: {len(reading.problems)}.", err=True)
            raise typer.Exit(1)
        lacking = asyncio.run(_load(settings.database_url, reading.days))
    sources = "、".join(dict.fromkeys(day.source for day in reading.days))
    typer.echo(f"Loaded {len(reading.days)} days of {sources}.")
    for year, days in lacking.items():
        typer.echo(_completeness(year, days))
    typer.echo("A running bot counts its provisional deadlines anew within a minute, any other when it starts.")


def _completeness(year: int, lacking: list[str]) -> str:
    if not lacking:
        return f"{year} is announced: none of its days is provisional."
    named = ", ".join(lacking)
    return f"{year} is not announced whole: what it says of {named} is missing, and its other days stay provisional."


async def _load(url: str, days: tuple["Day", ...]) -> dict[int, list[str]]:
    """The years of the file, each with the statutory holidays that no loaded document speaks of yet."""
    from bot.clock import SystemClock
    from complaints.time.workdays import Workdays, unannounced
    from storage.db.migrating import readied
    from storage.registry import calendar as calendars

    async with readied(url) as engine:
        await calendars.load(engine, days, SystemClock().now())
        found = await calendars.newer(engine, None)
    overlay = found[1].overlay if found else {}
    years = sorted({day.date.year for day in days})
    open_years = [year for year in years if Workdays().lacks(year)]
    return {year: [str(day) for day in unannounced(overlay, year)] for year in open_years}
