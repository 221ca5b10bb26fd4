"""The end of a filing: cases that look alike, the card as it will be seen, and the case itself."""

from complaints.model.complaint import Complaint
from complaints.usecases.resident import filing
from handlers.framework import questions
from handlers.framework.context import Context
from handlers.framework.states import Filing
from handlers.resident import drafts, file_on_behalf, further_problems
from handlers.resident.drafts import FilingDraft
from storage.repositories import places
from views.framework.screen import Screen
from views.resident import filing as views


async def _others(context: Context, form: FilingDraft) -> list[Complaint]:
    """Open cases of others like the draft; none for a registrar, who could try out by them whose number is in which."""
    home = context.person.home
    if home is None or context.registrar is not None:
        return []
    found = await filing.alike(context.work, home, form.matter)
    return [c for c in found if await context.household(c.id) is None]


async def look_alike(context: Context, form: FilingDraft) -> None:
    others = await _others(context, form)
    if not others:
        await summarise(context, form)
        return
    await drafts.keep(context, form)
    await context.state.set_state(Filing.alike)
    draft = await finished(context, form)
    if draft is not None:
        matter = context.work.rules.catalogue.get(form.matter)
        context.show(views.alike(context.t, others[0], matter, draft, phone=bool(context.person.phone)))


async def me_too(context: Context, form: FilingDraft, arg: str) -> None:
    """「我也遇到」: one more household of the same case."""
    draft = await finished(context, form)
    if draft is None:
        return
    if int(arg) not in {c.id for c in await _others(context, form)}:
        await summarise(context, form)  # a button of what was asked before: that case is about something else
        return
    await filing.join(context.work, context.who, int(arg), draft)
    await done(context, await further_problems.offered(context, form, views.joined(context.t)))


async def finished(context: Context, form: FilingDraft) -> filing.Draft | None:
    """The draft as it would be filed; None (and the way in) for somebody without a home or a matter."""
    if context.person.home is None or not form.matter:
        context.show(views.expired_form(context.t))
        return None
    return form.finished(context.person.home)


async def summarise(context: Context, form: FilingDraft) -> None:
    """The card as the manager will see it."""
    draft = await finished(context, form)
    if draft is None:
        return
    await drafts.keep(context, form)
    await context.state.set_state(Filing.summary)
    project = await places.project(context.work, draft.home.project)
    matter = context.work.rules.catalogue.get(draft.matter)
    name = project.name if project else "—"
    withheld = bool(form.where) and draft.contact == "anonymous"
    client = context.person if context.registrar else None
    screen = views.summary(
        context.t, draft, matter, name, phone=bool(context.person.phone), withheld=withheld, client=client
    )
    await questions.ask(context, screen)


async def submit(context: Context, form: FilingDraft, screen: Screen) -> None:
    """The case, and what else was said with it."""
    if await filed(context, form) is not None:
        await done(context, screen if form.danger else await further_problems.offered(context, form, screen))


async def filed(context: Context, form: FilingDraft) -> Complaint | None:
    """The case, once it is filed; None where it can't be."""
    draft = await finished(context, form)
    if draft is None:
        return None
    registrar = context.registrar.id if context.registrar else None
    await file_on_behalf.enter(context)
    complaint = await filing.file(context.work, context.who, draft, registrar)
    await file_on_behalf.registered(context, complaint)
    return complaint


async def done(context: Context, screen: Screen) -> None:
    await context.state.set_state(None)
    await drafts.keep(context, None)
    context.show(screen)
