"""Several problems in one message: once the first is filed, the others are offered, one after the other."""

from dataclasses import replace

from complaints.policy.catalogue import Matter
from handlers.framework.context import Context
from handlers.resident import drafts
from handlers.resident.drafts import FilingDraft
from views.framework.callbacks import FormTapped
from views.framework.screen import Screen
from views.resident import filing as views

KEPT = "further"  # the words and files in the dialogue's data, until nothing is left to offer


async def offered(context: Context, form: FilingDraft, screen: Screen) -> Screen:
    """The screen, with the next problem of the same words; only to whoever files for themselves."""
    filed = (*form.filed, form.matter)
    rest = _left(context, replace(form, filed=filed))
    if not rest or form.behalf is not None:
        await drafts.keep(context, None, KEPT)
        return screen
    await drafts.keep(context, FilingDraft(text=form.text, media=form.media, filed=filed), KEPT)
    return views.further(context.t, screen, rest[0])


async def begun(context: Context, matter: str) -> FilingDraft | None:
    """The draft of a problem that was offered; None where it is offered no more."""
    form = await drafts.load(context, KEPT)
    known = {one.id: one for one in _left(context, form)} if form else {}
    return form.about(known[matter]) if form and matter in known else None


async def enough(context: Context, tap: FormTapped) -> None:
    """「不用了」: the others were only mentioned."""
    await drafts.keep(context, None, KEPT)
    context.show(views.enough(context.t))


def _left(context: Context, form: FilingDraft) -> list[Matter]:
    return [one.matter for one in context.work.rules.catalogue.more(form.text, *form.filed)]
