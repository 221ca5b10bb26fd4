"""`mashang catalogue`: what a sentence would be taken for, and what was corrected."""

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import reported_errors, settings_of_today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from complaints.policy.catalogue import Catalogue, Likely
    from storage.queries.corrections import Correction

catalogue = typer.Typer(help="The catalogue of matters: what is found in people's words.", no_args_is_help=True)


@catalogue.command()
def suggest(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="What a resident says.")] = "",
    lines: Annotated[
        str, typer.Option("--json", metavar="-", help="Read a sentence a line, and write a JSON object a line.")
    ] = "",
) -> None:
    """Say which matters a sentence would be offered, how sure that is, and by which pieces of it."""
    with reported_errors():
        if lines not in ("", "-") or bool(text) == bool(lines):
            raise typer.BadParameter("name a sentence, or --json - for sentences from the standard input")
        from complaints.policy.catalogue import load_catalogue

        known = load_catalogue(settings_of_today().packs)
        if text:
            _print(known, text)
            return
        for line in sys.stdin:
            typer.echo(json.dumps(_facts(known, line.rstrip("\n")), ensure_ascii=False))


@catalogue.command()
def review() -> None:
    """List what handlers and offices have corrected, for the next training: matter, what it was, and the words."""
    with reported_errors():
        from complaints.policy.catalogue import load_catalogue

        settings = settings_of_today()
        known = load_catalogue(settings.packs)
        found = [one for one in asyncio.run(_corrections(settings.database_url)) if _differs(known, one)]
    for one in found:
        typer.echo(f"{one.matter or one.department}\t{one.filed}\t{one.words}")
    if not found:
        typer.echo("Nothing was corrected.")


async def _corrections(database: str) -> "Sequence[Correction]":
    from storage.db.migrating import readied
    from storage.queries.corrections import corrections

    async with readied(database) as engine, engine.connect() as connection:
        return await corrections(connection)


def _differs(known: "Catalogue", one: "Correction") -> bool:
    """A referral to the department whose matter it is anyway corrects nothing."""
    filed = {matter.id: matter.department.value for matter in known.matters}.get(one.filed)
    return bool(one.matter) or one.department != filed


def _print(known: "Catalogue", text: str) -> None:
    for one in known.likely(text):
        named = f"{one.matter.label.zh} ({one.matter.id}, {known.departments[one.matter.department].zh})"
        typer.echo(f"{one.score:.2f}  {named}: {'、'.join(one.because)}")
    if not known.likely(text):
        typer.echo("Nothing is likely: the shelves are shown.")
    for one in known.more(text, _first(known, text)):
        typer.echo(f"{one.score:.2f}  besides {one.matter.label.zh} ({one.matter.id}): {'、'.join(one.because)}")
    typer.echo("Danger is asked about." if known.dangerous(text) else "Danger isn't asked about.")


def _facts(known: "Catalogue", text: str) -> dict[str, Any]:
    return {
        "danger": "ask" if known.dangerous(text) else "no",
        "matters": [_matter(one) for one in known.likely(text)],
        "more": [_matter(one) for one in known.more(text, _first(known, text))],
    }


def _matter(one: "Likely") -> dict[str, Any]:
    return {
        "matter": one.matter.id,
        "label": one.matter.label.zh,
        "kind": one.matter.kind.value,
        "department": one.matter.department.value,
        "co": [department.value for department in one.matter.co],
        "score": round(one.score, 3),
    }


def _first(known: "Catalogue", text: str) -> str:
    return next((matter.id for matter in known.suggest(text, 1)), "")
