"""The catalogue of matters: what residents report, whose duty each matter is, and which are dangerous."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

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


# Penalties and the hotline's conduct aren't found by subject: only words that name them lead there.
_NAMED_ONLY = frozenset({Department.APPROVAL, Department.ENFORCEMENT})


class Group(Entry):
    """A shelf of the catalogue, with a picture for those who don't read much."""

    id: Id
    label: Text
    picture: Words


class Matter(Entry):
    """One thing that can be wrong. `department` owns the clock, each of `co` owes its own feedback.

    `conduct`: it is about the company's own people or dealings, so the resident may not want to be known to them.
    `condition` is a fact of the project without which the document gives the department no duty.
    """

    id: Id
    group: str
    label: Text
    kind: Kind
    department: Department
    co: tuple[Department, ...] = ()
    words: tuple[Words, ...] = Field(min_length=1)
    danger: Danger = Danger.NO
    conduct: bool = False
    condition: Literal["high_rise", "direct_power"] | None = None

    @model_validator(mode="after")
    def _owned_once(self) -> "Matter":
        if len({self.department, *self.co}) != len(self.co) + 1:
            raise ValueError("names a department twice")
        return self


# What a case is about while nobody has said it: danger that was told by a photo, a voice message or one tap. It stands
# on no shelf and is never suggested.
UNSAID = Matter(
    id="unsaid",
    group="",
    label=Text(zh="还没说是什么", en="not said yet what it is"),
    kind=Kind.REPAIR,
    department=Department.HOUSING,
    words=("—",),
    danger=Danger.ALWAYS,
)


class Catalogue(Entry):
    """All matters, on six shelves. `common` is what is proposed when the words say nothing."""

    departments: Mapping[Department, Text]
    groups: tuple[Group, ...] = Field(min_length=6, max_length=6)
    matters: tuple[Matter, ...] = Field(min_length=1)
    common: tuple[str, ...]
    danger_words: tuple[Words, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> "Catalogue":
        ids, groups = [m.id for m in self.matters], [g.id for g in self.groups]
        for name in (*_twice([UNSAID.id, *ids]), *_twice(groups), *_twice(self.common)):
            raise ValueError(f'"{name}" stands there twice')
        for matter in self.matters:
            if matter.group not in groups:
                raise ValueError(f'"{matter.id}" is in the unknown group "{matter.group}"')
        for name in self.common:
            if name not in ids:
                raise ValueError(f'common: there is no matter "{name}"')
        for department in set(Department) - set(self.departments):
            raise ValueError(f'departments: "{department}" is missing')
        return self

    def get(self, matter_id: str) -> Matter:
        """KeyError for a matter that the catalogue hasn't."""
        return self._by_id[matter_id]

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

    def suggest(self, text: str, count: int = 3) -> tuple[Matter, ...]:
        """The likeliest matters, best first; always as many as asked for, filled up with the common ones."""
        said, grams = text.casefold(), _grams(text)
        scores = {m.id: _score(m, said, grams) for m in self.matters}
        # `sorted` is stable: of equals the one that stands first in the usual order wins.
        ranked = sorted(self._usual, key=lambda m: scores[m.id], reverse=True)
        return tuple(ranked[:count])

    def likeliest(self, text: str) -> Matter:
        """What the words are about; what nobody has said yet, where they say nothing of it."""
        best = next(iter(self.suggest(text, 1)), UNSAID)
        return best if any(_says(text.casefold(), word.casefold()) for word in best.words) else UNSAID

    def dangerous(self, text: str) -> bool:
        """Whether the resident's own words give reason to ask about danger."""
        said = text.casefold()
        return any(_says(said, word) for word in self.danger_words)

    @cached_property
    def _by_id(self) -> Mapping[str, Matter]:
        return {matter.id: matter for matter in (UNSAID, *self.matters)}

    @cached_property
    def _usual(self) -> tuple[Matter, ...]:
        first = tuple(self.get(name) for name in self.common)
        return first + tuple(m for m in self.matters if m.id not in self.common)


def _score(matter: Matter, said: str, grams: frozenset[str]) -> tuple[int, int]:
    """Listed words weigh by their length, then what the label and the words share with the text."""
    listed = sum(len(word) for word in matter.words if _says(said, word.casefold()))
    if not listed and matter.department in _NAMED_ONLY:
        return 0, 0
    return listed, len(grams & _grams(" ".join((matter.label.zh, matter.label.en, *matter.words))))


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){re.escape(word)}")


def _says(said: str, word: str) -> bool:
    """English is looked for from the beginning of a word: "lift" is in "lifts", "fee" isn't in "coffee"."""
    return bool(_pattern(word).search(said)) if word.isascii() else word in said


@lru_cache(maxsize=1024)
def _grams(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, and English words of four letters and more."""
    pairs = (run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]+", text) for i in range(len(run) - 1))
    return frozenset((*pairs, *re.findall(r"[a-z]{4,}", text.casefold())))


def _twice(names: Iterable[str]) -> list[str]:
    seen = list(names)
    return [name for name in dict.fromkeys(seen) if seen.count(name) > 1]


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The shipped catalogue, or the one that the extra folder has instead. CatalogueError if broken."""
    if extra is not None and (extra / CATALOGUE).exists():
        return read_entry(Catalogue, extra / CATALOGUE, CatalogueError)
    return read_entry(Catalogue, files("complaints") / "packs" / CATALOGUE, CatalogueError)
