"""The handler submits a result, keeps it as a draft, or asks the resident first."""

from dataclasses import asdict
from functools import partial
from typing import Any

from aiogram import F, Router

from complaints.errors import NotFound, TooLate, WordsTooLong
from complaints.model.complaint import Complaint
from complaints.model.events import After, ClosingAnswered, ClosingKind, Finding
from complaints.model.people import File
from complaints.text.sanitizing import units
from complaints.usecases.company import resolution, transcripts
from complaints.usecases.statements import Said, require_result
from handlers.framework import heard_messages, questions
from handlers.framework.acts import on_buttons, on_words, records_tap
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import LONGEST, Context
from handlers.framework.states import Resolving
from handlers.resident import reasons
from storage.repositories import ledger
from views import confirmations as views
from views.company import prompts
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen

Kept = dict[str, Any]


async def ask(context: Context, tap: CaseTapped) -> None:
    """「提交办结」 or 「已当场解决」; a kept draft is shown again, unless the resident has said that it isn't done."""
    complaint = await context.tapped_case(tap)
    await transcripts.require_all(context.work, complaint)
    if await _is_refused(context, complaint):
        await _drop(context, complaint.id)
    kept = (await results(context)).get(str(complaint.id))
    if kept and tap.verb == "resolve":
        screen = await _check(context, complaint, kept)
        await questions.note(context, context.say(screen, about=complaint.id), screen)
        return
    await context.asks(Resolving.words, case=complaint.id, at_once=tap.verb in AT_ONCE)
    screen = prompts.result(context.t, await context.case_view(complaint), on_the_spot=tap.verb in AT_ONCE)
    context.say(screen, about=complaint.id)


async def _is_refused(context: Context, complaint: Complaint) -> bool:
    """Whether 「还没好」 was the answer to the draft that is kept."""
    kept = (await results(context)).get(str(complaint.id))
    if kept is None or not kept.get("asked") or complaint.closing_asked:
        return False
    course = await ledger.history(context.work, complaint.id)
    answers = [step.event for step in course if isinstance(step.event, ClosingAnswered)]
    return bool(answers) and not answers[-1].agrees


AT_ONCE = ("on_the_spot", "mend")


async def result(context: Context) -> None:
    """Words and files; more of them are added. 「已当场解决」 needs no second look."""
    about = await context.about()
    said = context.said()
    if about.get("at_once"):
        await _resolve(context, about["case"], said, ClosingKind.SOLVED)
        return
    kept: Kept = about.get("result") or {"text": "", "media": [], "closing": ClosingKind.SOLVED.value}
    text = "\n".join(part for part in (kept["text"], said.text) if part)
    grown = {**kept, "text": text, "media": [*kept["media"], *(asdict(f) for f in said.media)]}
    complaint = await context.case(about["case"])
    if units(text) > LONGEST:
        raise WordsTooLong(limit=LONGEST)
    require_result(complaint, said_in(grown))
    await questions.ask(context, await _check(context, complaint, grown), about=complaint.id)
    await heard_messages.note(context)


def said_in(kept: Kept) -> Said:
    return Said(text=kept["text"], media=tuple(File(**f) for f in kept["media"]))


async def results(context: Context) -> dict[str, Kept]:
    """The drafts of results, by case: what is begun for one case outlives a look at another."""
    return (await context.state.get_data()).get("results") or {}


async def change(context: Context, complaint_id: int, said: Said) -> None:
    """Other words or files in a draft; where it is being looked at, it is shown so."""
    kept = await results(context)
    changed = {**kept[str(complaint_id)], "text": said.text, "media": [asdict(f) for f in said.media]}
    await context.state.update_data(results={**kept, str(complaint_id): changed})
    about = (await context.state.get_data()).get("about") or {}
    if about.get("case") == complaint_id and await context.state.get_state() == Resolving.check.state:
        complaint = await context.case(complaint_id)
        await questions.ask(context, await _check(context, complaint, changed), about=complaint_id)


async def _drop(context: Context, complaint_id: int) -> None:
    kept = await results(context)
    await context.state.update_data(results={k: v for k, v in kept.items() if k != str(complaint_id)})


async def _check(context: Context, complaint: Complaint, kept: Kept) -> Screen:
    """The result once more before it goes out."""
    await context.asks(Resolving.check, case=complaint.id, result=kept)
    await context.state.update_data(results={**await results(context), str(complaint.id): kept})
    case_view = await context.case_view(complaint)
    return prompts.result_check(context.t, case_view, kept["text"], len(kept["media"]), kept["closing"], _finding(kept))


async def tapped(context: Context, tap: FormTapped) -> None:
    """What is to become of the result."""
    kept = (await results(context)).get(str(tap.case))
    if kept is None:
        raise TooLate if tap.case else NotFound
    said, complaint_id = said_in(kept), tap.case
    if tap.step == "submit_result":
        judged = (await context.case(complaint_id)).kind != "repair"
        await _resolve(context, complaint_id, said, ClosingKind(kept["closing"]), _finding(kept) if judged else None)
    elif tap.step in ("closing", "finding"):
        turned = {**kept, tap.step: tap.arg}
        context.show(await _check(context, await context.case(complaint_id), turned))
    elif tap.step == "result_back":
        await _drop(context, complaint_id)
        await context.asks(Resolving.words, case=complaint_id)
        context.show(prompts.result(context.t, await context.case_view(await context.case(complaint_id))))
    else:
        await _keep(context, complaint_id, kept, said, ask_first=tap.step == "ask_closing")


async def _keep(context: Context, complaint_id: int, kept: Kept, said: Said, *, ask_first: bool) -> None:
    """「保存」, or 「这样可以结案吗？」, which keeps it as well."""
    complaint = await context.case(complaint_id)
    if ask_first:
        complaint = await resolution.ask_closing(context.work, context.who, complaint_id, said)
    await context.over()
    kept = {**kept, "asked": ask_first}
    await context.state.update_data(results={**await results(context), str(complaint_id): kept})
    case_view = await context.case_view(complaint)
    context.show(views.closing_asked(context.t, case_view) if ask_first else prompts.kept(context.t, case_view))


async def forget(context: Context) -> None:
    """「取消」 under the last look at a result takes it back."""
    if await context.state.get_state() == Resolving.check.state:
        await _drop(context, (await context.about())["case"])


def _finding(kept: Kept) -> Finding:
    return Finding(kept.get("finding", Finding.TRUE))


async def _resolve(
    context: Context, complaint_id: int, said: Said, closing: ClosingKind, finding: Finding | None = None
) -> None:
    complaint = await resolution.resolve(context.work, context.who, complaint_id, said, closing, finding)
    await context.over()
    await _drop(context, complaint_id)
    context.show_about(views.resolved(context.t, await context.case_view(complaint)), complaint.id)


async def not_done(context: Context, tap: CaseTapped) -> None:
    """「还没好」; what is said next is what is missing."""
    await context.tapped_case(tap)
    complaint = await resolution.answer_closing(context.work, context.who, tap.case, agrees=False)
    await reasons.follow(context, complaint, After.NOT_DONE)
    await context.show_case(complaint, views.not_done)


def router() -> Router:
    made = Router(name="resolution")
    on_buttons(
        made,
        {
            "resolve": ask,
            "on_the_spot": ask,
            "mend": ask,
            "may_close": records_tap(
                partial(resolution.answer_closing, agrees=True), views.closing_answered, in_place=True
            ),
            "not_done": not_done,
        },
    )
    steps = {"submit_result", "keep_result", "ask_closing", "result_back"}
    made.callback_query.register(form_tap(tapped), FormTapped.filter(F.step.in_(steps)))
    kinds = (F.step == "closing") & F.arg.in_(set(ClosingKind))
    found = (F.step == "finding") & F.arg.in_(set(Finding))
    made.callback_query.register(form_tap(tapped), FormTapped.filter(kinds | found))
    on_words(made, {Resolving.words: result, Resolving.check: result})
    return made
