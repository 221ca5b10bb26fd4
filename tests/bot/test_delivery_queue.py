"""The delivery queue: what goes next, by urgency, age, line and chat, however much waits."""

from types import SimpleNamespace

import pytest

from bot.delivery.delivery_queue import DeliveryQueue

NOW = 1000.0


def row(number, destination=1, complaint=None, priority=2, **more):
    facts = {
        "id": number, "destination": destination, "chat": destination * 10, "destination_kind": "private",
        "complaint": complaint, "method": "send", "priority": priority, "not_before": 0.0, "state": "ready",
        "may_be_digested": False, "digest_id": None,
    }  # fmt: skip
    return SimpleNamespace(**facts | more)


def goes(queue, real=NOW, busy=(), room=99):
    """The ids of what goes, in order, until nothing may; `busy` chats are free a second later."""
    taken = []

    def free_at(one):
        return real + 1.0 if one.destination in busy else real

    while (one := queue.take(real, lambda priority: len(taken) < room, free_at)) is not None:
        taken.append(one.id)
    return taken


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([row(1), row(2, destination=2)], [1, 2]),
        ([row(1, priority=4), row(2, destination=2, priority=0)], [2, 1]),
        ([row(1, priority=4), row(2, complaint=7, priority=0)], [2, 1]),  # another line of the same chat
        ([row(1, complaint=7, priority=4), row(2, complaint=7, priority=0)], [1]),  # in a line in order
        ([row(1, not_before=NOW + 1), row(2, destination=2)], [2]),
        ([row(1, complaint=7, not_before=NOW + 1), row(2, complaint=7)], []),
        ([row(1, complaint=7, state="sending"), row(2, complaint=7), row(3)], [3]),
        ([row(1, complaint=7, state="digested"), row(2, complaint=7)], []),
        ([row(1, method="leave", state="sending"), row(2)], [2]),  # a group that is left holds nothing back
        ([row(1), row(2, method="leave")], [1]),
    ],
)
def test_what_goes_and_in_which_order(rows, order):
    assert goes(DeliveryQueue(rows)) == order


def test_the_next_of_a_line_goes_when_the_one_before_has_ended():
    queue = DeliveryQueue([row(1, complaint=7), row(2, complaint=7)])
    assert goes(queue) == [1]
    queue.update([], ended={1})
    assert goes(queue) == [2]


def test_what_is_to_go_again_keeps_its_place_and_waits_its_time():
    queue = DeliveryQueue([row(1, complaint=7), row(2, complaint=7)])
    assert goes(queue) == [1]
    queue.update([row(1, complaint=7, not_before=NOW + 2)], ended={1})
    assert goes(queue) == []
    assert goes(queue, NOW + 2) == [1]


def test_a_chat_that_has_to_wait_holds_no_other_and_goes_on_later():
    queue = DeliveryQueue([row(1), row(2, complaint=8), row(3, destination=2)])
    assert goes(queue, busy={1}) == [3]
    assert goes(queue, NOW + 0.5, busy={1}) == []
    assert goes(queue, NOW + 1.5) == [1, 2]


def test_without_room_nothing_goes_and_nothing_is_lost():
    queue = DeliveryQueue([row(n, destination=n) for n in range(1, 5)])
    assert goes(queue, room=2) == [1, 2]
    assert goes(queue) == [3, 4]


def test_something_urgent_overtakes_what_waits_in_the_same_chat():
    queue = DeliveryQueue([row(1, complaint=7, priority=4), row(2, complaint=8, priority=4)])
    queue.update([row(3, complaint=9, priority=0)])
    assert goes(queue) == [3, 1, 2]


def test_a_row_that_appears_late_takes_its_place():
    queue = DeliveryQueue([row(5, complaint=7)])
    queue.update([row(4, complaint=7)])
    assert goes(queue) == [4]
    queue.update([], ended={4})
    assert goes(queue) == [5]


def test_what_is_being_sent_isn_t_taken_twice_when_all_is_read_anew():
    assert goes(DeliveryQueue([row(1), row(2, destination=2)], taken=[1])) == [2]


def test_a_chat_with_too_much_is_counted():
    crowded = [row(n, complaint=n, may_be_digested=True) for n in range(1, 4)]
    queue = DeliveryQueue([*crowded, row(9, destination=2, may_be_digested=True)])
    overall, [crowd] = queue.crowds()
    assert (overall, crowd.destination, crowd.chat, crowd.waiting) == (4, 1, 10, 3)
    queue.update([], ended={1, 2})
    assert queue.crowds() == (2, [])


def test_the_end_of_a_digest_is_noticed():
    queue = DeliveryQueue([row(1, state="digested", digest_id=2), row(2)])
    assert queue.told_by({2})
    assert not queue.told_by({1})


def test_ten_thousand_that_wait_cost_the_next_one_nothing():
    """Counted, not timed: of a chat that may not get anything only its first message is looked at."""
    asked = []
    queue = DeliveryQueue([row(n, complaint=n) for n in range(1, 10_001)] + [row(10_001, destination=2)])

    def free_at(one):
        asked.append(one.id)
        return NOW + 1.0 if one.destination == 1 else NOW

    assert queue.take(NOW, lambda priority: True, free_at).id == 10_001
    assert asked == [1, 10_001]
