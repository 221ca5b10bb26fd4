"""Fixed notices of a filing, an expiry and a moved deadline, and what a group may read."""

from collections.abc import Iterable

from complaints.model.complaint import Complaint
from complaints.model.notice import Audience, Files, Notice
from complaints.model.party import Party
from complaints.model.roles import RecipientRole as R
from complaints.model.roles import Responsible

UNREACHABLE = "bureau.unreachable"
FILED = (
    Notice("resident.receipt", R.HOUSEHOLDS),
    Notice("manager.filed", R.MANAGER, files=Files.OF_EVENT),
    Notice("manager.filed_copy", R.COMPANY_HEAD, files=Files.OF_EVENT),
    Notice("bureau.filed", R.BUREAU_GROUP),
)
EXPIRED_FOR = {
    R.BUREAU_GROUP: "bureau.expired",
    R.SECTION_HEAD: "bureau.expired_private",
    R.BUREAU_DUTY: "bureau.expired_private",
    R.STREET: "bureau.expired_street",
    R.CITY_GROUP: "bureau.expired_city",
    R.DUTY_DESK: "bureau.expired_desk",
}
OFFICES = frozenset(EXPIRED_FOR)
NUDGED_AS = {R.STREET: "street.nudge", R.COMMUNITY: "street.nudge", R.DEPARTMENT: "department.nudge"}
# For whom a notice is written that everybody gets; who isn't here is of the company.
WRITTEN_FOR = {
    R.HOUSEHOLDS: Audience.RESIDENT,
    R.BUREAU_GROUP: Audience.BUREAU,
    R.CITY_GROUP: Audience.BUREAU,
    R.SECTION_HEAD: Audience.BUREAU,
    R.BUREAU_DUTY: Audience.BUREAU,
    R.STREET: Audience.STREET,
    R.COMMUNITY: Audience.STREET,
    R.DUTY_DESK: Audience.STREET,
    R.DEPARTMENT: Audience.DEPARTMENT,
}
# How a party is told what it owes.
TOLD_FOR: dict[Responsible, tuple[R, ...]] = {
    Responsible.MANAGER: (R.MANAGER,),
    Responsible.COMPANY_HEAD: (R.COMPANY_HEAD,),
    Responsible.SECTION_HEAD: (R.SECTION_HEAD,),
    Responsible.HOUSEHOLDS: (R.HOUSEHOLDS,),
    Responsible.BUREAU_AND_COMPANY: (R.HANDLER, R.SECTION_HEAD),
    Responsible.DEPARTMENT: (R.DEPARTMENT,),
    Responsible.STREET: (R.STREET,),
    Responsible.COMMUNITY: (R.COMMUNITY,),
    Responsible.DEVELOPMENT: (R.SECTION_HEAD,),
    Responsible.MARKET: (R.SECTION_HEAD,),
}


def recipients_of(party: Party, case: Complaint) -> tuple[R, ...]:
    """Who is told for a party; the offices of pricing and of the market have nobody here but the bureau.

    For the party that has the case in hand it is whoever was named to handle it.
    """
    return (R.HANDLER,) if party == case.holder and case.assignee is not None else TOLD_FOR[party.role]


def told_by(tell: Iterable[R], debtor: Party, case: Complaint) -> tuple[R, ...]:
    """Whom a pack tells, each once; who owes it stands where the pack says "debtor"."""
    found = (recipients_of(debtor, case) if recipient is R.DEBTOR else (recipient,) for recipient in tell)
    return tuple(dict.fromkeys(recipient for several in found for recipient in several))


def by_reader(recipient: R, what: str) -> str:
    """The kind of a notice that says the same to everybody, each in their own way."""
    return f"{WRITTEN_FOR.get(recipient, Audience.COMPANY).value}.{what}"


# Who is notified that a deadline has moved, by who is responsible for it.
MOVED_FOR: dict[Responsible, tuple[R, ...]] = {
    Responsible.MANAGER: (R.HANDLER, R.HOUSEHOLDS),
    Responsible.HANDLER: (R.HANDLER, R.HOUSEHOLDS),
    Responsible.COMPANY_HEAD: (R.HANDLER, R.COMPANY_HEAD, R.HOUSEHOLDS),
    Responsible.SECTION_HEAD: (R.SECTION_HEAD,),
    Responsible.HOUSEHOLDS: (R.HOUSEHOLDS,),
    Responsible.BUREAU_AND_COMPANY: (R.HANDLER, R.SECTION_HEAD, R.HOUSEHOLDS),
    Responsible.DEPARTMENT: (R.SECTION_HEAD,),
    Responsible.STREET: (R.SECTION_HEAD,),
    Responsible.COMMUNITY: (R.SECTION_HEAD,),
    Responsible.DEVELOPMENT: (R.SECTION_HEAD,),
    Responsible.MARKET: (R.SECTION_HEAD,),
}
MOVED_AS = {R.HOUSEHOLDS: "resident.recomputed", R.SECTION_HEAD: "bureau.recomputed"}


def kind_in_group(notice: Notice) -> str:
    """What a group reads of a notice: one that is written for the bureau as it is, of any other that it came there.

    A group stands in where nobody of the company can be reached, and may not read what is meant for one person.
    """
    return notice.kind if notice.audience is Audience.BUREAU else UNREACHABLE
