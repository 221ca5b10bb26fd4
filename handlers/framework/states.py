"""The states in which a dialogue waits for words."""

from aiogram.fsm.state import State, StatesGroup


class Joining(StatesGroup):
    room = State()
    phone = State()
    community = State()


class Registering(StatesGroup):
    phone = State()
    community = State()
    room = State()


class Filing(StatesGroup):
    words = State()
    matter = State()
    danger = State()
    alike = State()
    summary = State()
    new_words = State()
    new_place = State()


class Following(StatesGroup):
    supplement = State()
    counter = State()
    own_reason = State()
    transcript = State()
    what = State()  # it has gone out in danger; what it is about is asked afterwards
    reason = State()  # why 不满意, 「不同意」 or 「还没好」, if anything is said
    adding = State()  # words are there, the case isn't chosen yet


class Answering(StatesGroup):
    response = State()
    department = State()
    date = State()
    more_time = State()
    progress = State()
    contact = State()
    review = State()
    commitment = State()
    preliminary = State()
    beyond = State()
    transcript = State()
    on_site = State()  # what was found there, if anything is said


class Resolving(StatesGroup):
    words = State()
    check = State()


class Duties(StatesGroup):
    away = State()
    watch = State()


class Supervising(StatesGroup):
    time = State()
    order = State()  # it is shown, and waits for its demands or for 「下达」
    words = State()  # the demands of an order that an earlier version has sent without them
    reason = State()
    department = State()
    send_back = State()
    report_done = State()


class Referring(StatesGroup):
    hand_back = State()
    unsolvable = State()
    plan = State()
    plan_date = State()
    street = State()
    penalty = State()
    document = State()


class Erasing(StatesGroup):
    confirm = State()
