"""The dissatisfied are contacted: by the manager, then by the street."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, SaysNothing, TooLate, WordsNeeded
from complaints.model.events import Level
from complaints.usecases import contacts, rating, resolution


@pytest.fixture
async def dissatisfied(pudong):
    await pudong.does(resolution.resolve, "manager", said(RESULT))
    await pudong.does(rating.rate, "wang", Level.DISSATISFIED)
    return pudong


async def test_a_call_is_told_to_the_household_and_counts_as_contact(pudong):
    done = await pudong.does(contacts.call, "manager")
    assert (done.events, done.notices) == (["Called"], [("resident.called", "households")])
    assert done.ended == {"contact"}


async def test_a_call_to_the_dissatisfied_meets_the_recovery(dissatisfied):
    assert set(dissatisfied.running) == {"commit", "recover"}
    assert (await dissatisfied.does(contacts.call, "manager")).ended == {"recover"}


async def test_where_the_manager_fails_the_street_is_next(dissatisfied):
    done = await dissatisfied.does(contacts.fail, "manager")
    assert done.notices == [("street.recover", "street"), ("manager.contact_failed", "company_head")]
    assert (done.events, done.ended, done.started) == (["ContactFailed"], {"recover"}, {"recover_street"})
    with pytest.raises(TooLate):
        await dissatisfied.does(contacts.fail, "manager")


async def test_where_the_manager_lets_it_pass_the_street_is_next_too(dissatisfied):
    done = await dissatisfied.passes_to(at(19, 18))
    assert ("recover" in done.ended, "recover_street" in done.started) == (True, True)


async def test_nobody_fails_to_reach_whom_nobody_had_to_call(pudong):
    with pytest.raises(TooLate):
        await pudong.does(contacts.fail, "manager")


async def test_the_streets_words_reach_household_and_handler(dissatisfied):
    await dissatisfied.does(contacts.fail, "manager")
    with pytest.raises(WordsNeeded):
        await dissatisfied.does(contacts.contact_for_street, "street", said("", photos=1))
    with pytest.raises(SaysNothing):
        await dissatisfied.does(contacts.contact_for_street, "street", said("已联系居民，居民表示理解"))
    done = await dissatisfied.does(contacts.contact_for_street, "street", said("已登门，约好周六再修。"))
    assert done.notices == [("resident.street_contacted", "households"), ("manager.street_contacted", "handler")]
    assert (done.events, done.ended) == (["StreetContacted"], {"recover_street"})


@pytest.mark.parametrize(
    ("verb", "who", "words"),
    [
        (contacts.call, "street", ()), (contacts.call, "wang", ()), (contacts.fail, "street", ()),
        (contacts.contact_for_street, "manager", (said(),)), (contacts.contact_for_street, "officer", (said(),)),
    ],
)  # fmt: skip
async def test_nobody_else_does_it(dissatisfied, verb, who, words):
    with pytest.raises((NotFound, TooLate)):
        await dissatisfied.does(verb, who, *words)
    assert dissatisfied.event.name == "Reopened"
