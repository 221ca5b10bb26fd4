"""The router: all handlers in the order in which they are asked, read from top to bottom."""

from aiogram import Dispatcher, F, Router

from handlers import duties, edits, fallback, menu, unknown_commands
from handlers.company import answers, assignment, contacts, date_agreement, matters, resolution, transcripts
from handlers.framework import (
    command_menu,
    contact_request,
    open_questions,
    second_taps,
    service_messages,
    tap_authorization,
)
from handlers.framework.filters import Where
from handlers.officer import (
    case_search,
    group_binding,
    invitations,
    lists_and_figures,
    orders,
    referrals,
    sign_off,
    supervision,
    unreachable_staff,
)
from handlers.resident import (
    danger_words,
    file_on_behalf,
    filing,
    homes,
    privacy,
    rating,
    reasons,
    sign_up,
    small_talk,
    tracking,
    unsaid_matter,
)

CASE_ROUTERS = (
    tracking, unsaid_matter, answers, matters, date_agreement, contacts, referrals, resolution, rating, reasons,
    small_talk, assignment, sign_off, orders, supervision, transcripts,
)  # fmt: skip


def dispatcher() -> Dispatcher:
    """aiogram's own FSM is off: the worker hands the state over, on the update's unit of work."""
    made = Dispatcher(disable_fsm=True)
    made.callback_query.outer_middleware(second_taps.passed_over)  # before anybody judges the press
    made.my_chat_member.register(group_binding.membership_changed)
    made.include_routers(_groups(), _private())
    return made


def _groups() -> Router:
    group = Router(name="group chats")
    group.message.filter(Where(F.chat.type.in_({"group", "supergroup"})))
    group.message.outer_middleware(tap_authorization.as_oneself)
    group.callback_query.filter(Where(F.message.chat.type.in_({"group", "supergroup"})))
    group.callback_query.outer_middleware(tap_authorization.judged)
    group.include_routers(
        group_binding.group_router(),
        lists_and_figures.group_router(),
        sign_off.group_router(),
        orders.router(),
        supervision.router(),
    )
    return group


def _private() -> Router:
    private = Router(name="private chats")
    private.message.filter(Where(F.chat.type == "private"))
    private.edited_message.filter(Where(F.chat.type == "private"))
    private.callback_query.filter(Where(F.message.chat.type == "private"))
    private.message.outer_middleware(service_messages.passed_over)
    private.message.outer_middleware(open_questions.followed)
    private.callback_query.outer_middleware(open_questions.followed)
    private.message.outer_middleware(contact_request.remembered)
    private.callback_query.outer_middleware(contact_request.remembered)
    private.message.outer_middleware(command_menu.kept_up)
    private.callback_query.outer_middleware(tap_authorization.judged)
    errands = (
        danger_words.router(),
        menu.router(),
        case_search.router(),
        lists_and_figures.private_router(),
        group_binding.private_router(),
        unreachable_staff.router(),
        file_on_behalf.router(),
        duties.router(),
        homes.router(),
        invitations.router(),
        privacy.router(),
        sign_up.router(),
        fallback.replies(),
        *(errand.router() for errand in CASE_ROUTERS),
        filing.router(),
        fallback.router(),
        edits.router(),
    )
    private.include_routers(unknown_commands.router(unknown_commands.named(errands)), *errands)
    return private
