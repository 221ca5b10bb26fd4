"""Screens about binding a group to a district or city."""

from views.framework.callbacks import menu
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator


def bind_line(t: Translator, code: str, name: str) -> Screen:
    """The line to post in the group; the code is good for an hour."""
    out = Lines()(t("Add me to the group of {name} and post this line there:", name=name), f"<code>/bind {code}</code>")
    return Screen(str(out(t("It is good for one hour and one group. I then ask you here to confirm."))))


def confirm_bind(t: Translator, title: str, name: str, token: str) -> Screen:
    out = t("Bind the group 「{title}」 as the working group of {name}?", title=title, name=name)
    return Screen(out, rows([
        Button(t.p("button", "Confirm"), menu("bind", token)),
        Button(t.p("button", "Cancel"), menu("unbind", token)),
    ]))  # fmt: skip


def code_seen(t: Translator) -> Screen:
    return Screen(t("Thank you. I have asked the officer in private to confirm."))


def bound(t: Translator, name: str) -> Screen:
    return Screen(
        t(
            "This group is now the working group of {name}. Copies and overdue cases come here; no personal data does.",
            name=name,
        )
    )


def bound_private(t: Translator, title: str, name: str) -> Screen:
    return Screen(t("Done: 「{title}」 is the working group of {name}.", title=title, name=name))


def not_bound(t: Translator) -> Screen:
    return Screen(t("Cancelled, the group isn't bound."))


def how_to_bind(t: Translator) -> Screen:
    """To a group that nobody has bound; the bot leaves after 15 minutes."""
    return Screen(
        t(
            "This group isn't bound, so I say nothing here. An officer sends /bind to me in private and posts the line "
            "here. Otherwise I leave in 15 minutes."
        )
    )


def replaced(t: Translator) -> Screen:
    """To the group that was the working group until now."""
    return Screen(t("This group isn't the working group any more: another one has been bound in its place."))


def group_lost(t: Translator, title: str, name: str) -> Screen:
    text = t(
        "I was removed from 「{title}」, the working group of {name}. Add me to it again, or bind another: /bind",
        title=title,
        name=name,
    )
    return Screen(text)


def sees_everything(t: Translator, *, bound: bool, topics_only: bool) -> Screen:
    """To a group that has made the bot an administrator."""
    out = Lines()(
        t(
            "I am an administrator here now. From now on Telegram shows me everything that is written in this group. "
            "I read only commands and answers to me, and keep nothing of the rest."
        )
    )
    if topics_only:
        out(t("“Manage topics” is the only right that I have, and all that I need."))
    elif bound:
        out(t("To change that, take the right back; to let me make topics, leave me only “Manage topics”."))
    else:
        out(t("I don't need it here: you can take the right back."))
    return Screen(str(out))


def no_topics(t: Translator) -> Screen:
    """To a group with topics in which the bot may make none."""
    return Screen(
        str(
            Lines()(
                t("Each street should have its topic here, but I may not make topics. Until then all comes here."),
                t(
                    "To allow it: group settings → Administrators → add me, and switch on only “Manage topics”. "
                    "Or make a topic with the street's name yourselves, and I use it."
                ),
            )
        )
    )
