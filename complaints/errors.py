"""Refusals: the facts for which the rules refuse a request; `views.refusals` has the sentence for each."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """The request was understood and nothing was changed. `facts` hold no personal data."""

    fact: ClassVar[str] = "Refusal"  # for `views.refusals` and the ledger: the class's name

    def __init_subclass__(cls) -> None:
        cls.fact = cls.__name__

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.fact)
        self.facts: Mapping[str, Any] = facts


class NotFound(Refusal):
    """No such case for this person; also said to those who may not know that it exists."""


class NotYours(Refusal):
    """The case exists and this person knows it, but this act belongs to somebody else now."""


class TooLate(Refusal):
    """The case has moved on: the state or round that the button was made for is past."""


class Forwarded(Refusal):
    """A button of a message that somebody passed on."""


class NotStarted(Refusal):
    """What comes next is private, and the bot can't write to this person."""


class NotOwnAccount(Refusal):
    """Somebody acts as an anonymous admin or as a channel, so nobody knows who it is."""


class UrgedToday(Refusal):
    """One urging a household and day."""


class AlreadyIn(Refusal):
    """This household is part of the case already."""


class SaysNothing(Refusal):
    """A procedural answer (成住建发〔2023〕62号 二(三)): `missing` names the parts of 一(四) that it lacks."""


class WordsNeeded(Refusal):
    """The act needs words, and only a tap or a file came."""


class WordsTooLong(Refusal):
    """More than `limit` characters."""


class DateUnclear(Refusal):
    """No date could be read from the words."""


class DatePast(Refusal):
    """The date is not in the future."""


class DateTooFar(Refusal):
    """The date is more than a year ahead."""


class PromisedAlready(Refusal):
    """The handler has named a date in this round already: another one is agreed with the resident."""


class SortedAlready(Refusal):
    """「先核实，稍后分类」 is possible once, and only before a disposition."""


class VoiceUnheard(Refusal):
    """`count` voice messages of residents have to be written down before the case can be closed."""


class OutsideArea(Refusal):
    """No appointment of the person who files for somebody else covers the community."""


class UnknownCode(Refusal):
    """No community or invitation has this code."""


class TooManyToday(Refusal):
    """A resident has filed `limit` cases since midnight; danger always passes."""


class PhoneUnclear(Refusal):
    """No telephone number could be read from the words."""


class NotServed(Refusal):
    """The community's district has no policy pack here."""


class UnknownPhone(Refusal):
    """The registry has no appointment for this telephone number."""


class NotOwnContact(Refusal):
    """A forwarded contact instead of the sender's own."""


class QuestionsOpen(Refusal):
    """So many questions stand unanswered in the chat that what comes now gets none."""


class FileTooBig(Refusal):
    """Telegram hands files over 20 MB to no bot."""


class KindUnusable(Refusal):
    """A sticker, a poll, a game: nothing that describes a problem."""


class BindRefused(Refusal):
    """A binding that cannot be: `why` is one of unknown, used, other_person, group_bound, not_officer, in_private."""
