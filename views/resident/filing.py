"""Screens of filing: a resident says it, taps it, sends it."""

from collections.abc import Sequence

from complaints.model.complaint import Complaint
from complaints.model.people import File, Person, Statement
from complaints.policy.catalogue import UNSAID, Catalogue, Group, Matter
from complaints.usecases.resident.filing import Draft
from views.framework import parts, shelves, terms, ways_out
from views.framework.act_labels import label
from views.framework.callbacks import form
from views.framework.case_names import labelled
from views.framework.formats import day
from views.framework.screen import Button, Lines, Screen, laid, lines, rows
from views.framework.shelves import Steps
from views.framework.translator import Translator
from views.framework.ways_out import cancel

LONGEST = 3000  # characters of a description
SHELVES = Steps(opens="group", chooses="matter")
OFFERED = 8  # cases that words may belong to
SHOWN = 80  # of them on the summary, which is to fit on one screen


def back(t: Translator, to: str) -> Button:
    return ways_out.back(t, "back", to)


def ask_words(t: Translator) -> Screen:
    text = t("Please say what is wrong and where: words, voice, photos, a video or a location, as you like.")
    return Screen(text, rows([in_danger(t), cancel(t)]))


def in_danger(t: Translator) -> Button:
    """「有危险」 stands on the first screen of every filing, whatever was said, also where nothing was said yet."""
    return Button(label(t, "in_danger"), form("danger", "now"))


def draft_waiting(t: Translator, words: str) -> Screen:
    """A draft is offered again."""
    out = Lines()(t("You have a draft that wasn't submitted:"), parts.quote(words or t("(without words)")))
    go_on = Button(t.p("button", "Go on with it"), form("resume"))
    return Screen(str(out), rows([go_on, Button(t.p("button", "Start anew"), form("anew")), cancel(t)]))


def choose_matter(t: Translator, likely: Sequence[Matter], *, dangerous: bool) -> Screen:
    """「有危险」 comes first where the words sound so."""
    out = Lines()(t("What is it about? Tap the one that fits."))
    out(t("Somebody hurt, trapped or in danger? Tap “In danger” and it goes out at once.") if dangerous else "")
    matters = [Button(t.of(m.label), form("matter", m.id)) for m in likely]
    other = Button(t.p("button", "Other kinds"), form("groups"))
    if not dangerous:
        return Screen(str(out), rows(*([m] for m in matters), [in_danger(t), other, cancel(t)]))
    return Screen(str(out), rows([in_danger(t)], matters[:1], matters[1:], [other, cancel(t)]))


def choose_group(t: Translator, catalogue: Catalogue, *, dangerous: bool = False) -> Screen:
    """Six groups with pictures, and a way on for whoever can't say which."""
    unsaid = Button(t.p("button", "I can't say, let the property service sort it"), form("matter", UNSAID.id))
    text = t("What kind of problem is it?")
    shelved = shelves.groups(t, catalogue, SHELVES)
    first, last = ([in_danger(t)], []) if dangerous else ([], [in_danger(t)])
    return Screen(text, rows(first, *shelved, last, [unsaid, cancel(t)]))


def choose_in_group(t: Translator, group: Group, matters: Sequence[Matter], page: int = 0) -> Screen:
    """A few matters of the shelf at a time, and always the one for what is left."""
    *pages, rest = shelves.shelf(t, group, matters, page, SHELVES)
    return Screen(shelves.question(t, group), rows(*pages, [*rest, back(t, "groups"), cancel(t)]))


def further(t: Translator, screen: Screen, matter: Matter) -> Screen:
    """What else was said in the same message is offered when the first is on its way."""
    text = t("You also mentioned: {matter}. Shall it be reported as well?", matter=t.of(matter.label))
    taps = [
        Button(t.p("button", "Report it, too"), form("further", matter.id)),
        Button(t.p("button", "No, that's all"), form("enough")),
    ]
    return Screen("\n\n".join(part for part in (screen.text, text) if part), rows(taps))


def enough(t: Translator) -> Screen:
    return Screen(t("All right. You can say more at any time."))


def alike(t: Translator, complaint: Complaint, matter: Matter, draft: Draft, *, phone: bool) -> Screen:
    """The case in one line, and what the manager would see of whoever joins, which can be changed before."""
    count = len(complaint.households)
    out = Lines()(
        t("There is an open case like this in your community:"),
        t(
            "{matter} ({building}), filed {day}",
            matter=t.of(matter.label),
            building=complaint.building or "—",
            day=day(t, complaint.filed_at),
        ),
        t.n("{count} household has reported it", "{count} households have reported it", count),
    ).gap()
    out(_joining(t, draft), *_reached(t, draft, matter, phone=phone))
    me_too = Button(t.p("button", "Me too"), form("me_too", str(complaint.id)))
    go_on = Button(t.p("button", "Different, go on"), form("different"))
    return Screen(str(out), rows([me_too, go_on], *_ways(t, matter), [back(t, "matter"), cancel(t)]))


def _joining(t: Translator, draft: Draft) -> str:
    """As the manager's notice names a household that joins."""
    if draft.contact == "anonymous":
        return t("If you join, the manager sees your words, and that one more household is affected, not which one.")
    home = f"{draft.home.building} {draft.home.room}".strip() or "—"
    return t("If you join, the manager sees your words and: {home}", home=home)


def contact_label(t: Translator, which: str) -> str:
    return {
        "phone": t.p("button", "You may call me"),
        "bot": t.p("button", "Contact me here only"),
        "anonymous": t.p("button", "Don't tell the property service who I am"),
    }[which]


def summary(
    t: Translator,
    draft: Draft,
    matter: Matter,
    project: str,
    *,
    phone: bool,
    withheld: bool = False,
    client: Person | None = None,
) -> Screen:
    """The card as the manager will see it; `withheld`: a place was typed of which only the building is passed on.

    `client`: for whom somebody else files, who has to ask them.
    """
    out = Lines()(t("<b>This is what the manager will see</b>"))
    out(t("{matter} ({kind})", matter=t.of(matter.label), kind=terms.kind(t, draft.kind)))
    room = "" if draft.contact == "anonymous" else draft.home.room
    out(t("Place: {place}", place=" ".join(p for p in (project, draft.building, room) if p)))
    out(t("Of the place that you named only the building is passed on.") if withheld else "")
    out(_folded(t, draft.text), parts.files(t, Statement(id=0, media=draft.media)))
    out(*(_client_reached(t, draft, client) if client else _reached(t, draft, matter, phone=phone)))
    kinds = ("repair", "complaint", "suggestion")
    following = kinds[(kinds.index(draft.kind) + 1) % 3]
    return Screen(
        str(out),
        rows(
            [
                Button(t.p("button", "Submit"), form("submit")),
                Button(t.p("button", "Change"), form("change")),
                cancel(t),
            ],
            *_ways(t, matter),
            [Button(t("Change to: {kind}", kind=terms.kind(t, following)), form("kind", following)), back(t, "matter")],
        ),
    )


def _folded(t: Translator, words: str) -> str:
    """The first lines, and how much more there is: whoever submits has just written it."""
    shown = "\n".join(words.split("\n")[: parts.FOLD_AFTER])[:SHOWN].rstrip()
    rest = len(words) - len(shown)
    more = t.n("… and {count} more character", "… and {count} more characters", rest) if rest else ""
    return lines(parts.quote(shown), more)


def _reached(t: Translator, draft: Draft, matter: Matter, *, phone: bool) -> list[str]:
    """How the manager may reach the household, and what stays hidden."""
    if draft.contact == "phone" and not phone:
        return [t("You have left no phone number, so they can only write to you here.")]
    return [
        t("How to reach me: {way}", way=contact_label(t, draft.contact)),
        *(_anonymous(t, draft, matter) if draft.contact == "anonymous" else []),
    ]


def _client_reached(t: Translator, draft: Draft, client: Person) -> list[str]:
    """The same of somebody else, whom the reader has to ask."""
    calls = contact_label(t, "phone")
    return [
        t("How to reach the resident: {way}", way=contact_label(t, draft.contact)),
        t("If the resident agrees to calls, tap “{button}”.", button=calls) if draft.contact == "bot" else "",
        t("The resident doesn't use Mashang yet: without calls they read the answer only once they have joined.")
        if draft.contact != "phone" and not client.has_joined
        else "",
    ]


def _anonymous(t: Translator, draft: Draft, matter: Matter) -> list[str]:
    """What stays hidden, and what could still tell who it is."""
    why = t("This is about the company itself, so it isn't told who you are; tap below to change that.")
    voice = any(f.kind in ("voice", "audio", "video", "video_note") for f in draft.media)
    return [
        why if matter.conduct else "",
        t(
            "Whoever handles the case, also an office, doesn't learn your name, phone or room; the company gets no "
            "documents or locations from you."
        ),
        t("Your voice or picture could be recognised: write instead, if you prefer.") if voice else "",
    ]


def _ways(t: Translator, matter: Matter) -> list[list[Button]]:
    """How to be reached, the likeliest first: unknown to the company where it is about the company."""
    taps = {which: Button(contact_label(t, which), form("contact", which)) for which in ("phone", "bot", "anonymous")}
    ways = [[taps["phone"], taps["bot"]], [taps["anonymous"]]]
    return ways[::-1] if matter.conduct else ways


def change_what(t: Translator) -> Screen:
    text = t("What would you like to change?")
    return Screen(
        text,
        rows(
            [
                Button(t.p("button", "The description"), form("change_words")),
                Button(t.p("button", "The kind of problem"), form("groups")),
                Button(t.p("button", "The place"), form("change_place")),
            ],
            [back(t, "summary"), cancel(t)],
        ),
    )


def ask_new_words(t: Translator) -> Screen:
    return Screen(t("Please write the description anew."), rows([back(t, "summary"), cancel(t)]))


def ask_new_place(t: Translator) -> Screen:
    text = t("Where exactly? For example: Building 3, lift on the left")
    return Screen(text, rows([back(t, "summary"), cancel(t)]))


def or_more(t: Translator, first: int, count: int) -> Screen:
    """Free words of a resident with an open case: so many messages, of which the `first` names them all."""
    one = t("Does this belong to your open case, or is it something new?")
    more = t("Do these {count} messages belong to your open case, or are they something new?", count=count)
    text = one if count == 1 else more
    adds = Button(label(t, "supplement"), form("adds", about=first))
    return Screen(text, rows([adds, Button(t.p("button", "New problem"), form("fresh", about=first))]))


def which_case(t: Translator, cases: Sequence[tuple[Complaint, str]], first: int) -> Screen:
    taps = [Button(label, form("adds", str(c.id), first)) for c, label in labelled(t, cases[:OFFERED])]
    return Screen(t("Which case does it belong to?"), laid(taps, cancel(t, first)))


def draft_first(t: Translator, words: str) -> Screen:
    """One draft at a time: what was to become another one goes on waiting."""
    out = Lines()(t("Please submit or drop your draft first; what you have just sent waits above until then:"))
    out(parts.quote(words or t("(without words)")))
    go_on = Button(t.p("button", "Go on with it"), form("resume"))
    return Screen(str(out), rows([go_on, Button(t.p("button", "Start anew"), form("anew")), cancel(t)]))


def album_grew(t: Translator, screen: Screen, files: Sequence[File]) -> Screen:
    """The reply to an album says how much of it has arrived."""
    noted = parts.files(t, Statement(id=0, media=tuple(files)))
    return Screen(f"{screen.text}\n{noted}", screen.buttons)


def cancelled(t: Translator) -> Screen:
    return Screen(t("Cancelled, nothing was sent."))


def left(t: Translator) -> Screen:
    """「取消」 where there was nothing to send."""
    return Screen(t("All right, all stays as it is."))


def nothing_to_cancel(t: Translator) -> Screen:
    return Screen(t("There is nothing to cancel."))


def expired_form(t: Translator) -> Screen:
    return Screen(t("This step is over. Write what is wrong, or send /report, to begin anew."))


def submitted(t: Translator) -> Screen:
    return Screen(t("Submitted. Your receipt follows."))


def joined(t: Translator) -> Screen:
    return Screen(t("You are part of the case now. Your receipt follows."))
