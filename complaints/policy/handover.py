"""What becomes of the clocks of a case when it goes to somebody else."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from complaints.policy.data_files import Entry, Id
from complaints.policy.pack_schema import Stage

# The events by which a case can go to another party.
MOVING = (
    "Accepted", "Assigned", "Classified", "Expired", "Raised", "Referred", "ReferralReturned", "SentBack", "TakenOver",
)  # fmt: skip


class Verdict(StrEnum):
    """What becomes of a clock that is still owed, in time or late."""

    GOES_OVER = "goes_over"  # whoever takes the case owes it by the same time
    VOID = "void"  # nobody owes it any more
    ANEW = "anew"  # whoever takes the case owes it, from now on
    STAYS = "stays"  # whoever owed it goes on owing it


class Handover(Entry):
    """The stages whose clocks go over, are void, start anew, or stay, when one of the moving events happens."""

    goes_over: tuple[Id, ...] = ()
    void: tuple[Id, ...] = ()
    anew: tuple[Id, ...] = ()
    stays: tuple[Id, ...] = ()

    def verdicts(self) -> Iterator[tuple[str, Verdict]]:
        for verdict in Verdict:
            for stage in getattr(self, verdict.value):
                yield stage, verdict


def checked(handover: Mapping[str, Handover], stages: tuple[Stage, ...]) -> None:
    """ValueError where it speaks of what isn't there, or says nothing, or two things, of a stage and an event."""
    of_cases = [stage for stage in stages if not stage.of_company]
    for event, says in handover.items():
        if event not in MOVING:
            raise ValueError(f'"{event}" moves no case; there are {", ".join(MOVING)}')
        _speaks_clearly(event, says, {stage.id for stage in of_cases})
    for event in MOVING:
        said = {stage for stage, _ in handover[event].verdicts()} if event in handover else set()
        for stage in of_cases:
            if stage.id not in said and not _always_ends(stage, event):
                raise ValueError(
                    f'"{event}" doesn\'t say whether "{stage.id}" goes over, is void, starts anew or stays'
                )


def _speaks_clearly(event: str, says: Handover, stages: AbstractSet[str]) -> None:
    named = [stage for stage, _ in says.verdicts()]
    for name in named:
        if name not in stages:
            raise ValueError(f'"{event}" speaks of the unknown stage "{name}"')
        if named.count(name) > 1:
            raise ValueError(f'"{event}" says two things of "{name}"')


def _always_ends(stage: Stage, event: str) -> bool:
    return any(t.event == event and not t.where for t in (*stage.met_by, *stage.void_by))
