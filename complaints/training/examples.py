"""Sentences as people say them, with what each is about: what models learn from, and what they are measured by."""

import hashlib
import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

SHELVES = ("equipment", "building", "surroundings", "safety", "order", "money")
HELD_OUT = 4  # every fourth sentence, by its hash
OF_A_PHRASE = 40  # of the combinations of a phrase; more would outweigh what people really say
OF_A_DANGER_PHRASE = 80  # there each counts half, and more of them cry less


@dataclass(frozen=True)
class Example:
    """A sentence and the matters that it names, the first one foremost; none where it names none."""

    text: str
    matters: tuple[str, ...] = ()

    @property
    def is_held_out(self) -> bool:
        """Whether it is kept from learning where what was learnt is measured."""
        return hashlib.sha256(f"held out: {self.text}".encode()).digest()[0] % HELD_OUT == 0


Wanted = Callable[[Example], bool]  # whether an example is to be learnt from


def of_matters() -> list[Example]:
    """Sentences about one matter each."""
    return [Example(line, (matter,)) for shelf in SHELVES for matter, line in _by_matter(shelf)]


def of_phrases() -> list[Example]:
    """Things and what can be wrong with them, put together: 「(路灯|楼道灯)(不亮|坏了)」. For learning only."""
    phrases = [(() if matter == "-" else (matter,), phrase) for matter, phrase in _by_matter("phrases")]
    return [Example(text, matters) for matters, phrase in phrases for text in _spelled_out(phrase, OF_A_PHRASE)]


def of_several() -> list[Example]:
    """Sentences about two matters each, which stand before them. For measuring only."""
    found = []
    for line in _lines("several"):
        first, second, text = line.split(" ", 2)
        found.append(Example(text, (first, second)))
    return found


def of_nothing() -> list[Example]:
    """What is said without naming any matter."""
    return [Example(line) for line in _lines("nothing")]


def dangerous() -> list[Example]:
    return [Example(line) for line in _lines("danger")]


def harmless() -> list[Example]:
    """What only sounds dangerous, and what nobody would take for it."""
    return [Example(line) for line in _lines("harmless")]


def everyday() -> list[Example]:
    """Ordinary complaints, repairs and questions, in which nothing sounds dangerous."""
    return [Example(line) for line in _lines("everyday")]


def said() -> list[Example]:
    """All sentences that people say, whatever they are about."""
    return [*of_matters(), *of_nothing(), *dangerous(), *harmless(), *everyday()]


def of_danger_phrases() -> list[tuple[str, str]]:
    """As `of_phrases`: texts with what they speak of, `harm` or `-`. For learning only."""
    phrases = _by_matter("danger_phrases")
    return [(text, side) for side, phrase in phrases for text in _spelled_out(phrase, OF_A_DANGER_PHRASE)]


def fingerprint() -> str:
    """The hash of all sentences: weights that name another were learnt from others."""
    whole = hashlib.sha256()
    for file in sorted(_folder().iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            whole.update(file.name.encode() + b"\0" + file.read_text(encoding="utf-8").encode())
    return whole.hexdigest()


def _spelled_out(phrase: str, most: int) -> list[str]:
    """The combinations of a phrase's alternatives, or as many of them as count, the same ones each time."""
    parts = [part.strip("()").split("|") for part in re.findall(r"\([^)]*\)|[^()]+", phrase)]
    texts = ["".join(words) for words in itertools.product(*parts)]
    return texts if len(texts) <= most else random.Random(phrase).sample(texts, most)


def _by_matter(name: str) -> Iterator[tuple[str, str]]:
    matter = ""
    for line in _lines(name):
        if line.startswith("["):
            matter = line.strip("[]")
        else:
            yield matter, line


def _lines(name: str) -> list[str]:
    text = (_folder() / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _folder() -> Traversable:
    return files("complaints") / "catalogue" / "examples"
