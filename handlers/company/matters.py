"""「改事项」: whoever handles a case says which matter it is."""

from aiogram import F, Router

from complaints.usecases.company import matters
from handlers.framework.acts import on_buttons
from handlers.framework.aiogram_adapters import form_tap
from handlers.framework.context import Context
from views import confirmations
from views.company import matters as views
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.shelves import opened


async def ask(context: Context, tap: CaseTapped) -> None:
    complaint = await context.case(tap.case)
    case_view = await context.case_view(complaint)
    catalogue = context.work.rules.catalogue
    likely = [m for m in catalogue.suggest(case_view.said(complaint.words)) if m.id != complaint.matter]
    context.say(views.ask(context.t, case_view, catalogue, likely), about=complaint.id)


async def shelf(context: Context, tap: FormTapped) -> None:
    complaint = await context.case(tap.case)
    catalogue = context.work.rules.catalogue
    if not tap.arg:
        context.show(views.ask(context.t, await context.case_view(complaint), catalogue, ()))
        return
    group, page = opened(catalogue, tap.arg)
    context.show(views.ask_in_group(context.t, complaint.id, group, catalogue.of_group(group.id), page))


async def correct(context: Context, tap: FormTapped) -> None:
    complaint = await matters.correct(context.work, context.who, tap.case, tap.arg)
    await context.show_case(complaint, confirmations.matter_corrected)


def router() -> Router:
    made = Router(name="matters")
    on_buttons(made, {"correct_matter": ask})
    made.callback_query.register(form_tap(shelf), FormTapped.filter(F.step == "matter_shelf"))
    made.callback_query.register(form_tap(correct), FormTapped.filter(F.step == "matter_is"))
    return made
