"""Screens about personal data and their deletion, with the same numbers as PRIVACY.md."""

from collections.abc import Sequence
from datetime import timedelta

from complaints.policy import retention_periods
from views.framework import parts, ways_out
from views.framework.callbacks import menu
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.screen import lines as lines_of
from views.framework.translator import Translator


def lines(t: Translator, processor: str = "") -> list[str]:
    """The notice in short; those who read the data are those of every pack.

    《个人信息保护法》 17: who processes, for what, and how; 38 and 39: that it goes abroad, with a consent of its own.
    """
    own = [t("Processed by: {processor}", processor=processor)] if processor else []
    return [
        t(
            "1. We keep what you write and send, your building and room, and your phone if you share it, "
            "to handle and supervise what you report."
        ),
        t(
            "2. What you report is read by the property's manager and head, the housing bureau, street, community, "
            "grid leader and government duty desk of your area, a department that has a part in it, "
            "and disciplinary inspectors."
        ),
        t("3. Groups never see your name, phone, room or photos."),
        t("4. You can stay anonymous towards the property service."),
        t("5. You can read, export or delete your data at any time: /privacy"),
        t(
            "6. Messages pass through Telegram, whose servers are abroad. By going on you consent to that separately; "
            "without it, please use the telephone of your property service or 12345."
        ),
        *own,
    ]


def agree(t: Translator) -> Button:
    return Button(t.p("button", "Agree and go on"), menu("consent"))


def in_short(t: Translator, processor: str = "") -> str:
    return lines_of(t("<b>How we treat your data</b>"), *lines(t, processor))


def full(t: Translator, phone_days: int, *, asks: bool, processor: str = "") -> Screen:
    """The whole notice; `asks` for consent where it hasn't been given."""
    out = Lines()(in_short(t, processor)).gap()
    out(t("Your data serves your cases only: answering them, supervising them, and counting them without names."))
    out(
        t(
            "Your phone is shown only to whoever handles your case, only if you allow it, for {minutes} minutes, and "
            "every look is on record.",
            minutes=_minutes(retention_periods.PHONE_VISIBLE_FOR),
        ),
        t(
            "Kept: messages as they came {raw} days, drafts {drafts} days, the wording of what we sent {sent} days, "
            "your phone until {phone} days after your last case.",
            raw=retention_periods.RAW_UPDATES.days,
            drafts=retention_periods.DIALOGUES.days,
            sent=retention_periods.RENDERINGS.days,
            phone=phone_days,
        ),
    )
    out(t("Nothing is sold, and nobody but those named above gets it. Questions: your district housing bureau."))
    own = [
        Button(t.p("button", "Export my data"), menu("export")),
        Button(t.p("button", "Delete my data"), menu("erase")),
    ]
    return Screen(str(out), rows([agree(t) if asks else None], own))


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def exporting(t: Translator) -> Screen:
    return Screen(t("Two files with all that we keep about you follow: one to read, one for programs."))


def ask_to_erase(t: Translator, *, open_cases: int, staff: bool) -> Screen:
    """What will happen, before it happens."""
    out = Lines()(t("<b>Delete your personal data?</b>"))
    own = t("Deleted are your name, phone, homes and drafts, and your words and photos in every case.")
    out(own if not staff else t("Deleted are your homes and drafts, and what you wrote as a resident in any case."))
    if open_cases:
        out(
            t.n(
                "You have {count} open case. It goes on without you: you get no news, nobody can ask you.",
                "You have {count} open cases. They go on without you: you get no news, nobody can ask you.",
                open_cases,
            )
        )
        out(t("If you want them closed, cancel here and withdraw them first: /mine"))
    out(t("The case itself stays without you, with a mark that nobody can read, so that people are counted once."))
    if staff:
        out(
            t(
                "Your name, work phone and duties stay in the registry until {days} days after a duty has ended; what "
                "you wrote as staff stays with the cases.",
                days=retention_periods.TERMS.days,
            )
        )
    out(t("What is deleted can't be brought back."))
    yes = Button(t.p("button", "Yes, delete"), menu("erase", "yes"))
    return Screen(str(out), rows([yes, ways_out.cancel(t)]))


def erased(t: Translator, *, staff: bool) -> Screen:
    """The last word; residents begin anew, and so lose their keys."""
    done = t(
        "Your personal data are deleted. Where we could, messages with your words were deleted in other chats too."
    )
    if staff:
        done = t("Your data as a resident are deleted, and where we could the messages with your words elsewhere.")
    return Screen(str(Lines()(done, t("If you write again, we begin anew: /start"))), keyboard=None if staff else ())


def family_told(t: Translator, numbers: Sequence[str]) -> Screen:
    """To whoever followed these cases beside the household that is gone."""
    found = parts.joined(t(", "), numbers)
    return Screen(
        t(
            "Your family has had its personal data deleted; what you followed isn't shown any more: {numbers}",
            numbers=found,
        )
    )


# --- the handler --------------------------------------------------------------------------------------------------
