"""Which view renders a notice of the outbox: each view says so itself, by the notice's kind."""

from collections.abc import Callable

from complaints.case_view import CaseView
from views.framework.screen import Screen
from views.framework.translator import Translator

View = Callable[[Translator, CaseView], Screen]
VIEWS: dict[str, View] = {}


def notice(*kinds: str) -> Callable[[View], View]:
    """The view renders notices of these kinds. They stand in the outbox, so they are never renamed."""

    def known(view: View) -> View:
        for kind in kinds:
            if kind in VIEWS:
                raise ValueError(f"two views for {kind}")
            VIEWS[kind] = view
        return view

    return known
