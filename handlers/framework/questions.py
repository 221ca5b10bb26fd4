"""A question is asked once: while its answer is waited for, more words change it in place."""

from datetime import timedelta

from handlers.framework.context import Context
from storage.messaging import questions
from views.framework.screen import Screen

BURST = timedelta(minutes=10)  # for which whatever else is said belongs to the same question


async def stands(context: Context, key: str) -> bool:
    """Whether the question is the last that was said here, and not long ago."""
    return bool(key) and await questions.stands(context.work, context.destination.id, key, context.now - BURST)


async def ask(context: Context, screen: Screen, *, about: int | None = None) -> None:
    """The dialogue's question, which is changed in place as long as it stands."""
    asked = (await context.state.get_data()).get("question") or {"key": "", "shows": ""}
    stands_here = await stands(context, asked["key"])
    if stands_here and asked["shows"] == screen.digest():
        return
    key = asked["key"]
    if context.callback is None and stands_here:
        context.show_anew(key, screen, about=about)
    else:
        key = context.show_about(screen, about)
    await note(context, key, screen)


async def note(context: Context, key: str, screen: Screen) -> None:
    """What the dialogue's question is from here on."""
    await context.state.update_data(question={"key": key, "shows": screen.digest()})
