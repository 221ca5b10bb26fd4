"""What buttons carry: at most 64 bytes, with the round that they were made for."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

NUMBER = r"^\d{1,18}$"  # an argument that has to be a number
PAGE = r"^\d{1,3}$"  # an argument that is a page of a list
Number = Annotated[int, Field(ge=0, lt=2**63)]  # what every database can hold


class CaseTapped(CallbackData, prefix="c"):
    """A button of a case: the verb, the case, the round, and an argument of the verb."""

    verb: str
    case: Number
    round: Number
    arg: str = ""


class FormTapped(CallbackData, prefix="f"):
    """A button of a form that is being filled in: the step, what was chosen, and what it is about (or 0).

    That is a case, or the first of the messages that wait for the answer.
    """

    step: str
    arg: str = ""
    case: Number = 0


class MenuTapped(CallbackData, prefix="m"):
    """A button that leads somewhere and belongs to no case."""

    to: str
    arg: str = ""


def case(verb: str, complaint: int, round_: int, arg: str = "") -> str:
    return CaseTapped(verb=verb, case=complaint, round=round_, arg=arg).pack()


def form(step: str, arg: str = "", about: int = 0) -> str:
    return FormTapped(step=step, arg=arg, case=about).pack()


def menu(to: str, arg: str = "") -> str:
    return MenuTapped(to=to, arg=arg).pack()


def says_danger(data: str) -> bool:
    """Whether a press is 「有危险」."""
    return data.startswith(("f:danger:yes", "f:danger:now", "c:in_danger:"))
