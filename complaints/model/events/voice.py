"""Events of voice messages: what a resident has said in one is written down, and may be corrected."""

from dataclasses import dataclass

from complaints.model.events.event import Event


@dataclass(frozen=True, kw_only=True)
class Transcribed(Event, name="Transcribed"):
    """Whoever handles the case has written down what the voice of the statement `of` says, for its `speaker` to read.

    That is a household of the case, as long as it is one.
    """

    of: int
    words: int
    by: int
    speaker: int | None = None

    @property
    def is_residents(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class TranscriptDrafted(Event, name="TranscriptDrafted"):
    """A program of the operator's has; nobody has looked at it yet."""

    of: int
    words: int

    @property
    def is_residents(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class TranscriptCorrected(Event, name="TranscriptCorrected"):
    """The household says what it has really said."""

    of: int
    words: int
    complainant: int
