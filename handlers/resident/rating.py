"""A household rates, and says why."""

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.events import Level
from complaints.usecases import rating
from handlers.framework.aiogram_adapters import case_tap, words
from handlers.framework.context import Talk
from handlers.framework.states import Following
from views import confirmations as views
from views.company import prompts
from views.framework import terms
from views.framework.callbacks import CaseTapped
from views.resident import notices

REASONS = {"unsolved", "false", "manner", "slow", "other"}


async def rate(talk: Talk, tap: CaseTapped) -> None:
    """One tap counts at once; 不满意 then asks why."""
    await talk.tapped_case(tap)
    level = Level(tap.arg)
    complaint = await rating.rate(talk.work, talk.who, tap.case, level)
    dossier = await talk.dossier(complaint)
    if level is Level.DISSATISFIED:
        talk.say(notices.why_dissatisfied(talk.t, dossier), about=complaint.id)  # a live card would paint it over
    else:
        talk.show(views.rated(talk.t, dossier, terms.level(talk.t, level)))


async def why(talk: Talk, tap: CaseTapped) -> None:
    complaint = await talk.case(tap.case)
    if tap.arg == "other":
        await talk.asks(Following.own_reason, case=complaint.id)
        talk.show(prompts.own_reason(talk.t, await talk.dossier(complaint)))
        return
    complaint = await rating.explain(talk.work, talk.who, tap.case, tap.arg)
    talk.show(views.explained(talk.t, await talk.dossier(complaint)))


async def own_reason(talk: Talk) -> None:
    about = await talk.about()
    complaint = await rating.explain(talk.work, talk.who, about["case"], "other", talk.said().text)
    await talk.over()
    talk.say(views.explained(talk.t, await talk.dossier(complaint)), about=complaint.id)


def router() -> Router:
    made = Router(name="rating")
    made.callback_query.register(case_tap(rate), CaseTapped.filter((F.verb == "rate") & F.arg.in_(set(Level))))
    made.callback_query.register(case_tap(why), CaseTapped.filter((F.verb == "why") & F.arg.in_(REASONS)))
    made.message.register(words(own_reason), StateFilter(Following.own_reason))
    return made
