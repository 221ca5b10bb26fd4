"""「转写」: whoever handles a case writes down what a resident has said in a voice message."""

from aiogram import F, Router

from complaints.errors import TooLate
from complaints.model.complaint import Complaint
from complaints.usecases.company import transcripts
from handlers.framework.acts import on_buttons, on_words
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from handlers.framework.states import Answering, Following
from views.company import transcripts as views
from views.framework.callbacks import NUMBER, CaseTapped, FormTapped


async def ask(context: Context, tap: CaseTapped) -> None:
    """The oldest voice message that nobody has written down, with what a program has heard in it."""
    await _next(context, await context.case(tap.case))


async def _next(context: Context, complaint: Complaint) -> None:
    waiting = await transcripts.waiting(context.work, complaint)
    if not waiting:
        raise TooLate(state=complaint.state)
    voice = waiting[0]
    await context.asks(Answering.transcript, case=complaint.id, voice=voice.id)
    draft = dict(complaint.transcript_drafts).get(voice.id)
    await context.say_case(complaint, views.ask, voice.id, len(waiting), draft)


async def written(context: Context) -> None:
    about = await context.about()
    complaint = await transcripts.transcribe(context.work, context.who, about["case"], about["voice"], context.said())
    await _done(context, complaint)


async def accepted(context: Context, tap: FormTapped) -> None:
    """「就是这样」."""
    complaint = await transcripts.accept_draft(context.work, context.who, tap.case, int(tap.arg))
    await _done(context, complaint)


async def _done(context: Context, complaint: Complaint) -> None:
    await context.over()
    left = len(await transcripts.waiting(context.work, complaint))
    await context.say_case(complaint, views.written, left)


async def ask_correction(context: Context, tap: CaseTapped) -> None:
    """「改」 of who has spoken."""
    complaint = await context.case(tap.case)
    if not tap.arg.isdecimal() or int(tap.arg) not in dict(complaint.transcripts):
        raise TooLate(state=complaint.state)
    await context.asks(Following.transcript, case=complaint.id, voice=int(tap.arg))
    await context.say_case(complaint, views.ask_correction)


async def corrected(context: Context) -> None:
    about = await context.about()
    complaint = await transcripts.correct(context.work, context.who, about["case"], about["voice"], context.said())
    await context.over()
    await context.say_case(complaint, views.corrected)


def router() -> Router:
    made = Router(name="transcripts")
    on_buttons(made, {"transcribe": ask, "correct": ask_correction})
    as_drafted = FormTapped.filter((F.step == "as_drafted") & F.arg.regexp(NUMBER))
    made.callback_query.register(form_tap(accepted), as_drafted)
    on_words(made, {Answering.transcript: written, Following.transcript: corrected})
    return made
