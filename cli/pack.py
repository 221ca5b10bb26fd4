"""`mashang pack`: checks a policy pack and shows its stages."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import reported_errors, settings_of_today

if TYPE_CHECKING:
    from complaints.policy.clauses import Clause
    from complaints.policy.pack import Pack
    from complaints.policy.pack_schema import Expiry, Nudge, Stage, Trigger

pack = typer.Typer(help="The policy packs: which promises bind a district.", no_args_is_help=True)
COLUMNS = ("stage", "owner", "starts", "met by", "period", "nudges", "expiry", "clause")


@pack.command()
def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="A pack, like complaints/packs/*.toml.")]) -> None:
    """Say what is wrong with a pack, in one sentence."""
    with reported_errors():
        from complaints.policy.pack import CATALOGUE, PackError, read_pack

        if file.name == CATALOGUE:
            raise PackError(f"{CATALOGUE}: is the catalogue's name; call a pack otherwise")
        found = read_pack(file)
    typer.echo(f"All is well: {found.id}, {found.document.zh}, {len(found.stages)} stages.")


@pack.command(name="show")
def shown(
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="The pack's id, like chengdu.")],
    quotes: Annotated[bool, typer.Option("--quotes", help="The document's own sentences, clause by clause.")] = False,
) -> None:
    """Show every promise of a pack: who owes it, from when until when, and what happens otherwise."""
    with reported_errors():
        from complaints.policy.pack import PackError, load_packs

        packs = load_packs(settings_of_today().packs)
        if pack_id not in packs:
            raise PackError(f'there is no policy pack "{pack_id}"; there are {", ".join(sorted(packs))}')
    if quotes:
        _print_quotes(packs[pack_id])
    else:
        _print(packs[pack_id])


def _print_quotes(found: "Pack") -> None:
    """Entry by entry: what is the document's, in its words, and what is ours."""
    for entry, clause in found.clauses:
        typer.echo(f"{entry}\t{clause.written}{_manner(clause)}")
        for sentence in clause.quotes:
            typer.echo(f"\t「{sentence}」")
    for listed in (*found.patterns, *found.rates, *found.lists, *found.follow_ups):
        if listed.ours:
            typer.echo(f"{listed.id}\tours: {', '.join(listed.ours)}")


def _manner(clause: "Clause") -> str:
    """How far the document binds here."""
    said = (
        "followed by analogy" if clause.analogous else "",
        f"softened: {clause.softened}" if clause.softened else "",
        f"counted following {clause.beside}" if clause.beside else "",
        "" if clause.holds == "always" else f"holds: {clause.holds.value}",
    )
    return "".join(f"; {one}" for one in said if one)


def _print(found: "Pack") -> None:
    """A table on a terminal; elsewhere lines whose values are parted by tabs."""
    from rich.console import Console
    from rich.table import Table

    spans = ", ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in found.working_time)
    title = f"{found.id} · {found.name.zh} · {found.document.zh} · {spans} {found.timezone}"
    rows = [_row(stage) for stage in found.stages]
    console = Console()
    if not console.is_terminal:
        for line in ([title], COLUMNS, *rows):
            typer.echo("\t".join(line))
        return
    table = Table(*COLUMNS, title=title, show_lines=True)
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)


def _row(stage: "Stage") -> Sequence[str]:
    return (
        f"{stage.id} ({stage.name.zh})",
        stage.owner,
        "; ".join(map(_trigger, stage.starts)),
        "; ".join(map(_trigger, stage.met_by)),
        _period(stage),
        "; ".join(map(_nudge, stage.nudges)) or "–",
        "; ".join(map(_expiry, stage.expiries)),
        stage.clause.written,
    )


def _trigger(trigger: "Trigger") -> str:
    said = ", ".join(_fact(key, value) for key, value in trigger.where.items())
    return f"{trigger.event} ({said})" if said else trigger.event


def _fact(key: str, value: object) -> str:
    """danger, not classified, respond."""
    return f"{'' if value else 'not '}{key}" if isinstance(value, bool) else str(value)


def _period(stage: "Stage") -> str:
    from complaints.time.periods import Windows

    if isinstance(stage.period, Windows):
        length = f"{stage.period.working} if begun in working time, else {stage.period.off}"
    elif stage.default is not None:
        length = f"as {stage.period}, else {stage.default}"
    else:
        length = f"as {stage.period}" if isinstance(stage.period, str) else str(stage.period)
    return f"{length}; late starts from the time that {stage.anchor} was due" if stage.anchor else length


def _nudge(nudge: "Nudge") -> str:
    when = f"after {nudge.after}" if nudge.at is None else f"{nudge.at:.0%}"
    return f"{when}: {', '.join(nudge.tell)}"


def _expiry(expiry: "Expiry") -> str:
    return "; ".join(_consequences(expiry))


def _consequences(expiry: "Expiry") -> Iterator[str]:
    told = ", ".join(expiry.tell)
    if told:
        yield f"after {expiry.after}: {told}" if expiry.after else told
    if expiry.again:
        yield f"the second time also {', '.join(expiry.again)}"
    if expiry.handler:
        yield f"the {expiry.handler} handles it"
    if expiry.closes:
        yield "the case closes"
