"""What do buttons carry? At most 64 bytes, and the round that they were made for."""

from aiogram.filters.callback_data import CallbackData

NUMBER = r"^\d{1,19}$"  # an argument that has to be a number


class CaseTapped(CallbackData, prefix="c"):
    """A button of a case: the verb, the case, the round, and an argument of the verb."""

    verb: str
    case: int
    round: int
    arg: str = ""


class FormTapped(CallbackData, prefix="f"):
    """A button of a form that is being filled in: the step, and what was chosen."""

    step: str
    arg: str = ""


class MenuTapped(CallbackData, prefix="m"):
    """A button that leads somewhere and belongs to no case."""

    to: str
    arg: str = ""


def case(verb: str, complaint: int, round_: int, arg: str = "") -> str:
    return CaseTapped(verb=verb, case=complaint, round=round_, arg=arg).pack()


def form(step: str, arg: str = "") -> str:
    return FormTapped(step=step, arg=arg).pack()


def menu(to: str, arg: str = "") -> str:
    return MenuTapped(to=to, arg=arg).pack()
