"""The context of an update on its way through a handler: the person, the chat, and how to answer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from complaints.case_view import CaseView
from complaints.errors import KindUnusable, NotFound, TooLate, WordsTooLong
from complaints.model.complaint import Complaint
from complaints.model.notice import Priority
from complaints.model.people import Actor, Household, Person
from complaints.text.sanitizing import clean, units
from complaints.usecases.company.answers import case_for
from complaints.usecases.statements import Said
from handlers.framework.sent_files import files_of
from storage.messaging import message_deletion, questions, sent_messages, spent_messages
from storage.queries import case_views
from storage.repositories import cases, destinations, people
from storage.repositories.destinations import Destination
from storage.work import Work
from views.framework import ways_out
from views.framework.callbacks import CaseTapped
from views.framework.screen import Screen
from views.framework.translator import Translator, translator
from views.refusals import not_sent

P = ParamSpec("P")
CaseScreen = Callable[Concatenate[Translator, CaseView, P], Screen]
LONGEST = 2000  # UTF-16 units of what somebody says


class Handled(Exception):
    """All has been said: what was written so far stands, and nothing else is to happen."""


@dataclass
class Context:
    """`parts` are the messages of an album (or the one message); `registrar` files for `person`.

    `bot` is the bot's own name, for links that lead to it; `priority` is that of all answers to this update.
    `asked_contact`: a key to share the number was shown. `question` is the key of the last question that was asked,
    `question_of_case` whether that was said of a case; `shown_in_place`: what was tapped reads otherwise, or is gone,
    and `offered_in_place` is what its buttons carry now.
    """

    work: Work
    person: Person
    who: Actor
    t: Translator
    destination: Destination
    state: FSMContext
    update_id: int
    parts: Sequence[Message] = ()
    callback: CallbackQuery | None = None
    registrar: Person | None = None
    bot: str = ""
    priority: Priority = Priority.REPLY
    said_so_far: int = field(default=0)
    asked_contact: bool = field(default=False)
    question: str = field(default="")
    question_of_case: bool = field(default=False)
    shown_in_place: bool = field(default=False)
    offered_in_place: tuple[str, ...] = field(default=())

    @property
    def message(self) -> Message:
        return self.parts[0]

    @property
    def private(self) -> bool:
        return self.destination.kind == "private"

    @property
    def now(self) -> datetime:
        return self.work.now

    @property
    def thread(self) -> int:
        """The topic of a group that the update came from; 0 is the general one."""
        tapped = self.callback.message if self.callback is not None else None
        source = tapped or (self.parts[0] if self.parts else None)
        if not isinstance(source, Message) or source.chat.id != self.destination.chat or not source.is_topic_message:
            return 0
        return source.message_thread_id or 0

    @property
    def tapped_message(self) -> int | None:
        tapped = self.callback.message if self.callback is not None else None
        return tapped.message_id if tapped is not None else None

    def link(self, payload: str) -> str:
        """What opens the bot with `/start <payload>`."""
        return f"https://t.me/{self.bot}?start={payload}"

    def in_chat(self, where: Destination) -> "Context":
        """The same person in another chat: its dialogue is another one, and a group reads Chinese."""
        state = FSMContext(storage=self.state.storage, key=replace(self.state.key, chat_id=where.chat))
        t = translator(self.person.language if where.kind == "private" else "zh")
        return replace(self, destination=where, state=state, t=t, callback=None)

    @contextmanager
    def counted_from(self, at: datetime) -> Iterator[None]:
        """What is done here counts from an earlier moment: words do from when they were said, once confirmed."""
        now, self.work.now = self.work.now, at
        try:
            yield
        finally:
            self.work.now = now

    # --- answering ----------------------------------------------------------------------------------------------

    def say(
        self, screen: Screen, *, about: int | None = None, to: Destination | None = None, kind: str = "reply"
    ) -> str:
        """A message of its own, after what this update has said already; returns its key in the outbox."""
        self.said_so_far += 1
        where = to or self.destination
        if where.id == self.destination.id and any(
            k.request == "contact" for row in screen.keyboard or () for k in row
        ):
            self.asked_contact = True
        key = f"{self.update_id}:{self.said_so_far}:{where.id}"
        facts = self._marks(where) or None
        put = self._put(where, key, screen.dump(), complaint=about, kind=kind, facts=facts)
        if where.id == self.destination.id:
            self._asked(put, screen, of_case=about is not None)
        return put

    def _asked(self, key: str, screen: Screen, *, of_case: bool) -> None:
        if ways_out.ends(screen):
            self.question, self.question_of_case = key, of_case

    async def tell(self, person: int | None, view: Callable[[Translator], Screen]) -> None:
        """Something for somebody else, in private and in their own language, where they can be reached."""
        private = await destinations.of_person(self.work, person) if person is not None else None
        if private is not None and private.reachable:
            reader = await people.by_id(self.work, person)
            self.say(view(translator(reader.language if reader else "zh")), to=private)

    def _marks(self, where: Destination) -> dict[str, Any]:
        """The topic that is answered in; and what is said to staff is said to nobody who is none when it is sent."""
        if where.id != self.destination.id:
            return {}
        thread = {"thread": self.thread} if where.forum else {}
        return {**thread, **({"staff": True} if self.private and self.who.is_staff else {})}

    def promise(
        self, kind: str, *, about: int | None = None, method: str = "send", facts: dict[str, Any] | None = None
    ) -> None:
        """A message that is made when it is sent: until then only its kind and facts are kept."""
        self.said_so_far += 1
        key = f"{self.update_id}:{self.said_so_far}:{self.destination.id}"
        self._put(self.destination, key, None, complaint=about, kind=kind, method=method, facts=facts)

    def _put(self, where: Destination, key: str, content: Any, **values: Any) -> str:
        return self.work.say(where.id, key, content, priority=self.priority, **values)

    def show_anew(self, key: str, screen: Screen, *, about: int | None = None) -> None:
        """A newer form of a question that stands here, in its place."""
        facts = {**self._marks(self.destination), "question": key}
        newer = questions.next_form(self.work, key, self.update_id)
        self.work.put_reply(
            newer, self.destination.id, screen.dump(), self.priority, complaint=about, method="edit", facts=facts
        )
        self._asked(key, screen, of_case=about is not None)

    def show(self, screen: Screen) -> str:
        """The next step of a form: in place of the tapped message, else as a message; returns its key in the outbox."""
        if self.callback is None or self.callback.message is None:
            return self.say(screen)
        self.said_so_far += 1
        here = {"message_id": self.callback.message.message_id, "thread": self.thread}
        target = {**self._marks(self.destination), **here}
        key = f"{self.update_id}:{self.said_so_far}:{self.destination.id}"
        put = self._put(self.destination, key, screen.dump(), method="edit", facts=target)
        content = screen.digest() if screen.buttons else ""
        spent_messages.redrawn(self.work, self.destination.id, self.tapped_message or 0, content)
        self.shown_in_place = True
        self.offered_in_place = tuple(button.data for row in screen.buttons for button in row)
        self._asked(put, screen, of_case=self.question_of_case)
        return put

    def show_about(self, screen: Screen, complaint_id: int | None) -> str:
        """The next step of a form about a case; a message of its own belongs to the case."""
        return self.say(screen, about=complaint_id) if self.callback is None else self.show(screen)

    async def say_case(self, complaint: Complaint, view: CaseScreen[P], *more: P.args, **named: P.kwargs) -> None:
        """A message of its own about a case."""
        self.say(view(self.t, await self.case_view(complaint), *more, **named), about=complaint.id)

    async def show_case(self, complaint: Complaint, view: CaseScreen[P], *more: P.args, **named: P.kwargs) -> None:
        """What has become of a case, in place of the tapped message."""
        self.show(view(self.t, await self.case_view(complaint), *more, **named))

    def take_back(self) -> None:
        """The tapped message disappears."""
        if self.tapped_message is not None:
            message_deletion.recall(self.work, self.destination.id, self.tapped_message, None)
            self.shown_in_place = True

    def toast(self, text: str = "", *, alert: bool = False) -> None:
        if self.callback is not None:
            self.work.toast(self.callback.id, text[:200], alert=alert)

    # --- what was said ------------------------------------------------------------------------------------------

    def said(self) -> Said:
        """Words and files of the message, or of the whole album; refuses what can't be used."""
        text = "\n".join(words for m in self.parts if (words := m.text or m.caption))
        if units(text) > LONGEST:
            raise WordsTooLong(limit=LONGEST)
        text = clean(text)
        media = tuple(f for m in self.parts for f in files_of(m))
        if not text and not media:
            raise KindUnusable
        return Said(text=text, media=media)

    # --- cases --------------------------------------------------------------------------------------------------

    async def household(self, complaint_id: int) -> Household | None:
        return await cases.household_of(self.work, complaint_id, self.person.id)

    async def case(self, complaint_id: int, round_: int | None = None) -> Complaint:
        """The case, if this person may know of it; TooLate for a button of an earlier round."""
        complaint = await case_for(self.work, self.who, complaint_id, await self.household(complaint_id))
        if round_ is not None and complaint.round != round_:
            raise TooLate(state=complaint.state)
        return complaint

    async def tapped_case(self, tap: CaseTapped) -> Complaint:
        return await self.case(tap.case, tap.round)

    async def case_view(self, complaint: Complaint) -> CaseView:
        household = await self.household(complaint.id)
        return await case_views.load(self.work, complaint, reader=self.who, household=household)

    async def replied_case(self) -> int | None:
        """The case of the message that this one replies to, if it belongs to one."""
        found = await self._replied()
        return found[0] if found else None

    async def replied_as_household(self) -> bool:
        """Whether that message was for the person as a household of the case, and not as staff."""
        found = await self._replied()
        return found is not None and found[1] is not None

    async def _replied(self) -> tuple[int, int | None] | None:
        replied = self.message.reply_to_message if self.parts else None
        return await sent_messages.about(self.work, self.destination.chat, replied.message_id) if replied else None

    # --- dialogue -----------------------------------------------------------------------------------------------

    async def asks(self, state: Any, **about: Any) -> None:
        """Wait for words (or a choice) in this state; a half-written draft outlives it.

        Words that waited `unsent` for the rest of another answer are given back, for nobody has read them.
        """
        before = (await self.state.get_data()).get("about") or {}
        if (words := before.get("unsent")) and words != about.get("unsent"):
            self.say(not_sent(self.t, words))
        await self.state.set_state(state)
        await self.state.update_data(about=about)

    async def about(self, case: int | None = None) -> dict[str, Any]:
        """What the dialogue is about: the case and whatever was chosen so far.

        `case` is the one of the button: under an earlier question it does nothing any more (TooLate).
        """
        found: dict[str, Any] = (await self.state.get_data()).get("about") or {}
        if "case" not in found:
            raise NotFound
        if case is not None and case != found["case"]:
            raise TooLate
        return found

    async def asked_case(self, case: int | None = None) -> Complaint:
        """The case that the dialogue is about."""
        return await self.case((await self.about(case))["case"])

    async def over(self) -> None:
        """The dialogue is over; a draft stays until it is submitted or cancelled."""
        await self.state.set_state(None)
        await self.state.update_data(about=None)
