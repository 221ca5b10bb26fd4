"""The rate limiter as tables, and Telegram's own limits on a clock that is moved."""

import pytest

from bot.delivery.rate_limiter import Limits, RateLimiter
from complaints.notifications.notices import Priority
from simulator.api_errors import Answer
from simulator.botapi.limits import Limits as TelegramLimits

T = 1000.0


def sent(rate_limiter: RateLimiter, chat: int, at: float, *, group: bool = False, times: int = 1) -> None:
    for _ in range(times):
        rate_limiter.took(chat, group=group)
        rate_limiter.answered(chat, group=group, real=at)


@pytest.mark.parametrize(
    ("before", "group", "free_after"),
    [
        (0, False, 0.0),  # nothing was sent
        (2, False, 0.0),  # a burst of three
        (3, False, 3.0),  # the fourth when the first slot is free again
        (0, True, 0.0),
        (1, True, 1.0),  # one a second in a group
        (20, True, 60.0),  # twenty a minute
    ],
)
def test_a_chat_has_so_many_slots(before, group, free_after):
    rate_limiter = RateLimiter()
    sent(rate_limiter, 7, T, group=group, times=before)
    assert rate_limiter.free_at(7, group=group, priority=Priority.NOTICE, real=T) == T + free_after


def test_a_slot_counts_from_the_answer_not_from_the_start():
    rate_limiter = RateLimiter(Limits(overall=1))
    rate_limiter.took(7, group=False)
    assert rate_limiter.free_at(8, group=False, priority=Priority.REPLY, real=T + 5) > T + 5
    rate_limiter.answered(7, group=False, real=T + 5)
    assert rate_limiter.free_at(8, group=False, priority=Priority.REPLY, real=T + 5) == T + 6


@pytest.mark.parametrize(
    ("priority", "tapped_ago", "room"),
    [
        (Priority.REPLY, 1.0, 30),
        (Priority.ESCALATION, 1.0, 25),
        (Priority.NOTICE, 60.0, 25),
        (Priority.NUDGE, 1.0, 20),
        (Priority.SURVEY, 1.0, 20),
        (Priority.REPORT, 1.0, 20),
        (Priority.REPORT, 60.1, 30),
    ],
)
def test_the_less_urgent_leave_room_while_somebody_taps(priority, tapped_ago, room):
    rate_limiter = RateLimiter()
    rate_limiter.tapped(T - tapped_ago)
    for chat in range(room - 1):
        sent(rate_limiter, chat, T)
    assert rate_limiter.free_at(99, group=False, priority=priority, real=T) == T
    sent(rate_limiter, 98, T)
    assert rate_limiter.free_at(99, group=False, priority=priority, real=T) == T + 1


@pytest.mark.parametrize(
    ("halts", "chat", "free_after"),
    [
        ([(7, 5, 0.0)], 7, 5.0),  # a 429 halts that chat
        ([(7, 5, 0.0)], 8, 0.0),  # and no other
        ([(7, 5, 0.0), (8, 9, 2.0)], 9, 9.0 + 2.0),  # a second chat's within two seconds halts all
        ([(7, 5, 0.0), (8, 9, 2.1)], 9, 2.1),  # later it doesn't
        ([(7, 5, 0.0), (7, 9, 1.0)], 9, 1.0),  # the same chat again doesn't either
        ([(7, 9, 0.0), (7, 1, 1.0)], 7, 9.0),  # the longer wait stands
    ],
)
def test_a_429_halts(halts, chat, free_after):
    rate_limiter = RateLimiter()
    for halted, seconds, after in halts:
        rate_limiter.halt(halted, seconds, T + after)
    last = T + halts[-1][2]
    assert rate_limiter.free_at(chat, group=False, priority=Priority.REPLY, real=last) == pytest.approx(T + free_after)


def play(queue, *, tapped=False):
    """Send a queue of (chat, group, priority) on a clock that only this moves: when each went, and the 429s."""
    clock = [T]
    telegram, rate_limiter, refused, went = TelegramLimits(lambda: clock[0]), RateLimiter(), 0, []
    waiting = list(queue)
    while waiting:
        if tapped:
            rate_limiter.tapped(clock[0])
        for item in sorted(waiting, key=lambda i: i[2]):
            chat, group, priority = item
            if rate_limiter.free_at(chat, group=group, priority=priority, real=clock[0]) > clock[0]:
                continue
            rate_limiter.took(chat, group=group)
            try:
                telegram.spend(chat)
                went.append((clock[0] - T, item))
            except Answer:
                refused += 1
            rate_limiter.answered(chat, group=group, real=clock[0])
            waiting.remove(item)
        clock[0] += 0.05
    return went, refused


def test_120_messages_to_many_chats_draw_no_429():
    went, refused = play([(chat, False, Priority.NOTICE) for chat in range(1, 121)])
    assert refused == 0
    assert went[-1][0] <= 4.0


def test_40_messages_to_one_group_draw_no_429():
    went, refused = play([(-7, True, Priority.NOTICE)] * 40)
    assert (refused, len(went)) == (0, 40)
    assert 60.0 <= went[-1][0] <= 85.0


def test_12_messages_to_one_person_draw_no_429():
    went, refused = play([(7, False, Priority.NOTICE)] * 12)
    assert refused == 0
    assert went[-1][0] <= 12.0


def test_reports_wait_for_replies_but_do_not_starve():
    replies = [(chat, False, Priority.REPLY) for chat in range(1, 91)]
    reports = [(chat, False, Priority.REPORT) for chat in range(101, 141)]
    went, refused = play([*reports, *replies], tapped=True)
    assert refused == 0
    assert max(at for at, item in went if item[2] == Priority.REPLY) <= 4.0
    assert max(at for at, item in went if item[2] == Priority.REPORT) <= 6.0
