"""What an officer does in private after a press in a group."""

from complaints.errors import NotStarted
from complaints.model.complaint import Complaint
from handlers.framework.context import Context
from storage.repositories import destinations
from views.framework.screen import Screen
from views.officer import notices


async def private_context(context: Context) -> Context:
    """The officer's private chat, in the officer's language: who is in the registry has joined there by phone."""
    if context.private:
        return context
    found = await destinations.of_person(context.work, context.person.id)
    if found is None or not found.reachable:
        raise NotStarted
    context.toast(notices.in_private(context.t))
    return context.in_chat(found)


async def ask(private: Context, complaint: Complaint, screen: Screen, state: object, **about: object) -> None:
    """Go on in private, whatever chat the button was in."""
    await private.asks(state, case=complaint.id, **about)
    private.say(screen, about=complaint.id)
