"""All commands of `mashang`; imports stand inside the commands, so that `--help` answers at once."""

import asyncio
import gc
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from cli.audit import audit
from cli.backup import backup, restore
from cli.calendar import calendar
from cli.catalogue import catalogue
from cli.deadline import deadline
from cli.output import leave_unread, reported_errors, settings_of_today, warn_of_strangers
from cli.pack import pack
from cli.registry import registry
from cli.to_postgresql import move

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Mashang (马上): complaints about housing communities, told at once and held to the legal clock.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(registry, name="registry")
app.add_typer(audit, name="audit")
app.add_typer(calendar, name="calendar")
app.add_typer(pack, name="pack")
app.add_typer(catalogue, name="catalogue")
app.command()(deadline)
app.command()(backup)
app.command()(restore)
app.command()(move)


def main() -> None:
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")  # where a console lacks a character, "?" stands for it
    os.umask(0o077)  # a database, its log and everything else that is written holds personal data: for its owner only
    try:
        app(prog_name="mashang")  # completion is installed for this name, however it was called
    finally:
        leave_unread()


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"mashang {version('mashang')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    pass


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    with reported_errors():
        from bot.settings import token_missing
        from complaints.policy.catalogue import load_catalogue
        from complaints.policy.pack import load_packs
        from storage.db.locking import assert_locks

        assert_locks()
        settings = settings_of_today()
        if settings.token is None:
            raise token_missing()
        load_packs(settings.packs)
        load_catalogue(settings.packs)
        _run(settings)


def _run(settings: "Settings") -> None:
    gc.disable()  # what the libraries make at import stays; looking through it meanwhile costs half a second
    from bot.app import run as working
    from bot.outcomes import WrongToken
    from bot.settings import bare

    gc.enable()

    try:
        asyncio.run(working(settings))
    except WrongToken:
        server = bare(settings.api_url)
        typer.echo(f"{server} doesn't take the token of MASHANG_TOKEN: copy it from BotFather", err=True)
        raise typer.Exit(2) from None


@app.command()
def demo(
    pack: Annotated[str, typer.Argument(metavar="[PACK]", help="Whose story: a policy pack's id.")] = "",
    story: Annotated[bool, typer.Option("--story", help="Print the story of a complaint, played by itself.")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="With --story: every scene, word for word.")] = False,
    host: Annotated[str, typer.Option(help="Where the page listens; 0.0.0.0 for a whole training room.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes any that is free.")] = 8800,
    english: Annotated[bool, typer.Option("--english", help="Begin with telephones in English.")] = False,
) -> None:
    """Try everything out on a page of this machine, without Telegram and with nothing configured."""
    with reported_errors():
        if story:
            sys.exit(_play_story(pack or "chengdu", whole=whole))
        if pack:
            raise typer.BadParameter("a pack has a story: mashang demo --story PACK", param_hint="PACK")
        from demo.page import PortTaken
        from demo.page import demo as show

        try:
            show(host, port, "en" if english else "zh")
        except PortTaken as taken:
            typer.echo(str(taken), err=True)
            raise typer.Exit(2) from None


def _play_story(pack: str, *, whole: bool) -> int:
    from demo.stories import STORIES
    from demo.story_runner import tell

    if pack not in STORIES:
        raise typer.BadParameter(f'"{pack}" has no story; there are {", ".join(STORIES)}', param_hint="PACK")
    return tell(pack, whole=whole)


@app.command()
def migrate() -> None:
    """Bring the database to the shape that this version works on; stop the bot before."""
    with reported_errors():
        from bot.clock import SystemClock
        from storage.db.locking import hold
        from storage.maintenance.sealing import migrate as bring

        settings = settings_of_today()
        with hold(settings.database_url):
            before, after = asyncio.run(bring(settings.database_url, settings.ledger_key(), SystemClock().now()))
    moved = f"is at {after} already" if before == after else f"went from {before or 'nothing'} to {after}"
    typer.echo(f"The database {moved}.")


@app.command()
def doctor() -> None:
    """Say what is missing to run for real, and what to do."""
    with reported_errors():
        warn_of_strangers()
        missing = asyncio.run(_examine())
    raise typer.Exit(1 if missing else 0)


async def _examine() -> bool:
    from bot.clock import SystemClock
    from cli.doctor import examine

    missing = False
    async for finding in examine(SystemClock().now()):
        typer.echo(str(finding))
        missing = missing or not finding.holds
    return missing


if __name__ == "__main__":
    main()
