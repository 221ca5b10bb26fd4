"""The party that owes something: a role and the scope over which it is held, whoever holds it today."""

from dataclasses import dataclass

from complaints.model.roles import Responsible


@dataclass(frozen=True, kw_only=True)
class Party:
    """`role` is never that of "the handler", which is one of the others at any time; `scope` is as in the registry.

    This project's manager, this company, this district's section, this department of this district ("district/id"),
    this street ("district/street"), this community, and for `households` the number of the case.
    """

    role: Responsible
    scope: str
