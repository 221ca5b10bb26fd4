"""Clauses of a pack: the place in a document that something rests on, with the document's own sentences."""

from enum import StrEnum

from pydantic import Field, model_validator

from complaints.policy.data_files import Entry, Words


class Holds(StrEnum):
    """For which clocks of a stage the document gives the length; for others it is ours."""

    ALWAYS = "always"
    FIRST_ROUND = "first_round"  # not for a case that was opened again
    FIRST_START = "first_start"  # not where it starts anew either


class Clause(Entry):
    """The place in a document that something rests on; `ours`: the number is ours and never shown as law.

    `quotes` are sentences of the document, word for word; who names a clause as law gives one. `softened` is the word
    with which the document softens it (原则上), and stays with it. `analogous`: the document speaks of something alike,
    and is followed, not applied (参照); `beside` is a law that is followed besides.
    """

    document: str | None = None
    number: str = ""
    ours: bool = False
    quotes: tuple[Words, ...] = ()
    softened: str = ""
    analogous: bool = False
    beside: str = ""
    holds: Holds = Field(default=Holds.ALWAYS)

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        if isinstance(value, str):
            return {"ours": True} if value == "ours" else {"number": value}
        return value

    @model_validator(mode="after")
    def _says_something(self) -> "Clause":
        if not self.number.strip() and not self.ours:
            raise ValueError('names neither a clause nor "ours"')
        return self

    def __str__(self) -> str:
        """As people read it: "成住建发〔2023〕62号 一(二)"; empty where all of it is ours."""
        return " ".join(filter(None, (self.document, self.number))) if self.number else ""

    @property
    def is_law(self) -> bool:
        """Whether people may be told that it rests on a document."""
        return bool(self.number) and not self.ours

    @property
    def written(self) -> str:
        """For tables and machines: "ours" first where the length is, then the place where there is one."""
        return "; ".join(filter(None, ("ours" if self.ours else "", str(self))))


OURS = Clause(ours=True)
