"""What every job of the ticker is: a name, a step to call again and again, and what it works with."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import ClassVar, Protocol

from storage.work import Store, Work


class Clock(Protocol):
    """Case time, which can be moved, and real time in seconds, which can't."""

    def now(self) -> datetime: ...
    def real(self) -> float: ...


class Job(ABC):
    """A small piece of work that time does. `wake_dispatcher` is called when something may have been written to send.

    `name` stands in logs and in `/ready`, whatever the class is called.
    """

    name: ClassVar[str]

    def __init__(self, store: Store, clock: Clock, wake_dispatcher: Callable[[], None]) -> None:
        self.store = store
        self.now = clock.now
        self.real = clock.real
        self.wake_dispatcher = wake_dispatcher

    def work(self) -> AbstractAsyncContextManager[Work]:
        """A unit of work of now."""
        return self.store.work(self.now(), self.real())

    @abstractmethod
    async def step(self) -> bool:
        """Do a little of what is due; False where nothing was."""
