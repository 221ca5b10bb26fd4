"""Sentences for refusals: what is so, and what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from complaints.errors import Refusal
from complaints.text.answer_quality import Part
from views.framework import parts
from views.framework.screen import Screen, lines
from views.framework.translator import Html, Translator

Sentence = Callable[[Translator, Mapping[str, Any]], Html]


def _says_nothing(t: Translator, facts: Mapping[str, Any]) -> Html:
    names = {
        Part.FACTS: t("what you found"),
        Part.MEASURES: t("what you will do"),
        Part.PROGRESS: t("by when"),
        Part.RESULT: t("how it stands"),
    }
    missing = t(", ").join(names[part] for part in facts["missing"])
    return t(
        "Not sent to the resident yet: these words say nothing specific. Please add: {missing}. For example: the lock "
        "is broken, the fitter comes at 15:00.",
        missing=missing,
    )


def _not_yours(t: Translator, facts: Mapping[str, Any]) -> Html:
    if not facts:
        return t("This isn't for you: it belongs to another duty.")
    if facts.get("phone"):
        return t("No household of this case allows calls; please write instead.")
    if facts.get("follows"):
        return t("You follow this case of your family; what is said to the handler comes from the household itself.")
    if facts.get("verb") == "entrusted":
        return t("The street signs; the community only where the street has entrusted it: it hasn't yet.")
    if facts.get("verb") == "negotiate":
        return t("The household that filed first agrees the date; you will be told what comes of it.")
    handlers = {
        "company": t("The company's head handles this case now; only he, or whom he names, can do that."),
        "bureau": t("The housing bureau handles this case now."),
        "department": t("The department to which it was referred handles this case now."),
    }
    return handlers.get(facts.get("handler", ""), t("This is for whoever handles the case."))


def _bind(t: Translator, facts: Mapping[str, Any]) -> Html:
    return {
        "unknown": t("This code isn't known. Send /bind to me in private for a new one."),
        "used": t("This code has been used already. Send /bind to me in private for a new one."),
        "other_person": t("Only the officer who asked for this code can use it."),
        "group_bound": t("This group is bound already; nothing was changed."),
        "not_officer": t(
            "Only officers of a housing bureau can bind a group. Share your phone number with me first: /start"
        ),
        "in_private": t("Please send /bind to me in private; here I take only the line with the code."),
    }[facts["why"]]


SENTENCES: dict[str, Sentence] = {
    "Refusal": lambda t, f: t("That isn't possible."),
    "NotFound": lambda t, f: t("I know no such case."),
    "NotYours": _not_yours,
    "TooLate": lambda t, f: t("The case has moved on meanwhile, so this changed nothing."),
    "Forwarded": lambda t, f: t("This message was passed on; its buttons work only where I sent it."),
    "NotStarted": lambda t, f: t("This goes on in private: please open my chat, tap Start, and press once more."),
    "NotOwnAccount": lambda t, f: t(
        "Please write as yourself: anonymous admins and channels can do nothing here, since every act is on record."
    ),
    "UrgedToday": lambda t, f: t(
        "You have urged today already; the manager and the company's head know. Once a day is possible."
    ),
    "AlreadyIn": lambda t, f: t("Your household belongs to this case already; you find it under /mine."),
    "SaysNothing": _says_nothing,
    "WordsNeeded": lambda t, f: t("Please write it in words; a tap or a file alone isn't enough here."),
    "WordsTooLong": lambda t, f: t(
        "That is too long: at most {limit} characters, please shorten it.", limit=f["limit"]
    ),
    "DateUnclear": lambda t, f: t(
        "I can't tell which time is meant. Please name the day and the hour, in the morning or in the afternoon, "
        "for example: tomorrow 15:00."
    ),
    "DatePast": lambda t, f: t("This date is past. Please name one in the future."),
    "DateTooFar": lambda t, f: t("This date is more than a year ahead. Please name an earlier one."),
    "PromisedAlready": lambda t, f: t(
        "You have promised a date already, and it stays on record. "
        "Tap “Ask for more time”: another date needs the resident's consent."
    ),
    "SortedAlready": lambda t, f: t("The case is sorted like this already; nothing was changed."),
    "VoiceUnheard": lambda t, f: t.n(
        "{count} voice message isn't written down yet. Please tap “Write down the voice” first, then close it.",
        "{count} voice messages aren't written down yet. Please tap “Write down the voice” first, then close it.",
        f["count"],
    ),
    "OutsideArea": lambda t, f: t("This community is outside your area. Please send part of the name of one in it."),
    "UnknownCode": lambda t, f: t("I know no community with this code. Please scan the code again."),
    "TooManyToday": lambda t, f: t(
        "{limit} cases a day are possible. This one is kept as a draft: please submit it tomorrow with /report. "
        "More on an open case goes there: /mine. In danger write what is dangerous, that always goes out at once.",
        limit=f["limit"],
    ),
    "PhoneUnclear": lambda t, f: t("That is no phone number. Please send its digits, for example 13800000000."),
    "NotServed": lambda t, f: t("Your district isn't served here yet. Please call the city hotline 12345."),
    "UnknownPhone": lambda t, f: t("This number isn't in the registry."),
    "NotOwnContact": lambda t, f: t(
        "That is somebody else's contact. Please tap “Share my phone number” to share your own."
    ),
    "QuestionsOpen": lambda t, f: t(
        "This message was not kept: please answer the questions above first, and then send it again."
    ),
    "FileTooBig": lambda t, f: t("Files over 20 MB can't be taken. Please send a shorter or smaller one."),
    "KindUnusable": lambda t, f: t(
        "I can't do anything with this. Please send words, a photo, a voice message, a video or a location."
    ),
    "BindRefused": _bind,
}


def stands_now(t: Translator) -> Html:
    """Above the card of the case, which shows why a button or words changed nothing."""
    return t("The case has moved on meanwhile. This is how it stands now:")


def refused(t: Translator, refusal: Refusal) -> Screen:
    return Screen(SENTENCES[refusal.fact](t, refusal.facts))


def unknown_message(t: Translator) -> Screen:
    """A reply to a message that belongs to no case."""
    return Screen(t("The message that you replied to belongs to no case. Your cases: /mine, open work: /todo"))


def for_nobody(t: Translator) -> Screen:
    """Words of staff that reply to nothing."""
    return Screen(t("What you wrote was sent to nobody: reply to a message of the case that it is for."))


def unknown_command(t: Translator, command: str) -> Screen:
    """What begins with a slash is never passed on."""
    return Screen(
        t(
            "There is no command “{command}”, nothing was passed on. To say it, leave out the slash. Commands: /help",
            command=command[:32],
        )
    )


def not_sent(t: Translator, words: str) -> Screen:
    """What was written for a question that another one has taken the place of."""
    return Screen(lines(t("This was not sent, since you went on with something else:"), parts.quote(words)))


def edited_too_late(t: Translator) -> Screen:
    """Somebody edited a message whose words were passed on before."""
    return Screen(t("What you have just edited was passed on as it was before. Please send what is new once more."))


def edit_not_taken(t: Translator) -> Screen:
    """Somebody edited a message that waits for nothing (any more)."""
    return Screen(t("What you have just edited reaches nobody. Please send what is new once more."))


def old_button(t: Translator) -> Screen:
    return Screen(t("This button is from an earlier version and does nothing any more. Send /start to go on."))


def in_effect(t: Translator) -> str:
    """On a second tap, after the first has ended what was asked."""
    return t("Your last tap has taken effect; this one changes nothing.")


def slow_down(t: Translator) -> Screen:
    return Screen(
        t(
            "You write faster than I can read. Nothing is lost: I go on in a few seconds. "
            "In danger call 119, 110 or 120."
        )
    )
