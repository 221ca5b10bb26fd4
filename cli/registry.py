"""`mashang registry`: checks, compares and loads a registry from a folder of CSV files or one workbook."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import progress, reported_errors, settings_of_today, show, terminal

if TYPE_CHECKING:
    from bot.settings import Settings
    from complaints.registry_schema import Registry
    from storage.registry import Preview
    from storage.registry.loader import Loaded

registry = typer.Typer(help="The districts, companies, projects, people in charge and offices.", no_args_is_help=True)
Source = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        exists=True,
        help="A folder with districts.csv, companies.csv, projects.csv, people.csv and offices.csv, or one .xlsx.",
    ),
]


@registry.command()
def load(
    path: Source,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask where most appointments would end.")] = False,
) -> None:
    """Put a registry in force: all of it, or nothing where anything is wrong."""
    with reported_errors():
        settings = settings_of_today()
        sound = _sound(path, settings)
        loaded = asyncio.run(_load(settings, sound, dry_run=dry_run, yes=yes))
    if loaded is None:
        typer.echo("Nothing was changed.")
        return
    typer.echo(
        f"Loaded {loaded.districts} districts, {loaded.companies} companies, {loaded.projects} projects and "
        f"{loaded.appointments} appointments, {loaded.offices} offices; {loaded.ended} earlier appointments ended."
    )


@registry.command()
def check(path: Source) -> None:
    """Say everything that is wrong with a registry, and change nothing."""
    with reported_errors():
        sound = _sound(path, settings_of_today())
    typer.echo(
        f"All is well: {len(sound.districts)} districts, {len(sound.companies)} companies, "
        f"{len(sound.projects)} projects, {len(sound.appointments)} appointments, {len(sound.offices)} offices."
    )


@registry.command()
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The workbook to write, an .xlsx.")],
    language: Annotated[str, typer.Option(help="Of the notes in it: zh or en.")] = "zh",
) -> None:
    """Write an empty workbook: a sheet a file, notes, drop-downs, and a sample line that is never loaded."""
    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter("should end in .xlsx", param_hint="FILE")
    if language not in ("zh", "en"):
        raise typer.BadParameter("should be zh or en", param_hint="--language")
    if file.exists():
        raise typer.BadParameter(f"{file.name} is there already: name another file, or remove it", param_hint="FILE")
    with reported_errors():
        from complaints.policy.catalogue import load_catalogue
        from complaints.policy.pack import load_packs
        from views.documents.registry_template import template as drawn
        from views.framework.translator import translator

        t, packs = translator(language), settings_of_today().packs
        departments = {code.value: t.of(label) for code, label in load_catalogue(packs).departments.items()}
        content = drawn(t, sorted(load_packs(packs)), departments)
    try:
        file.write_bytes(content)
    except OSError as error:
        typer.echo(f"{file.name} can't be written: {(error.strerror or 'unknown').lower()}", err=True)
        raise typer.Exit(2) from None
    typer.echo(
        f"Wrote {file.name}: fill it in, then see what it says with `mashang registry load {file.name} --dry-run`."
    )


def _sound(path: Path, settings: "Settings") -> "Registry":
    from complaints.policy.pack import load_packs
    from storage.registry import read

    reading = read(path, load_packs(settings.packs))
    show(reading.problems, reading.remarks)
    if reading.registry is None:
        typer.echo(f"Nothing was loaded; problems: {len(reading.problems)}.", err=True)
        raise typer.Exit(1)
    return reading.registry


def _tell(shown: "Preview", *, every: bool) -> None:
    """The counts of each sheet, and where it is asked for each entry that changes or ends."""
    for sheet, tally in shown.tallies.items():
        counts = f"{tally.new} new, {tally.changed} changed, {tally.same} the same, {tally.ended} ended"
        typer.echo(f"{sheet}: {counts}" + (f", {tally.kept} not named any more and kept" if tally.kept else ""))
    if shown.moving.cases:
        typer.echo(f"open cases that go to the next in line: {shown.moving.cases}")
    for change in shown.changes if every else ():
        typer.echo(f"  {change}")


def _sure(shown: "Preview") -> bool:
    """Where more than half of all appointments would end, somebody has to mean it."""
    if not shown.moving.most:
        return True
    says = f"This would end {shown.moving.ending} of {shown.moving.in_force} appointments in force"
    if terminal():
        return typer.confirm(f"{says}. Load it all the same?")
    typer.echo(f"{says}: see what they are with --dry-run, and if it is meant, load with --yes.", err=True)
    raise typer.Exit(2)


async def _load(settings: "Settings", sound: "Registry", *, dry_run: bool, yes: bool) -> "Loaded | None":
    """Say what changes, then change it, unless it is a dry run."""
    from bot.clock import SystemClock
    from storage import registry as store
    from storage.db.migrating import readied, stands

    now = SystemClock().now()
    if dry_run and not stands(settings.database_url):
        _tell(await store.preview(None, sound, now), every=True)
        return None
    async with readied(settings.database_url) as engine:
        shown = await store.preview(engine, sound, now)
        _tell(shown, every=dry_run)
        if dry_run or not (yes or _sure(shown)):
            return None
        with progress("Loading the registry", store.size(sound)) as told:
            return await store.load(engine, sound, now, lambda lines: told(advance=lines))
