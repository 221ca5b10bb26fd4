"""Filters of the routers are looked at in place."""

from aiogram import F

from handlers.framework.filters import Where
from handlers.router import dispatcher


def routers(one):
    yield one
    for child in one.sub_routers:
        yield from routers(child)


def test_none_is_handed_to_a_thread():
    observers = [(router.name, observer) for router in routers(dispatcher()) for observer in router.observers.values()]
    handlers = [(name, handler) for name, observer in observers for handler in (*observer.handlers, observer._handler)]
    assert len(handlers) > 100
    threaded = [
        (name, one.callback) for name, handler in handlers for one in handler.filters or () if not one.awaitable
    ]
    assert threaded == []


async def test_a_magic_filter_holds_as_it_would_alone():
    text = Where(F.text.in_({"好"}) & ~F.reply_to_message)
    assert await text(_Message("好")) is True
    assert await text(_Message("不")) is False
    assert await text(_Message("好", reply_to_message=1)) is False
    assert await Where(F.text | F.photo)(_Message("")) is False


class _Message:
    def __init__(self, text, reply_to_message=None, photo=None):
        self.text, self.reply_to_message, self.photo = text, reply_to_message, photo
