"""What the buttons of acts say, by what they carry, and what the events are called that come of them."""

from collections.abc import Callable, Mapping

from complaints.lifecycle.acts import ACT_OF
from complaints.model.events import Event
from views.framework.translator import Translator

Label = Callable[[Translator], str]


def label(t: Translator, button: str, wording: str = "") -> str:
    """What the button of an act says; a few are worded otherwise for an office, or in answer to a date."""
    return (WORDINGS[button, wording] if wording else LABELS[button])(t)


def act_of(t: Translator, event: Event | None) -> str:
    """The act that an event came of, as its button says it."""
    act = ACT_OF.get(type(event)) if event else None
    return label(t, act.verb) if act and act.verb in LABELS else ""


def happened(t: Translator, event: str) -> str:
    """An event of the ledger in a few words; its own name where there are none."""
    return EVENTS[event](t) if event in EVENTS else event


LABELS: Mapping[str, Label] = {
    # whoever reads it
    "card": lambda t: t.p("button", "See progress"),
    "sum": lambda t: t.p("button", "How was the deadline counted?"),
    "details": lambda t: t.p("button", "Details"),
    "work": lambda t: t.p("button", "Handle it"),
    # the household
    "supplement": lambda t: t.p("button", "Add something"),
    "urge": lambda t: t.p("button", "Urge"),
    "in_danger": lambda t: t.p("button", "In danger"),
    "no_danger": lambda t: t.p("button", "No danger"),
    "transcribe": lambda t: t.p("button", "Write down the voice"),
    "correct": lambda t: t.p("button", "Change it"),
    "name_matter": lambda t: t.p("button", "Say what it is"),
    "withdraw": lambda t: t.p("button", "Withdraw"),
    "withdraw_sure": lambda t: t.p("button", "Yes, withdraw"),
    "agree": lambda t: t.p("button", "Agree"),
    "counter": lambda t: t.p("button", "Another date"),
    "refuse": lambda t: t.p("button", "Don't agree"),
    "ask_rating": lambda t: t.p("button", "Rate the result"),
    "may_close": lambda t: t.p("button", "Yes, it may"),
    "not_done": lambda t: t.p("button", "Not done yet"),
    "invite": lambda t: t.p("button", "Let my family follow"),
    "unfollow": lambda t: t.p("button", "Stop following"),
    # the company, and whoever else handles it
    "reply": lambda t: t.p("button", "Reply"),
    "acknowledge": lambda t: t.p("button", "I know, I am on my way"),
    "take_over": lambda t: t.p("button", "I will handle it"),
    "name_handler": lambda t: t.p("button", "Name a handler"),
    "hand_on": lambda t: t.p("button", "Hand on"),
    "sort_later": lambda t: t.p("button", "Check first, sort later"),
    "correct_matter": lambda t: t.p("button", "Another matter"),
    "on_the_spot": lambda t: t.p("button", "Solved on the spot"),
    "mend": lambda t: label(t, "on_the_spot"),
    "beyond": lambda t: t.p("button", "Beyond the company, report it"),
    "resolve": lambda t: t.p("button", "Submit the result"),
    "progress": lambda t: t.p("button", "Report progress"),
    "contact": lambda t: t.p("button", "Contact the resident"),
    "ask_closing": lambda t: t.p("button", "May the case be closed like this?"),
    "phone": lambda t: t.p("button", "Show phone"),
    "visited": lambda t: t.p("button", "Looked at on site"),
    "more_time": lambda t: t.p("button", "Ask for more time"),
    "agree_too": lambda t: label(t, "agree"),
    "refuse_too": lambda t: label(t, "refuse"),
    "commit": lambda t: t.p("button", "Give a date"),
    "preliminary": lambda t: t.p("button", "Preliminary result"),
    "called": lambda t: t.p("button", "Called the resident"),
    "unreached": lambda t: t.p("button", "Couldn't reach the resident"),
    "review": lambda t: t.p("button", "Ask for review"),
    "sign": lambda t: t.p("button", "Sign for it"),
    "report_done": lambda t: t.p("button", "Report the order as done"),
    # the bureau
    "supervise": lambda t: t.p("button", "Supervise"),
    "list": lambda t: t.p("button", "List publicly"),
    "raise": lambda t: t.p("button", "Raise"),
    "convene": lambda t: t.p("button", "Convene"),
    "waive": lambda t: t.p("act", "no act needed"),
    "refer": lambda t: t.p("button", "Refer"),
    "accept": lambda t: t.p("button", "Accept"),
    "send_back": lambda t: t.p("button", "Send back"),
    "name_one": lambda t: t.p("button", "Name who is responsible"),
    "review_yes": lambda t: t.p("button", "The rating counts"),
    "review_no": lambda t: t.p("button", "The rating doesn't count"),
    "sign_bureau": lambda t: t.p("button", "Sign off"),
    "strike_off": lambda t: t.p("button", "Strike off"),
    # departments and the street
    "take_in": lambda t: label(t, "accept"),
    "hand_back": lambda t: label(t, "send_back"),
    "renew_yes": lambda t: t.p("button", "Grant another period"),
    "renew_no": lambda t: t.p("button", "Don't grant it"),
    "unsolvable": lambda t: t.p("button", "Can't be solved soon"),
    "plan": lambda t: t.p("button", "Submit the plan"),
    "penalty": lambda t: t.p("button", "Penalty"),
    "street_contact": lambda t: t.p("button", "Resident contacted"),
    "finding": lambda t: t.p("button", "Confirm whether it is so"),
    "entrust": lambda t: t.p("button", "Entrust the community with it"),
    "sign_street": lambda t: label(t, "sign_bureau"),
}
WORDINGS: Mapping[tuple[str, str], Label] = {
    ("resolve", "office"): lambda t: t.p("button", "Conclude"),
    ("progress", "office"): lambda t: t.p("button", "Give feedback"),
    ("contact", "office"): lambda t: t.p("button", "Write to the resident"),
    ("more_time", "counter"): lambda t: label(t, "counter"),
}
EVENTS: Mapping[str, Label] = {
    "Filed": lambda t: t.p("event", "filed"),
    "Transcribed": lambda t: t.p("event", "voice message written down"),
    "TranscriptDrafted": lambda t: t.p("event", "voice message heard by a program"),
    "TranscriptCorrected": lambda t: t.p("event", "what a voice message says corrected"),
    "DangerRaised": lambda t: t.p("event", "said that there is danger"),
    "DangerDenied": lambda t: t.p("event", "said that there is no danger"),
    "MatterNamed": lambda t: t.p("event", "said what it is about"),
    "Joined": lambda t: t.p("event", "another household joined"),
    "Supplemented": lambda t: t.p("event", "resident added something"),
    "Urged": lambda t: t.p("event", "resident urged"),
    "HouseholdWithdrew": lambda t: t.p("event", "a household left"),
    "Erased": lambda t: t.p("event", "a household had its personal data deleted"),
    "Withdrawn": lambda t: t.p("event", "withdrawn"),
    "Acknowledged": lambda t: t.p("event", "acknowledged"),
    "Answered": lambda t: t.p("event", "answered"),
    "Classified": lambda t: t.p("event", "sorted"),
    "DateProposed": lambda t: t.p("event", "date proposed"),
    "DateAgreed": lambda t: t.p("event", "date agreed"),
    "DateRefused": lambda t: t.p("event", "date refused"),
    "Progressed": lambda t: t.p("event", "progress told"),
    "MatterCorrected": lambda t: t.p("event", "named another matter"),
    "Visited": lambda t: t.p("event", "looked at on site"),
    "Contacted": lambda t: t.p("event", "words relayed"),
    "PhoneShown": lambda t: t.p("event", "phone number shown"),
    "ClosingAsked": lambda t: t.p("event", "asked whether it can be closed"),
    "ClosingAnswered": lambda t: t.p("event", "closing answered"),
    "Resolved": lambda t: t.p("event", "resolved"),
    "Rated": lambda t: t.p("event", "rated"),
    "RatingExplained": lambda t: t.p("event", "rating explained"),
    "Reopened": lambda t: t.p("event", "reopened"),
    "Closed": lambda t: t.p("event", "closed"),
    "Nudged": lambda t: t.p("event", "nudged"),
    "Expired": lambda t: t.p("event", "time ran out"),
    "RulesChanged": lambda t: t.p("event", "deadlines by the rules of a new version"),
    "MetLate": lambda t: t.p("event", "done late"),
    "TakenOver": lambda t: t.p("event", "taken over by the company's head"),
    "Assigned": lambda t: t.p("event", "handed on"),
    "HandlerLost": lambda t: t.p("event", "handler can't be reached"),
    "Accepted": lambda t: t.p("event", "accepted by the bureau"),
    "SentBack": lambda t: t.p("event", "sent back"),
    "Supervised": lambda t: t.p("event", "order given"),
    "OrderWorded": lambda t: t.p("event", "order worded"),
    "Signed": lambda t: t.p("event", "order signed for"),
    "Listed": lambda t: t.p("event", "listed"),
    "Raised": lambda t: t.p("event", "raised"),
    "Convened": lambda t: t.p("event", "meeting convened"),
    "Referred": lambda t: t.p("event", "referred"),
    "Waived": lambda t: t.p("event", "waived with reasons"),
    "ReportedDone": lambda t: t.p("event", "order reported done"),
    "ReviewAsked": lambda t: t.p("event", "review of the rating asked"),
    "ReviewDecided": lambda t: t.p("event", "review decided"),
    "Called": lambda t: t.p("event", "resident called"),
    "ContactTried": lambda t: t.p("event", "tried to reach the resident"),
    "ContactFailed": lambda t: t.p("event", "resident not reached"),
    "Committed": lambda t: t.p("event", "date given"),
    "PreliminaryGiven": lambda t: t.p("event", "preliminary result given"),
    "ReferralAccepted": lambda t: t.p("event", "taken in by the department"),
    "ReferralReturned": lambda t: t.p("event", "returned by the department"),
    "DeclaredUnsolvable": lambda t: t.p("event", "said to be unsolvable for now"),
    "RenewalAsked": lambda t: t.p("event", "another period asked"),
    "RenewalDecided": lambda t: t.p("event", "another period decided on"),
    "PlanSubmitted": lambda t: t.p("event", "plan submitted"),
    "PlanProgressed": lambda t: t.p("event", "the plan's progress told"),
    "LeadReceived": lambda t: t.p("event", "lead received"),
    "LeadVerified": lambda t: t.p("event", "lead verified"),
    "PenaltyOpened": lambda t: t.p("event", "proceedings opened"),
    "PenaltyExtended": lambda t: t.p("event", "proceedings extended"),
    "PenaltyDecided": lambda t: t.p("event", "penalty decided"),
    "StreetContacted": lambda t: t.p("event", "contacted by the street"),
    "Redelivered": lambda t: t.p("event", "delivered again by the hotline"),
    "ReportedBeyond": lambda t: t.p("event", "said to be beyond the company"),
    "FindingConfirmed": lambda t: t.p("event", "found to be so, or not"),
    "SignOffEntrusted": lambda t: t.p("event", "community entrusted with the signature"),
    "SignedOff": lambda t: t.p("event", "signed off"),
    "StruckOff": lambda t: t.p("event", "struck off"),
    "Recomputed": lambda t: t.p("event", "deadline counted anew"),
}
