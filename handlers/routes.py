"""Which errand hears what first? One dispatcher, read from top to bottom."""

from aiogram import Dispatcher, F, Router

from handlers import (
    agreeing,
    answering,
    binding,
    contacting,
    duties,
    dwelling,
    fallback,
    filing,
    handing,
    homing,
    inviting,
    joining,
    numbers,
    officers,
    pressing,
    privacy,
    rating,
    reaching,
    referring,
    registering,
    resolving,
    supervising,
    tracking,
)

CASE_ROUTERS = (
    tracking, answering, agreeing, contacting, referring, resolving, rating, handing, officers, supervising,
)  # fmt: skip


def dispatcher() -> Dispatcher:
    """aiogram's own FSM is off: the worker hands the state over, on the update's unit of work."""
    made = Dispatcher(disable_fsm=True)
    made.my_chat_member.register(binding.standing_changed)
    made.include_routers(_groups(), _private())
    return made


def _groups() -> Router:
    group = Router(name="group chats")
    group.message.filter(F.chat.type.in_({"group", "supergroup"}))
    group.message.outer_middleware(pressing.as_oneself)
    group.callback_query.filter(F.message.chat.type.in_({"group", "supergroup"}))
    group.callback_query.outer_middleware(pressing.judged)
    group.include_routers(binding.group_router(), numbers.group_router(), officers.group_router(), supervising.router())
    return group


def _private() -> Router:
    private = Router(name="private chats")
    private.message.filter(F.chat.type == "private")
    private.callback_query.filter(F.message.chat.type == "private")
    private.callback_query.outer_middleware(pressing.judged)
    private.include_routers(
        homing.router(),
        numbers.private_router(),
        binding.private_router(),
        reaching.router(),
        registering.router(),
        duties.router(),
        dwelling.router(),
        inviting.router(),
        privacy.router(),
        joining.router(),
        fallback.replies(),
        *(errand.router() for errand in CASE_ROUTERS),
        filing.router(),
        fallback.router(),
    )
    return private
