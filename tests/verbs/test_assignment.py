"""Who handles the case: the head himself, whom he names, whom the bureau names; and when that person is gone."""

import pytest
from sample_cases import at, said

from complaints.errors import NotFound, TooLate
from complaints.usecases.company import answers, assignment

HEARD_OF_NAMING = [("manager.assigned", "assignee"), ("resident.taken_over", "households")]


async def test_the_head_takes_the_case_over_once(case):
    done = await case.does(assignment.take_over, "head")
    assert (done.events, done.notices) == (["TakenOver"], [("resident.taken_over", "households")])
    assert case.case.assignee == 13
    with pytest.raises(TooLate):
        await case.does(assignment.take_over, "head")


async def test_the_head_names_somebody_who_gets_the_words_of_the_case(case):
    done = await case.does(assignment.assign, "head", 20)
    assert (done.events, done.notices) == (["Assigned"], HEARD_OF_NAMING)
    [assigned] = [told for told in case.work.told if told.notice.kind == "manager.assigned"]
    assert (case.case.assignee, assigned.notice.statement(case.case, assigned.words)) == (20, case.case.words)


async def test_whom_the_head_has_named_handles_it_after_the_expiry_too(case):
    await case.passes_to(at(18, 14))
    await case.does(assignment.assign, "head", 20)

    assert (await case.does(answers.answer, "colleague", said())).ended == {"takeover"}


async def test_the_bureau_names_a_person_within_its_half_hour(changzhi):
    done = await changzhi.does(assignment.name, "officer", 11)
    assert (done.events, done.notices, done.ended) == (["Assigned"], HEARD_OF_NAMING, {"assign"})
    with pytest.raises(TooLate):
        await changzhi.does(assignment.name, "officer", 11)
    await changzhi.does(assignment.name, "officer", 12)


@pytest.mark.parametrize(("left", "keeps"), [(True, None), (False, 13)])
async def test_a_handler_who_is_lost_is_told_of_at_once(case, left, keeps):
    await case.does(assignment.take_over, "head")
    done = await case.outcome(lambda: assignment.lose(case.work, case.id, 13, left=left))
    assert (done.events, done.notices) == (["HandlerLost"], [("manager.handler_lost", "handler")])
    assert (case.case.assignee, case.work.ledger[-1].actor) == (keeps, None)


@pytest.mark.parametrize(
    ("verb", "who", "words"),
    [
        (assignment.take_over, "manager", ()), (assignment.take_over, "stranger", ()),
        (assignment.assign, "manager", (12,)), (assignment.assign, "officer", (12,)),
        (assignment.name, "manager", (12,)), (assignment.name, "foreign officer", (12,)),
    ],
)  # fmt: skip
async def test_nobody_else_does_it(case, verb, who, words):
    with pytest.raises(NotFound):
        await case.does(verb, who, *words)
