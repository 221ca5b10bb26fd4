"""A resident puts a case together: say it, tap it, send it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.complaint import Complaint
from complaints.policy.catalogue import Kind
from complaints.text.address_parser import where_is
from complaints.text.sanitizing import one_line
from complaints.usecases import filing
from complaints.usecases.answers import Said
from handlers.framework.aiogram_adapters import form_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Filing
from handlers.resident import drafts, file_on_behalf
from handlers.resident.drafts import Sketch
from storage.repositories import places
from views.framework.callbacks import NUMBER, FormTapped
from views.framework.screen import Screen
from views.refusals import old_button
from views.resident import filing as views

WAYS = ("phone", "bot", "anonymous")


async def start(talk: Talk) -> None:
    """「反映问题」: a draft is offered again."""
    sketch = await drafts.load(talk)
    if sketch and (sketch.text or sketch.media):
        talk.say(views.draft_waiting(talk.t, sketch.text))
        return
    await anew(talk)


async def anew(talk: Talk) -> None:
    await drafts.keep(talk, None)
    await talk.state.set_state(Filing.words)
    talk.show(views.ask_words(talk.t))


async def begin(talk: Talk, said: Said) -> None:
    """Words, voice or photos that begin a case; kept even from somebody who hasn't joined yet."""
    await propose(talk, Sketch().with_words(said))


async def propose(talk: Talk, sketch: Sketch) -> None:
    """The three likeliest matters; with no text the six groups."""
    await drafts.keep(talk, sketch)
    await talk.state.set_state(Filing.matter)
    catalogue = talk.work.rules.catalogue
    dangerous = drafts.sounds_dangerous(talk, sketch)
    if not sketch.text:
        screen = views.choose_group(talk.t, catalogue, dangerous=True)
    else:
        screen = views.choose_matter(talk.t, catalogue.suggest(sketch.text), dangerous=dangerous)
    talk.show(views.album_grew(talk.t, screen, sketch.media) if sketch.media else screen)


async def first_words(talk: Talk) -> None:
    """The words that 「反映问题」 asked for, or more of them at any later step."""
    talk = await file_on_behalf.client(talk)
    sketch = await drafts.load(talk) or Sketch()
    state = await talk.state.get_state()
    said = talk.said()
    if state == Filing.new_words.state:
        await summarise(talk, replace(sketch, text=said.text or sketch.text, media=tuple(said.media) or sketch.media))
    elif state == Filing.new_place.state:
        building, _ = where_is(said.text, "")
        await summarise(talk, replace(sketch, building=building or sketch.building, where=one_line(said.text)[:60]))
    elif state == Filing.summary.state:
        await summarise(talk, sketch.with_words(said))
    else:
        await propose(talk, sketch.with_words(said))


# --- taps -------------------------------------------------------------------------------------------------------

Step = Callable[[Talk, Sketch, str], Awaitable[None]]


async def form_tapped(talk: Talk, tap: FormTapped) -> None:
    """A button of the form; one whose draft is gone says so."""
    talk = await file_on_behalf.client(talk)
    sketch = await drafts.load(talk)
    if sketch is None:
        if tap.step in ("anew", "resume"):
            await anew(talk)
        else:
            talk.show(views.expired_form(talk.t))
        return
    await STEPS[tap.step](talk, sketch, tap.arg)


async def _resume(talk: Talk, sketch: Sketch, arg: str) -> None:
    if not sketch.matter:
        await propose(talk, sketch)
    else:
        await after_matter(talk, sketch)


async def _anew(talk: Talk, sketch: Sketch, arg: str) -> None:
    await anew(talk)


async def _groups(talk: Talk, sketch: Sketch, arg: str) -> None:
    await talk.state.set_state(Filing.matter)
    talk.show(views.choose_group(talk.t, talk.work.rules.catalogue))


async def _group(talk: Talk, sketch: Sketch, arg: str) -> None:
    catalogue = talk.work.rules.catalogue
    group = next((g for g in catalogue.groups if g.id == arg), catalogue.groups[0])
    talk.show(views.choose_in_group(talk.t, group, catalogue.of_group(group.id)))


async def _matter(talk: Talk, sketch: Sketch, arg: str) -> None:
    if arg not in {matter.id for matter in talk.work.rules.catalogue.matters}:
        talk.say(old_button(talk.t))  # a matter that the catalogue has no more
        return
    await after_matter(talk, sketch.about(talk.work.rules.catalogue.get(arg)))


async def after_matter(talk: Talk, sketch: Sketch) -> None:
    """Danger, where matter or words suggest it; else what is alike."""
    if sketch.danger is None and drafts.must_ask_danger(talk, sketch):
        await drafts.keep(talk, sketch)
        await talk.state.set_state(Filing.danger)
        talk.show(views.ask_danger(talk.t))
        return
    await _look_alike(talk, sketch)


async def _danger(talk: Talk, sketch: Sketch, arg: str) -> None:
    """「有危险」 sends the case at once, even from an unfinished draft; the numbers to call come first."""
    if arg == "no":
        await _look_alike(talk, replace(sketch, danger=False))
        return
    if not sketch.matter:
        sketch = sketch.about(talk.work.rules.catalogue.suggest(sketch.text)[0])
    if talk.person.home is None:
        await drafts.keep(talk, sketch)
        talk.show(views.danger_numbers(talk.t, None, None))
        return
    project = await places.project(talk.work, talk.person.home.project)
    district = await places.district(talk.work, project.district) if project else None
    await _file(talk, replace(sketch, danger=True), views.danger_numbers(talk.t, project, district))


async def _others(talk: Talk, sketch: Sketch) -> list[Complaint]:
    """Open cases of others like the draft; none for a registrar, who could try out by them whose number is in which."""
    home = talk.person.home
    if home is None or talk.registrar is not None:
        return []
    found = await filing.alike(talk.work, home, sketch.matter)
    return [c for c in found if await talk.household(c.id) is None]


async def _look_alike(talk: Talk, sketch: Sketch) -> None:
    others = await _others(talk, sketch)
    if not others:
        await summarise(talk, sketch)
        return
    await drafts.keep(talk, sketch)
    await talk.state.set_state(Filing.alike)
    draft = await finished(talk, sketch)
    if draft is not None:
        matter = talk.work.rules.catalogue.get(sketch.matter)
        talk.show(views.alike(talk.t, others[0], matter, draft, phone=bool(talk.person.phone)))


async def _me_too(talk: Talk, sketch: Sketch, arg: str) -> None:
    """「我也遇到」: one more household of the same case."""
    draft = await finished(talk, sketch)
    if draft is None:
        return
    if int(arg) not in {c.id for c in await _others(talk, sketch)}:
        await summarise(talk, sketch)  # a button of what was asked before: that case is about something else
        return
    await filing.join(talk.work, talk.who, int(arg), reachable(talk, draft))
    await _done(talk, views.joined(talk.t))


async def _different(talk: Talk, sketch: Sketch, arg: str) -> None:
    await summarise(talk, sketch)


async def finished(talk: Talk, sketch: Sketch) -> filing.Draft | None:
    """The draft as it would be filed; None (and the way in) for somebody without a home or a matter."""
    if talk.person.home is None or not sketch.matter:
        talk.show(views.expired_form(talk.t))
        return None
    return sketch.finished(talk.person.home, phone=bool(talk.person.phone))


async def summarise(talk: Talk, sketch: Sketch) -> None:
    """The card as the manager will see it."""
    draft = await finished(talk, sketch)
    if draft is None:
        return
    await drafts.keep(talk, sketch)
    await talk.state.set_state(Filing.summary)
    project = await places.project(talk.work, draft.home.project)
    matter = talk.work.rules.catalogue.get(draft.matter)
    name = project.name if project else "—"
    withheld = bool(sketch.where) and draft.contact == "anonymous"
    talk.show(views.summary(talk.t, draft, matter, name, phone=bool(talk.person.phone), withheld=withheld))


async def _submit(talk: Talk, sketch: Sketch, arg: str) -> None:
    await _file(talk, sketch, views.submitted(talk.t))


async def _file(talk: Talk, sketch: Sketch, screen: Screen) -> None:
    draft = await finished(talk, sketch)
    if draft is None:
        return
    registrar = talk.registrar.id if talk.registrar else None
    await file_on_behalf.enter(talk)
    complaint = await filing.file(talk.work, talk.who, reachable(talk, draft), registrar)
    await file_on_behalf.registered(talk, complaint)
    await _done(talk, screen)


def reachable(talk: Talk, draft: filing.Draft) -> filing.Draft:
    """Nobody can be called whose number isn't known."""
    return replace(draft, contact="bot") if draft.contact == "phone" and not talk.person.phone else draft


async def _done(talk: Talk, screen: Screen) -> None:
    await talk.state.set_state(None)
    await drafts.keep(talk, None)
    talk.show(screen)


async def _change(talk: Talk, sketch: Sketch, arg: str) -> None:
    talk.show(views.change_what(talk.t))


async def _change_words(talk: Talk, sketch: Sketch, arg: str) -> None:
    await talk.state.set_state(Filing.new_words)
    talk.show(views.ask_new_words(talk.t))


async def _change_place(talk: Talk, sketch: Sketch, arg: str) -> None:
    await talk.state.set_state(Filing.new_place)
    talk.show(views.ask_new_place(talk.t))


async def _contact(talk: Talk, sketch: Sketch, arg: str) -> None:
    """How to be reached; the choice that stands already would change nothing on the screen."""
    if arg not in WAYS or arg == sketch.way(phone=bool(talk.person.phone)):
        return
    joins = await talk.state.get_state() == Filing.alike.state
    await (_look_alike if joins else summarise)(talk, replace(sketch, contact=arg))


async def _kind(talk: Talk, sketch: Sketch, arg: str) -> None:
    await summarise(talk, replace(sketch, kind=Kind(arg).value if arg in set(Kind) else sketch.kind))


async def _back(talk: Talk, sketch: Sketch, arg: str) -> None:
    if arg == "groups":
        await _groups(talk, sketch, "")
    elif arg == "summary":
        await summarise(talk, sketch)
    else:
        await propose(talk, replace(sketch, matter="", danger=None))


STEPS: dict[str, Step] = {
    "resume": _resume,
    "anew": _anew,
    "groups": _groups,
    "group": _group,
    "matter": _matter,
    "danger": _danger,
    "me_too": _me_too,
    "different": _different,
    "submit": _submit,
    "change": _change,
    "change_words": _change_words,
    "change_place": _change_place,
    "contact": _contact,
    "kind": _kind,
    "back": _back,
}


def router() -> Router:
    """Words and taps of the form."""
    made = Router(name="filing")
    plain = set(STEPS) - {"me_too"}
    made.callback_query.register(form_tap(form_tapped), FormTapped.filter(F.step.in_(plain)))
    made.callback_query.register(form_tap(form_tapped), FormTapped.filter((F.step == "me_too") & F.arg.regexp(NUMBER)))
    made.message.register(words(first_words), StateFilter(*Filing.__all_states__))
    return made
