"""A closing is signed off by street and bureau, and struck off by the city."""

import pytest
from sample_cases import RESULT, at, said

from complaints.errors import NotFound, NotYours, TooLate, WordsNeeded
from complaints.model.events import Finding, Signer
from complaints.usecases.company import resolution
from complaints.usecases.officer import sign_off, supervision


@pytest.fixture
async def resolved(county):
    await county.does(supervision.accept, "officer")
    await county.does(resolution.resolve, "officer", said(RESULT))
    return county


@pytest.mark.parametrize("street", ["street", "community"])
async def test_street_or_community_and_bureau_sign_and_the_city_strikes_off(resolved, street):
    if street == "community":
        with pytest.raises(NotYours):
            await resolved.does(sign_off.sign_off, street, Signer.STREET)
        done = await resolved.does(sign_off.entrust, "street")
        assert done.notices == [("street.sign_off", "community"), ("bureau.entrusted", "bureau_group")]
        with pytest.raises(TooLate):
            await resolved.does(sign_off.entrust, "street")
    done = await resolved.does(sign_off.sign_off, street, Signer.STREET)
    assert (done.events, done.notices) == (["SignedOff"], [("bureau.signed_off", "bureau_group")])
    assert not resolved.event.complete
    with pytest.raises(TooLate):
        await resolved.does(sign_off.strike_off, "city")
    done = await resolved.does(sign_off.sign_off, "officer", Signer.BUREAU)
    assert done.notices == [("bureau.signed_off", "bureau_group"), ("bureau.strike_off", "city_group")]
    assert resolved.event.complete
    done = await resolved.does(sign_off.strike_off, "city")
    assert (done.events, done.notices) == (
        ["StruckOff"], [("resident.struck_off", "households"), ("bureau.struck_off", "bureau_group")],
    )  # fmt: skip
    with pytest.raises(TooLate):
        await resolved.does(sign_off.strike_off, "city")


async def test_each_side_signs_once(resolved):
    await resolved.does(sign_off.entrust, "street")
    await resolved.does(sign_off.sign_off, "street", Signer.STREET)
    for who in ("street", "community"):
        with pytest.raises(TooLate):
            await resolved.does(sign_off.sign_off, who, Signer.STREET)


async def test_what_is_closed_is_still_signed(resolved):
    await resolved.passes_to(at(30, 18))
    assert resolved.case.state == "closed"
    assert (await resolved.does(sign_off.sign_off, "street", Signer.STREET)).events == ["SignedOff"]


async def test_what_another_department_has_handled_is_struck_off_without_signatures(county):
    await county.does(supervision.refer, "officer", "fire", said())
    await county.does(resolution.resolve, "fire", said(RESULT))
    with pytest.raises(TooLate):
        await county.does(sign_off.sign_off, "street", Signer.STREET)
    for words in ("", "已审核"):
        with pytest.raises(WordsNeeded):
            await county.does(sign_off.strike_off, "city", said(words))
    assert (await county.does(sign_off.strike_off, "city", said("市消〔2026〕18号"))).events == ["StruckOff"]
    assert county.event.document == "市消〔2026〕18号"


async def test_what_is_open_or_of_another_pack_is_not_signed(county, case):
    for verb, who, words in (
        (sign_off.sign_off, "street", (Signer.STREET,)),
        (sign_off.strike_off, "city", ()),
    ):
        with pytest.raises(TooLate):
            await county.does(verb, who, *words)
    await case.does(resolution.resolve, "manager", said(RESULT))
    with pytest.raises(TooLate):
        await case.does(sign_off.sign_off, "officer", Signer.BUREAU)
    with pytest.raises(TooLate):
        await case.does(sign_off.strike_off, "city")


@pytest.mark.parametrize(
    ("verb", "who", "words"),
    [
        (sign_off.sign_off, "officer", (Signer.STREET,)), (sign_off.sign_off, "street", (Signer.BUREAU,)),
        (sign_off.sign_off, "manager", (Signer.STREET,)), (sign_off.strike_off, "officer", ()),
        (sign_off.strike_off, "stranger", ()),
    ],
)  # fmt: skip
async def test_nobody_signs_for_another(resolved, verb, who, words):
    with pytest.raises(NotFound):
        await resolved.does(verb, who, *words)


@pytest.fixture
async def complained(filed_in):
    case = await filed_in("county", matter="public_income")
    await case.does(supervision.accept, "officer")
    await case.does(resolution.resolve, "officer", said(RESULT), finding=Finding.PARTLY)
    return case


@pytest.mark.parametrize("who", ["street", "officer"])
async def test_whether_a_complaint_is_so_is_proposed_by_the_handler_and_confirmed_by_street_or_bureau(complained, who):
    """投诉问题属实 (《物业服务企业投诉举报处理流程》 三(三), 三(四))."""
    assert (complained.case.finding, complained.case.is_verified) == (Finding.PARTLY, False)
    done = await complained.does(sign_off.confirm_finding, who, Finding.TRUE)
    assert done.notices == [("resident.finding", "households"), ("manager.finding", "company_head")]
    assert (complained.case.finding, complained.case.is_verified) == (Finding.TRUE, True)
    with pytest.raises(TooLate):
        await complained.does(sign_off.confirm_finding, who, Finding.UNTRUE)


async def test_what_is_not_so_and_what_the_company_says_alone_counts_for_nothing(complained, resolved):
    with pytest.raises(NotFound):
        await complained.does(sign_off.confirm_finding, "manager", Finding.UNTRUE)
    await complained.does(sign_off.confirm_finding, "street", Finding.UNTRUE)
    assert not complained.case.is_verified
    with pytest.raises(TooLate):  # a repair
        await resolved.does(sign_off.confirm_finding, "street", Finding.TRUE)
