"""The dissatisfied are contacted: by the manager, then by the street."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, SaysNothing, TooLate, WordsNeeded
from complaints.model.events import Level
from complaints.usecases.company import contacts, resolution
from complaints.usecases.resident import rating


async def fails(case):
    """The manager tries in the morning and in the afternoon."""
    await case.does(contacts.fail, "manager")
    await case.passes_to(at(18, 15))
    await case.does(contacts.fail, "manager")


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
    for minute in (0, 30):  # twice in one morning is no other time
        await dissatisfied.passes_to(at(18, 10, minute))
        done = await dissatisfied.does(contacts.fail, "manager")
        assert (done.events, done.notices, done.ended) == (["ContactTried"], [], set())
    await dissatisfied.passes_to(at(18, 15))
    done = await dissatisfied.does(contacts.fail, "manager")
    assert done.notices == [
        ("street.recover", "street"),
        ("manager.contact_failed", "company_head"),
        ("resident.street_next", "households"),
    ]
    assert (done.events, done.ended, done.started) == (
        ["ContactTried", "ContactFailed"],
        {"recover"},
        {"recover_street"},
    )
    with pytest.raises(TooLate):
        await dissatisfied.does(contacts.fail, "manager")


async def test_where_the_manager_lets_it_pass_the_street_is_next_too(dissatisfied):
    done = await dissatisfied.passes_to(at(19, 18))
    assert ("recover" in done.ended, "recover_street" in done.started) == (True, True)


async def test_nobody_fails_to_reach_whom_nobody_had_to_call(pudong):
    with pytest.raises(TooLate):
        await pudong.does(contacts.fail, "manager")


async def test_the_streets_words_reach_household_and_handler(dissatisfied):
    await fails(dissatisfied)
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


@pytest.mark.parametrize("to", ["committee", "community", "street"])
async def test_what_is_beyond_the_company_goes_up_at_once_as_its_claim(pudong, to):
    """浦建委物管〔2023〕55号 三(一)."""
    done = await pudong.does(contacts.go_beyond, "manager", to, said("屋面防水要动用维修资金，得业主表决。"))
    assert done.notices == [("resident.beyond", "households"), ("street.beyond", to), ("bureau.beyond", "bureau_group")]
    assert (done.events, done.ended, pudong.case.handler) == (["ReportedBeyond"], {"contact"}, "manager")


async def test_only_where_the_document_says_so_and_with_a_reason(pudong, case):
    with pytest.raises(SaysNothing):
        await pudong.does(contacts.go_beyond, "manager", "street", said("无法解决，请理解"))
    for each, to in ((pudong, "mayor"), (case, "street")):
        with pytest.raises(TooLate):
            await each.does(contacts.go_beyond, "manager", to, said("屋面防水要动用维修资金"))


async def test_of_neighbours_and_of_refurbishment_the_street_hears_from_the_start(filed_in):
    """浦建委物管〔2023〕55号 三(三)."""
    for matter, hears in (("neighbour_leak", True), ("lighting_out", False)):
        case = await filed_in("pudong", matter=matter)
        assert (
            ("street.copy", "street") in [(told.notice.kind, told.notice.recipient) for told in case.work.told]
        ) is hears
