"""The full matrix of rights, pressed over the wire: every role, every button, own and foreign scope, every state."""

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlalchemy import update

from complaints.lifecycle.acts import RIGHT_OF
from complaints.lifecycle.permissions import RIGHTS
from complaints.model.complaint import State
from complaints.model.people import Role
from storage.messaging.inbox_throttle import BURST, WITHIN
from storage.repositories import cases, people
from storage.repositories.people import APPOINTMENT

UNKNOWN = "没找到这个问题。"
SAMPLED = 60  # presses in the short form; MATRIX is another number of them, or `all` (`make matrix`)
SEED = int(os.environ.get("MATRIX_SEED", "20261121"))
OWN = {
    Role.PROJECT_MANAGER: "jchy", Role.DEPUTY_MANAGER: "jchy", Role.DUTY_PERSON: "jchy", Role.STEWARD: "jchy",
    Role.GRID_LEADER: "jchy", Role.OWNERS_COMMITTEE: "jchy", Role.COMPANY_HEAD: "jinan", Role.HEAD_DELEGATE: "jinan",
    Role.DISTRICT_OFFICER: "510107", Role.SECTION_HEAD: "510107", Role.DUTY_DESK: "510107",
    Role.CITY_OFFICER: "成都市", Role.INSPECTOR: "成都市", Role.ASSOCIATION_OFFICER: "成都市",
    Role.STREET_OFFICER: "510107/浆洗街街道", Role.COMMUNITY_WORKER: "510107/浆洗街街道/洗面桥社区",
    Role.DEPARTMENT_OFFICER: "510107/fire",
}  # fmt: skip
FOREIGN = {
    **dict.fromkeys((Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON, Role.STEWARD, Role.GRID_LEADER,
                     Role.OWNERS_COMMITTEE), "wjy"),
    **dict.fromkeys((Role.COMPANY_HEAD, Role.HEAD_DELEGATE), "heju"),
    **dict.fromkeys((Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.DUTY_DESK), "510104"),
    **dict.fromkeys((Role.CITY_OFFICER, Role.INSPECTOR, Role.ASSOCIATION_OFFICER), "示例市"),
    Role.STREET_OFFICER: "510107/望江路街道", Role.COMMUNITY_WORKER: "510107/望江路街道/龙江路社区",
    Role.DEPARTMENT_OFFICER: "510107/police",
}  # fmt: skip
COMPANY = frozenset({
    Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER, Role.DUTY_PERSON, Role.COMPANY_HEAD, Role.HEAD_DELEGATE,
})  # fmt: skip
HEADS = frozenset({Role.COMPANY_HEAD, Role.HEAD_DELEGATE})
BUREAU = frozenset({Role.DISTRICT_OFFICER, Role.SECTION_HEAD})
READERS = frozenset({*COMPANY, *BUREAU, "household", Role.CITY_OFFICER, Role.INSPECTOR, Role.STREET_OFFICER,
           Role.COMMUNITY_WORKER, Role.DEPARTMENT_OFFICER, Role.GRID_LEADER, Role.DUTY_DESK})  # fmt: skip
# Who could be the handler of a case at some time; what they may do now depends on the case.
HANDLERS = COMPANY | BUREAU | {Role.DEPARTMENT_OFFICER}
HOUSEHOLD = frozenset({"household"})
WHO = {
    **dict.fromkeys(("card", "sum"), READERS),
    **dict.fromkeys(("work", "menu"), HANDLERS | {Role.STREET_OFFICER}),
    "details": {*BUREAU, Role.INSPECTOR},
    **dict.fromkeys(("supplement", "urge", "withdraw", "withdraw_sure", "agree", "refuse", "counter", "may_close",
                     "not_done", "rate", "ask_rating", "why", "invite", "in_danger", "no_danger",
                     "correct"), HOUSEHOLD),
    **dict.fromkeys(("sort", "sort_later", "agree_too", "refuse_too", "more_time", "commit", "contact", "resolve",
                     "reply",
                     "on_the_spot", "unsolvable", "plan", "take_in", "hand_back", "acknowledge", "visited", "progress",
                     "called", "unreached", "preliminary", "phone", "beyond", "correct_matter"), HANDLERS),
    "transcribe": HANDLERS,
    "name_matter": HANDLERS | HOUSEHOLD,
    **dict.fromkeys(("review", "sign", "report_done", "mend"), COMPANY),
    **dict.fromkeys(("take_over", "name_handler", "hand_on", "assign"), HEADS),
    **dict.fromkeys(("act", "supervise", "order", "refer", "accept", "send_back", "name_one", "named", "renew_yes",
                     "renew_no", "review_yes", "review_no", "sign_bureau"), BUREAU),
    "unfollow": frozenset(),
    "strike_off": {Role.CITY_OFFICER},
    "street_contact": {Role.STREET_OFFICER},
    "entrust": {Role.STREET_OFFICER},
    "finding": {*BUREAU, Role.STREET_OFFICER},
    "penalty": {*BUREAU, Role.STREET_OFFICER, Role.DEPARTMENT_OFFICER},
    "sign_street": {Role.STREET_OFFICER, Role.COMMUNITY_WORKER},
}  # fmt: skip
ROLES = [*Role, "household"]


def test_the_matrix_knows_every_role_button_and_right():
    assert set(OWN) == set(FOREIGN) == set(Role)
    assert {RIGHT_OF.get(verb, verb) for verb in WHO} | {"read", "negotiate"} == set(RIGHTS)
    assert set(RIGHT_OF) <= set(WHO)


def forbidden():
    """Every cell in which somebody has no business at all: (role, whether of this place, button, state)."""
    for role, own, verb, state in product(ROLES, (True, False), WHO, State):
        if not own or role not in WHO[verb]:
            yield role, own, verb, state


def pressed_today():
    """All cells, or so many of them by a printed seed that each role meets each button."""
    every = list(forbidden())
    if (asked := os.environ.get("MATRIX", str(SAMPLED))) == "all":
        return every
    print(f"MATRIX_SEED={SEED}")
    chance = random.Random(SEED)
    chance.shuffle(every)
    once = {(role, verb): cell for cell in every for role, _, verb, _ in [cell]}
    return [*once.values()][: int(asked)]


@pytest.fixture
async def stage(play):
    """A case in every state, and everybody of the matrix, here and elsewhere, with a button of theirs."""
    filer = await play.resident()
    known = {}
    for n, state in enumerate(State):
        await play.files(filer, words=f"楼道灯不亮{n}", matter="lighting_out")
        async with play.city.app.store.work(play.clock.now()) as work:
            mine = await cases.of_person(work, (await people.by_user(work, filer.id)).id)
            newest = await cases.get(work, max(mine, key=lambda c: c.number).id)
            cases.put(work, replace(newest, state=state, version=newest.version + 1))
            await work.commit()
        known[state] = newest
    folk = {}
    for role, own in product(ROLES, (True, False)):
        folk[role, own] = filer if (role, own) == ("household", True) else await someone(play, role, own)
    return known, folk


async def someone(play, role, own):
    player = play.stranger(f"{role}{own}", phone=f"137{len(play.city.sim.world.rooms):08d}")
    async with play.city.app.store.work(play.clock.now()) as work:
        person = play.known(work, player)
        if role != "household":
            scope = OWN[role] if own else FOREIGN[role]
            duty = {"name": player.name, "phone": player.phone, "role": role.value, "scope": scope, "until": None}
            work.queue_write(APPOINTMENT.insert(), {**duty, "since": date(2026, 1, 1), "person": person.id})
        await work.commit()
    player.account.opens()
    await play.city.settle()
    return player


@pytest.mark.thorough
async def test_whoever_has_no_business_here_learns_nothing_and_changes_nothing(play, stage):
    known, folk = stage
    cells = pressed_today()
    before, seen = await play.events(), {who: len(player.hears) for who, player in folk.items()}
    hurried = Counter()
    for role, own, verb, state in cells:
        player, case = folk[role, own], known[state]
        hurried[player] += 1
        if hurried[player] == BURST:  # nobody here floods: who does is slowed, and told so
            await play.city.pass_by(seconds=WITHIN.total_seconds() + 1)
            hurried.clear()
        player.account.presses(player.hears[0], f"c:{verb}:{case.id}:{case.round}:{ARGUMENTS.get(verb, '')}")
    await play.city.settle()
    for (role, own), player in folk.items():
        mine = [cell for cell in cells if cell[:2] == (role, own)]
        assert [shown.text for shown in player.hears[seen[role, own] :]] == [UNKNOWN] * len(mine), (role, own, mine)
    assert sorted(await play.events()) == sorted([*before, *["Refused"] * len(cells)])


ARGUMENTS = {"sort": "general", "rate": "satisfied", "why": "slow", "act": "list", "order": "2h-0", "named": "1",
             "assign": "1"}  # fmt: skip


# --- whoever is no longer who they were ---------------------------------------------------------------------------


async def test_what_was_written_before_a_dismissal_is_not_sent_after_it(play, filed):
    """Rights are judged once more just before the send, also of what is rendered already."""
    manager, _ = filed
    manager.account.presses(manager.card, f"c:sum:{(await play.case()).id}:1:")
    await play.city.app.receiver.step()
    await play.city.app.worker.step()
    heard = len(manager.hears)
    async with play.city.app.store.work(play.clock.now()) as work:
        work.queue_write(
            update(APPOINTMENT).where(APPOINTMENT.c.phone == manager.phone).values(until=date(2026, 11, 17))
        )
        await work.commit()
    await play.city.settle()
    assert manager.hears[heard:] == []


async def test_a_forwarded_card_has_dead_buttons(play, filed):
    manager, _ = filed
    case = await play.case()
    await manager.forwards(manager.card)
    copied = next(shown for shown in reversed(manager.sees) if "编号" in shown.text and not shown.from_bot)
    await manager.presses(copied, f"c:resolve:{case.id}:1:")
    assert "转发来的消息" in manager.answer.text
    assert (await play.events()).count("Refused") == 1


async def test_an_anonymous_admin_is_asked_to_be_himself(play):
    officer = await play.staff("经办员甲")
    group = await play.group(officer)
    officer.account.says_anonymously("/today", group)
    await play.city.settle()
    assert "请用您自己的账号发" in group.sees[-1].text


async def test_a_list_is_not_sent_to_somebody_dismissed_meanwhile(play, filed):
    manager, _ = filed
    manager.account.says("/todo")
    await play.city.app.receiver.step()
    await play.city.app.worker.step()
    heard = len(manager.hears)
    await play.dismisses("经理甲")
    assert not any("公共照明" in shown.text for shown in manager.hears[heard:])


@pytest.mark.parametrize("data", ["f:me_too:{id}:0", "f:penalty_step:reward:{id}", "f:date:1800000000:{id}"])
async def test_a_forged_form_is_refused_without_a_trace(play, filed, data):
    """Of the case of `filed`, in another community."""
    stranger = await play.resident("李先生", ("5栋", "302"), project="wjy")
    await stranger.says("5栋门禁坏了")
    case, heard = await play.case(), len(stranger.hears)
    await stranger.presses(stranger.answer, data.format(id=case.id))
    said = "".join(shown.text for shown in stranger.hears[heard:])
    assert case.number not in said
    assert "公共照明" not in said
    assert (await play.case()).version == case.version
