"""Which open cases wait for an office: what stands in its /todo."""

from collections.abc import Set as AbstractSet

from complaints.model.complaint import CaseOwner, Complaint
from complaints.model.roles import Relation


def waits_for_bureau(complaint: Complaint) -> bool:
    """The bureau handles the case, has been asked to take it, or must see to one that is overdue."""
    asked = complaint.clock("accept", "running") is not None
    return complaint.handler is CaseOwner.BUREAU or complaint.is_overdue or asked


def waits_for_office(found: AbstractSet[Relation], complaint: Complaint) -> bool:
    """Whether the case waits for a department, street or community that stands in these relations to it."""
    calls = Relation.STREET in found and complaint.clock("recover_street", "running") is not None
    return calls or (Relation.HANDLER in found and complaint.handler is CaseOwner.DEPARTMENT)
