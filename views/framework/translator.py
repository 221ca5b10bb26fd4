"""The translator of a screen's sentences; passed as `t`, never global."""

import gettext
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from complaints.policy.data_files import Text

DOMAIN = "mashang"
LANGUAGES = ("zh", "en")
FOLDERS = {"zh": "zh_CN"}  # English is what the sentences are written in


FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
ISOLATE, END = "\u2068", "\u2069"


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def language_of(code: str | None) -> str:
    """Which of our languages fits what the messenger says; Chinese where it says nothing."""
    return "zh" if not code or code.lower().startswith("zh") else "en"


class Translator:
    """Call it with a whole English sentence and its facts; facts that are text are escaped for HTML."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, sentence: str, **facts: Any) -> Html:
        return _filled(self._catalogue.gettext(sentence), facts)

    def p(self, context: str, label: str, **facts: Any) -> str:
        """A label of a button or command: plain text."""
        found = self._catalogue.pgettext(context, label)
        return found.format(**facts) if facts else found

    def n(self, one: str, many: str, count: int, **facts: Any) -> Html:
        return _filled(self._catalogue.ngettext(one, many, count), {"count": count, **facts})

    def of(self, text: Text) -> str:
        """The label of something that carries its names itself (a pack's stage, a matter)."""
        return text.zh if self.language == "zh" else text.en


def escaped(text: str) -> Html:
    """Text as HTML; what is HTML already stays as it is. What runs from right to left moves nothing beside it."""
    if isinstance(text, Html):
        return text
    apart = f"{ISOLATE}{text}{END}" if FROM_THE_RIGHT.search(text) and "\n" not in text else text
    return Html(escape(apart, quote=False))


def _filled(sentence: str, facts: dict[str, Any]) -> Html:
    safe = {k: escaped(v) if isinstance(v, str) else v for k, v in facts.items()}
    return Html(sentence.format(**safe) if facts else sentence)


@cache
def translator(language: str) -> Translator:
    """The translator of one of LANGUAGES; anything else reads Chinese."""
    folder = FOLDERS.get(language)
    if folder is None:
        return Translator("en", gettext.NullTranslations()) if language == "en" else translator("zh")
    compiled = files("locales") / folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with compiled.open("rb") as file:
        return Translator(language, gettext.GNUTranslations(file))
