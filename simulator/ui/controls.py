"""The controls of the page beside its telephones: move the clock, inspect a case, begin anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from simulator.people.accounts import Account
from simulator.people.groups import Group

Words = Mapping[str, str]  # the same words by language: "zh" and "en"
Jump = Literal["minutes", "hour", "deadline", "morning"]


@dataclass(frozen=True)
class Player:
    """Somebody whose telephone can be opened on the page; a group has several who speak in it.

    `key` stays the same from one beginning to the next. `poster` is the payload of the code on the wall beside
    this telephone, `place` what is written on that poster. `open`: among the first to be shown.
    """

    key: str
    title: Words
    role: Words
    who: Account | Group
    speakers: Sequence[Account] = ()
    poster: str = ""
    place: str = ""
    open: bool = False


@dataclass(frozen=True)
class CityChoice:
    """A beginning to choose: one sample district with its own rules."""

    id: str
    name: Words


class Controls(Protocol):
    """What the page's server needs of the program that runs the bot."""

    @property
    def cities(self) -> Sequence[CityChoice]: ...

    @property
    def city(self) -> str: ...

    @property
    def timezone(self) -> str: ...

    @property
    def ready(self) -> bool:
        """False while a city is being laid out."""
        ...

    def now(self) -> datetime:
        """The case's time."""
        ...

    def players(self) -> Sequence[Player]: ...

    async def move(self, jump: Jump, case: str) -> None:
        """Move the clock, stopping at every deadline on the way; `case` says whose next deadline is meant."""
        ...

    async def behind(self, case: str) -> dict[str, Any]:
        """The bot's records of that case, or of the newest: for showing only."""
        ...

    async def speak(self, language: str) -> None:
        """Telephones speak that language from now on; what was said stays."""
        ...

    async def restart(self, city: str, language: str) -> None:
        """Begin anew in that city, with telephones in that language."""
        ...

    def tour(self, language: str) -> Sequence[Mapping[str, Any]]:
        """The guided tour's steps; none where the city has no tour."""
        ...
