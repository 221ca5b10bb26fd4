"""The delivery queue: which message may go next, however many wait.

It holds in memory what `storage.messaging.waiting_messages` says of each message. The database decides: whatever is
chosen here is claimed there, where a message that has been sent or withdrawn meanwhile is found no more.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from operator import attrgetter

from storage.messaging.outbox_batching import Crowd
from storage.messaging.waiting_messages import WaitingRow

LATER = 0.05  # seconds until a chat is looked at again of which nobody knows when it is free


@dataclass(eq=False)
class Waiting:
    """A message in the queue. `taken`: it is being sent. Of each line only what nothing precedes can go."""

    id: int
    priority: int
    destination: int
    chat: int
    group: bool
    line: tuple[int, int | None]
    not_before: float
    ready: bool
    leaves: bool
    may_be_digested: bool
    digest: int | None
    taken: bool = False


def _waiting(row: WaitingRow) -> Waiting:
    return Waiting(
        id=row.id,
        priority=row.priority,
        destination=row.destination,
        chat=row.chat,
        group=row.destination_kind == "group",
        line=(row.destination, row.complaint),
        not_before=row.not_before,
        ready=row.state == "ready",
        leaves=row.method == "leave",
        may_be_digested=bool(row.may_be_digested),
        digest=row.digest_id,
    )


class DeliveryQueue:
    """Most urgent first, then the oldest; in a line (a case at a destination, or what is of no case) in order."""

    def __init__(self, rows: Iterable[WaitingRow] = (), taken: Collection[int] = ()) -> None:
        """`taken` are being sent already."""
        self.newest = 0
        self._messages: dict[int, Waiting] = {}
        self._lines: defaultdict[tuple[int, int | None], list[Waiting]] = defaultdict(list)
        self._chats: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)  # heaps of what may go, by destination
        self._tops: list[tuple[int, int, int]] = []  # heap of the first of each chat
        self._parked_chats: list[tuple[float, int]] = []  # heap of destinations that have to wait
        self._parked: list[tuple[float, int]] = []  # heap of messages that have to wait
        self._digestible: dict[int, Crowd] = {}  # by destination
        self._digests: set[int] = set()  # that tell what others would have told
        for row in rows:
            self._add(replace(_waiting(row), taken=row.id in taken))
        for line in self._lines.values():
            self._offer(line)

    def __len__(self) -> int:
        return len(self._messages)

    # --- what waits ---------------------------------------------------------------------------------------------

    def update(self, rows: Iterable[WaitingRow], ended: Collection[int] = ()) -> None:
        """Take these in; of the `ended` those that aren't among them are finished."""
        lines = set()
        for number in ended:
            if (gone := self._messages.get(number)) is not None:
                self._drop(gone)
                lines.add(gone.line)
        for row in rows:
            if row.id not in self._messages:
                one = _waiting(row)
                self._add(one)
                lines.add(one.line)
        for line in lines:
            if line in self._lines:
                self._offer(self._lines[line])

    def _add(self, one: Waiting) -> None:
        self.newest = max(self.newest, one.id)
        self._messages[one.id] = one
        line = self._lines[one.line]
        if line and line[-1].id > one.id:
            insort(line, one, key=attrgetter("id"))
        else:
            line.append(one)
        self._count(one, 1)
        if one.digest is not None:
            self._digests.add(one.digest)

    def told_by(self, ended: Collection[int]) -> bool:
        """Whether one of these is a digest that stands for others: they have ended with it, or go one by one."""
        return not self._digests.isdisjoint(ended)

    def _drop(self, one: Waiting) -> None:
        del self._messages[one.id]
        self._count(one, -1)
        line = self._lines[one.line]
        line.remove(one)
        if not line:
            del self._lines[one.line]

    def _offer(self, line: list[Waiting]) -> None:
        for one in _first(line):
            if one.ready and not one.taken:
                self._push(one)

    def _push(self, one: Waiting) -> None:
        chat = self._chats[one.destination]
        heappush(chat, (one.priority, one.id))
        if chat[0][1] == one.id:
            heappush(self._tops, (one.priority, one.id, one.destination))

    # --- what goes next -----------------------------------------------------------------------------------------

    def take(self, real: float, has_room: Callable[[int], bool], free_at: Callable[[Waiting], float]) -> Waiting | None:
        """The next message that may go now, which is taken from now on.

        `has_room` says whether a message of that priority may go at all, `free_at` when its chat may get one.
        """
        self._unpark(real)
        while self._tops:
            priority, number, destination = self._tops[0]
            if not has_room(priority):
                return None  # and nothing that is less urgent either
            heappop(self._tops)
            chat = self._chats[destination]
            if not chat or chat[0] != (priority, number):
                continue  # something of the same chat has overtaken it, and stands in `_tops` itself
            one = self._messages.get(number)
            if one is None or one.taken or one not in _first(self._lines[one.line]):
                self._next_of(destination)  # sent by now, or an earlier row of its line has appeared since
            elif one.not_before > real:
                heappush(self._parked, (one.not_before, number))
                self._next_of(destination)
            elif (free := free_at(one)) > real:
                heappush(self._parked_chats, (free if free < float("inf") else real + LATER, destination))
            else:
                one.taken = True
                self._next_of(destination)
                return one
        return None

    def _next_of(self, destination: int) -> None:
        """The first message of a chat is gone: the next one comes to the top."""
        chat = self._chats[destination]
        heappop(chat)
        if chat:
            heappush(self._tops, (*chat[0], destination))
        else:
            del self._chats[destination]

    def _unpark(self, real: float) -> None:
        while self._parked and self._parked[0][0] <= real:
            number = heappop(self._parked)[1]
            if (one := self._messages.get(number)) is not None and not one.taken:
                self._push(one)
        while self._parked_chats and self._parked_chats[0][0] <= real:
            destination = heappop(self._parked_chats)[1]
            if chat := self._chats.get(destination):
                heappush(self._tops, (*chat[0], destination))

    # --- what else is asked -------------------------------------------------------------------------------------

    def crowds(self) -> tuple[int, list[Crowd]]:
        """How many notices wait that a digest could tell, and each destination for which more than one does."""
        every = self._digestible.values()
        return sum(crowd.waiting for crowd in every), [crowd for crowd in every if crowd.waiting > 1]

    def _count(self, one: Waiting, more: int) -> None:
        if one.ready and one.may_be_digested:
            known = self._digestible.pop(one.destination, None)
            waiting = (known.waiting if known else 0) + more
            if waiting:
                crowd = Crowd(destination=one.destination, chat=one.chat, group=one.group, waiting=waiting)
                self._digestible[one.destination] = crowd

    def heads(self) -> Iterator[Waiting]:
        """What could go if nothing had to wait; a group that is to be left isn't asked for."""
        firsts = (one for line in self._lines.values() for one in _first(line))
        return (one for one in firsts if one.ready and not one.leaves and not one.taken)


def _first(line: list[Waiting]) -> Iterator[Waiting]:
    """What nothing of its line precedes; a group that is to be left holds nothing back."""
    for one in line:
        yield one
        if not one.leaves:
            return
