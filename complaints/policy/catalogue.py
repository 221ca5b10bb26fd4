"""The catalogue of matters: what residents report, whose duty each matter is, and which are dangerous."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from complaints.catalogue import suggestion
from complaints.model.people import Project
from complaints.policy.data_files import DataError, Entry, Id, Text, Words, read_entry
from complaints.policy.pack import CATALOGUE


class CatalogueError(DataError):
    """The catalogue can't be used: one sentence with file, key and reason."""


class Kind(StrEnum):
    REPAIR = "repair"  # 报修
    COMPLAINT = "complaint"  # 投诉
    SUGGESTION = "suggestion"  # 建议


class Department(StrEnum):
    """The twelve of 《物业服务企业投诉举报处理流程》 二(一)-(十二), in its order."""

    HOUSING = "housing"
    DEVELOPMENT = "development"
    MARKET = "market"
    FIRE = "fire"
    RESOURCES = "resources"
    POLICE = "police"
    ENERGY = "energy"
    HEALTH = "health"
    APPROVAL = "approval"
    ENFORCEMENT = "enforcement"
    STREET = "street"
    COMMUNITY = "community"


class Danger(StrEnum):
    ALWAYS = "always"  # urgent unless the resident says that there is none
    ASK = "ask"
    NO = "no"


class Group(Entry):
    """A shelf, with a picture for those who don't read much; `other` is its matter for what is left."""

    id: Id
    label: Text
    picture: Words
    other: Id


class Matter(Entry):
    """One thing that can be wrong. `department` owns the clock, each of `co` owes its own feedback.

    `conduct`: it is about the company's own people or dealings, so the resident may not want to be known to them.
    `condition` is a fact of the project without which the document gives the department no duty.
    `named`: its subject alone doesn't lead there, as to penalties and the hotline's conduct; one of its words has to.
    """

    id: Id
    group: str | None = None
    label: Text
    kind: Kind
    department: Department
    co: tuple[Department, ...] = ()
    words: tuple[Words, ...] = Field(min_length=1)
    danger: Danger = Danger.NO
    conduct: bool = False
    named: bool = False
    condition: Literal["high_rise", "direct_power"] | None = None

    @model_validator(mode="after")
    def _owned_once(self) -> "Matter":
        if len({self.department, *self.co}) != len(self.co) + 1:
            raise ValueError("names a department twice")
        return self


@dataclass(frozen=True)
class Likely:
    """A matter that a text may be about: its share of one, and the pieces of the text that spoke for it."""

    matter: Matter
    score: float
    because: tuple[str, ...]


# What a case is about while nobody has said it: danger that was told by a photo, a voice message or one tap, and what a
# resident can't name. It stands on no shelf and is never suggested. Whether there is danger the case itself says.
UNSAID = Matter(
    id="unsaid",
    label=Text(zh="还没说是什么", en="not said yet what it is"),
    kind=Kind.REPAIR,
    department=Department.HOUSING,
    words=("—",),
)
_UNSAID_IDS = (
    UNSAID.id,
    "unclear",
)  # the second one in cases and buttons of earlier versions


def is_unsaid(matter_id: str) -> bool:
    """Whether nobody has said yet what the case is about."""
    return matter_id in _UNSAID_IDS


class Catalogue(Entry):
    """All matters, on six shelves; `UNSAID` belongs to each catalogue and stands on none.

    `danger_words` make the bot ask about danger besides what was learnt, like the name of a place that is known for it.
    """

    departments: Mapping[Department, Text]
    groups: tuple[Group, ...] = Field(min_length=6, max_length=6)
    matters: tuple[Matter, ...] = Field(min_length=1)
    danger_words: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "Catalogue":
        ids, groups = [m.id for m in self.matters], [g.id for g in self.groups]
        for name in (*_twice([*_UNSAID_IDS, *ids]), *_twice(groups)):
            raise ValueError(f'"{name}" stands there twice')
        for matter in self.matters:
            if matter.group not in groups:
                raise ValueError(f'"{matter.id}" is in the unknown group "{matter.group}"')
        for group in self.groups:
            if (group.id, group.other) not in {(m.group, m.id) for m in self.matters}:
                raise ValueError(f'groups.{group.id}.other: there is no matter "{group.other}" on that shelf')
        for department in set(Department) - set(self.departments):
            raise ValueError(f'departments: "{department}" is missing')
        return self

    def get(self, matter_id: str) -> Matter:
        """KeyError for a matter that the catalogue hasn't."""
        return self._by_id[matter_id]

    def offers(self, matter_id: str) -> bool:
        """Whether it stands on a shelf, so that a case can be named so."""
        return matter_id in self._by_id and not is_unsaid(matter_id)

    def whose(self, matter_id: str, project: Project | None) -> Department:
        """Whose duty the matter is there: without the fact that the document asks for it is the property contract's.

        《物业服务企业投诉举报处理流程》 二(四), 二(七); the contract is 二(一).
        """
        matter = self.get(matter_id)
        if matter.condition is None or project is None or getattr(project, matter.condition):
            return matter.department
        return Department.HOUSING

    def of_group(self, group_id: str) -> tuple[Matter, ...]:
        return tuple(m for m in self.matters if m.group == group_id)

    def is_subject(self, matter_id: str) -> bool:
        """Whether words can be about it; nothing is about what is left of a shelf, or not said."""
        return self.offers(matter_id) and matter_id not in {group.other for group in self.groups}

    def likely(self, text: str, count: int = 3) -> tuple[Likely, ...]:
        """Up to so many matters that the text may be about, best first; none where nothing is likely."""
        said, weights = text.casefold(), suggestion.shipped()
        learnt = [(name, score) for name, score in weights.ranked(text) if self._may_be(name, said)][:count]
        found = [Likely(self.get(name), score, weights.because(text, name)) for name, score in learnt]
        return (*self._by_words(said), *found)[:count]

    def suggest(self, text: str, count: int = 3) -> tuple[Matter, ...]:
        """Up to so many matters that the text may be about, best first; none where nothing is likely."""
        return tuple(one.matter for one in self.likely(text, count))

    def more(self, text: str, *chosen: str) -> tuple[Likely, ...]:
        """What else the text clearly names beside the matters that were chosen, in its order."""
        said = text.casefold()
        weights = suggestion.shipped()
        return tuple(
            Likely(self.get(name), score, weights.because(part, name))
            for name, (part, score) in weights.told_apart(text).items()
            if name not in chosen and self._may_be(name, said)
        )

    def likeliest(self, text: str) -> Matter:
        """What the words are about; what nobody has said yet, where they say nothing of it."""
        return next(iter(self.suggest(text, 1)), UNSAID)

    def alarming(self, text: str) -> bool:
        """Whether the words speak of danger so clearly that the alarm goes without asking."""
        return self._names_danger(text) or suggestion.shipped().means_harm(text)

    def dangerous(self, text: str) -> bool:
        """Whether the resident's own words give reason to ask about danger."""
        return self._names_danger(text) or suggestion.shipped().may_mean_harm(text)

    def _names_danger(self, text: str) -> bool:
        said = text.casefold()
        return any(_says(said, word) for word in self.danger_words)

    def _may_be(self, name: str, said: str) -> bool:
        """Whether this catalogue has what was learnt, and the text names it where it has to."""
        matter = self._by_id.get(name)
        return matter is not None and (not matter.named or bool(_said_of(matter, said)))

    def _by_words(self, said: str) -> Iterator[Likely]:
        """Matters that were never learnt, which an operator has added: found by their words, before all others."""
        for matter in self._never_learnt:
            if words := _said_of(matter, said):
                yield Likely(matter, 1.0, words)

    @cached_property
    def _never_learnt(self) -> tuple[Matter, ...]:
        learnt = set(suggestion.shipped().matters.labels)
        return tuple(m for m in self.matters if m.id not in learnt and self.is_subject(m.id))

    @cached_property
    def _by_id(self) -> Mapping[str, Matter]:
        return {**dict.fromkeys(_UNSAID_IDS, UNSAID), **{matter.id: matter for matter in self.matters}}


def _said_of(matter: Matter, said: str) -> tuple[str, ...]:
    """Which of the matter's words are in the text."""
    return tuple(word for word in matter.words if _says(said, word.casefold()))


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){re.escape(word)}")


def _says(said: str, word: str) -> bool:
    """English is looked for from the beginning of a word: "lift" is in "lifts", "fee" isn't in "coffee"."""
    return bool(_pattern(word).search(said)) if word.isascii() else word in said


def _twice(names: Iterable[str]) -> list[str]:
    seen = list(names)
    return [name for name in dict.fromkeys(seen) if seen.count(name) > 1]


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The shipped catalogue, or the one that the extra folder has instead. CatalogueError if broken."""
    if extra is not None and (extra / CATALOGUE).exists():
        return read_entry(Catalogue, extra / CATALOGUE, CatalogueError)
    return read_entry(Catalogue, files("complaints") / "packs" / CATALOGUE, CatalogueError)
