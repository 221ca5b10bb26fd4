"""The guided tour: a complaint until the bureau's order, in Chengdu to its end; each step with its clause."""

from dataclasses import asdict, dataclass
from typing import Any

from complaints.model.events import Disposition, Level
from complaints.policy.catalogue import Catalogue
from complaints.policy.pack import Pack
from views.framework import terms
from views.framework.act_labels import label
from views.framework.translator import Translator, translator

TOURED = "chengdu"  # the pack whose rules the eight steps show; in other cities the tour ends with the order
# Whose time runs out in the tour, by pack; others have none.
WATCHED = {TOURED: "respond", "pudong": "contact", "changzhi": "assign", "county": "triage"}
LIFT = "lift_stopped"
PHOTO = "lift.jpg"  # one of the page's sample photos


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing to do: on a telephone a poster, words (with a sample photo) or a label to tap; or the clock to move.

    `pause`: the one sentence beside the card with that label, while all else is dimmed and the lateness counts up.
    `signs`: with it an order is signed for, which is said from then on.
    """

    phone: str = ""
    poster: bool = False
    say: str = ""
    photo: str = ""
    tap: str = ""
    clock: str = ""
    pause: str = ""
    signs: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """`clause` is where the document says so; empty where a rule is our own."""

    title: str
    words: str
    clause: str
    moves: tuple[Move, ...]


def tour(t: Translator, pack: Pack, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The steps for JSON; none for a pack that they don't show."""
    if pack.id not in WATCHED:
        return []
    to_the_end = (_takeover, _rating, _end) if pack.id == TOURED else ()
    by_pack = (_nudges, _expiry, _order, *to_the_end)
    steps = [_coming_in(t), _filing(t, pack, catalogue), *(step(t, pack) for step in by_pack)]
    return [asdict(step) for step in steps]


def _coming_in(t: Translator) -> Step:
    return Step(
        title=t("A resident comes in"),
        words=t("Ms Wang scans the poster in the lift. She agrees to the privacy notice and says where she lives."),
        clause="《个人信息保护法》第十四条、第十七条",
        moves=(
            Move(phone="resident", poster=True),
            Move(phone="resident", tap=t.p("button", "Agree and go on")),
            Move(phone="resident", say=t("Building 3, room 1201")),
            Move(phone="resident", tap=t.p("menu", "Share my phone number")),
        ),
    )


def _filing(t: Translator, pack: Pack, catalogue: Catalogue) -> Step:
    return Step(
        title=t("She says what is wrong"),
        words=t("Words and a photo are enough; the bot proposes the matter. Manager, head and bureau know at once."),
        clause=str(pack.demand("pushed")),
        moves=(
            Move(phone="resident", say=t("The lift of building 3 is broken and stands on floor 1"), photo=PHOTO),
            Move(phone="resident", tap=t.of(catalogue.get(LIFT).label)),
            Move(phone="resident", tap=t.p("button", "Submit")),
        ),
    )


def _nudges(t: Translator, pack: Pack) -> Step:
    words = t("Nobody answers. Whoever must act is reminded before the time is up.")
    if pack.id == TOURED:
        words = t(
            "Nobody answers. At 50, 75 and 90 % of the time the manager is nudged, from 75 % on the head as well."
        )
    return Step(
        title=t("The clock runs"),
        words=words,
        clause=str(pack.demand("warned")),
        moves=(Move(clock="deadline"),) * len(pack.stage(WATCHED[pack.id]).nudges),
    )


def _expiry(t: Translator, pack: Pack) -> Step:
    stage = pack.stage(WATCHED[pack.id])
    words = t("“{stage}” is overdue: the bureau's group is alerted.", stage=t.of(stage.name))
    if pack.id == TOURED:
        words = t("Four hours are over: the company's head must handle it now, and the bureau's group is alerted.")
    pause = t("Nobody did it in time, and the bureau sees it at once. Press “{button}”.", button=_supervise())
    return Step(
        title=t("Time runs out"),
        words=words,
        clause=str(pack.demand("company_handles")) or str(stage.clause),
        moves=(Move(clock="deadline"), Move(phone="group", tap=_supervise(), pause=pause)),
    )


def _supervise() -> str:
    """A group reads Chinese, whatever the telephones speak."""
    return label(translator("zh"), "supervise")


def _takeover(t: Translator, pack: Pack) -> Step:
    return Step(
        title=t("The head takes over"),
        words=t("The head sorts the case and writes to the resident what is done. These words are the response."),
        clause=str(pack.demand("company_handles")),
        moves=(
            Move(phone="head", tap=_general(t, pack)),
            Move(phone="head", say=t("The lift company is here and replaces the door drive; running again by 18:00.")),
        ),
    )


def _general(t: Translator, pack: Pack) -> str:
    """The button by which a case is sorted as a general one."""
    return terms.disposition(t, pack, Disposition.GENERAL)


def _order(t: Translator, pack: Pack) -> Step:
    in_group = translator("zh")  # a group reads Chinese
    return Step(
        title=t("The bureau steps in"),
        words=t("An officer gives an order in three taps, and sees it before it goes out. The head must sign for it."),
        clause=str(pack.demand("warned")) or str(pack.stage("comply").clause),
        moves=(
            Move(phone="group", tap=in_group.p("button", "2 hours")),
            Move(phone="officer", tap=t.p("button", "Give the order")),
            Move(phone="head", tap=label(t, "sign"), signs=True),
        ),
    )


def _rating(t: Translator, pack: Pack) -> Step:
    return Step(
        title=t("The resident isn't satisfied"),
        words=t("The result is submitted, the resident rates it with one tap. Dissatisfied: the case is open again."),
        clause=str(pack.demand("rated")),
        moves=(
            Move(phone="head", tap=label(t, "resolve")),
            Move(phone="head", say=t("The door drive is replaced, the lift is running again.")),
            Move(phone="head", tap=t.p("button", "Submit")),
            Move(phone="resident", tap=terms.level(t, Level.DISSATISFIED)),
            Move(phone="resident", tap=terms.reasons(t)["unsolved"]),
        ),
    )


def _end(t: Translator, pack: Pack) -> Step:
    return Step(
        title=t("Done, and on record"),
        words=t("Mended for good, and rated. Look behind the scenes: every event stands in a chain nobody can change."),
        clause=str(pack.demand("told")),
        moves=(
            Move(phone="head", tap=label(t, "work")),
            Move(phone="head", tap=label(t, "resolve")),
            Move(phone="head", say=t("The control board is replaced as well; two hours of test runs went well.")),
            Move(phone="head", tap=t.p("button", "Submit")),
            Move(phone="resident", tap=terms.level(t, Level.SATISFIED)),
        ),
    )
