"""Who, seen from a case: relations to it, recipients of its notices, and who is responsible for its deadlines.

The roles of the registry are in `people`, and who must act now is `complaint.CaseOwner`.
"""

from enum import StrEnum


class Relation(StrEnum):
    """How somebody stands to a case; one person may stand in several ways."""

    HOUSEHOLD = "household"
    FIRST_HOUSEHOLD = "first_household"
    FAMILY = "family"  # follows beside a household
    COMPANY = "company"  # works for the company of the case, here
    HEAD = "head"
    HANDLER = "handler"  # must act now
    OFFICER = "officer"  # of the case's district
    CITY = "city"
    DEPARTMENT = "department"
    STREET = "street"
    COMMUNITY = "community"
    CALLER = "caller"  # the street while it must call the dissatisfied itself (浦建委物管〔2023〕55号 三(二))
    INSPECTOR = "inspector"  # reads what officers read, changes nothing (《物业服务企业投诉举报处理流程》 六(一))
    WATCHER = "watcher"  # reads, has no other right


class RecipientRole(StrEnum):
    """Who can be notified, seen from the case."""

    HOUSEHOLD = "household"  # one of them; a pack tells all
    HOUSEHOLDS = "households"
    MANAGER = "manager"
    DUTY = "duty"
    HANDLER = "handler"
    DEBTOR = "debtor"  # who owes what the clock stands for
    ASSIGNEE = "assignee"
    COMPANY_HEAD = "company_head"
    BUREAU_GROUP = "bureau_group"
    BUREAU_DUTY = "bureau_duty"
    SECTION_HEAD = "section_head"
    CITY_GROUP = "city_group"
    STREET = "street"
    COMMUNITY = "community"
    COMMITTEE = "committee"  # of the owners, which reads no words and no names
    GRID_LEADER = "grid_leader"
    DEPARTMENT = "department"
    DUTY_DESK = "duty_desk"  # of the government, which is notified of every danger
    CALLED_OUT = "called_out"  # whoever of the company has had the alarm of a danger, on duty by now or not
    RESOLVER = "resolver"  # whoever has submitted the result; who handles the case, where that is nobody here any more


GROUP_RECIPIENTS = (RecipientRole.BUREAU_GROUP, RecipientRole.CITY_GROUP)
COMPANY_RECIPIENTS = (
    RecipientRole.MANAGER, RecipientRole.DUTY, RecipientRole.HANDLER, RecipientRole.ASSIGNEE,
    RecipientRole.COMPANY_HEAD, RecipientRole.CALLED_OUT,
)  # fmt: skip


class Responsible(StrEnum):
    """Who has to keep a promise of a pack."""

    MANAGER = "manager"
    HANDLER = "handler"
    COMPANY_HEAD = "company_head"
    SECTION_HEAD = "section_head"
    HOUSEHOLDS = "households"
    BUREAU_AND_COMPANY = "bureau_and_company"  # either may keep it
    DEPARTMENT = "department"
    STREET = "street"
    COMMUNITY = "community"
    DEVELOPMENT = "development"
    MARKET = "market"


# The offices to which the bureau refers a case.
OF_OFFICES = (Responsible.DEPARTMENT, Responsible.STREET, Responsible.COMMUNITY)
OF_OFFICIALS = (Responsible.SECTION_HEAD, *OF_OFFICES, Responsible.DEVELOPMENT, Responsible.MARKET)
# Who of the company must meet a deadline, alone or beside the bureau.
OF_COMPANY = (Responsible.MANAGER, Responsible.HANDLER, Responsible.COMPANY_HEAD, Responsible.BUREAU_AND_COMPANY)

# To whom a company can report that something is beyond it (浦建委物管〔2023〕55号 三(一)).
BEYOND = (RecipientRole.COMMITTEE, RecipientRole.COMMUNITY, RecipientRole.STREET)
