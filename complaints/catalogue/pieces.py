"""The pieces of a text by which models know it: characters, pairs of them, how pairs sound, and English words."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

SOUND = "~"  # begins a piece that is a sound
STEM = 4  # letters of an English word that say enough of it
# How speakers of Sichuan and Shanghai, and voice input for them, merge sounds.
_MERGED = ((r"^([zcs])h", r"\1"), (r"^n(?=[aeiouv])", "l"), (r"(?<=[aei]n)g$", ""))
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z']*|\d+")
_END = re.compile(
    r"[，,。．.；;！!？?、\n…~～]+|\s{2,}|(?:另外|还有|而且|再一个|再就是|以及|顺便|同时|并且|\band\b|\balso\b)"
)


def plain(text: str) -> str:
    """One form for letters that look alike: half width, small."""
    return unicodedata.normalize("NFKC", text).casefold()


def clauses(text: str) -> list[str]:
    """The text's parts between marks and words like 「还有」, without empty ones."""
    return [part for part in (p.strip() for p in _END.split(plain(text))) if part]


def pieces(text: str) -> frozenset[str]:
    """All pieces of the text, each once."""
    return frozenset(_pieces(plain(text)))


def _pieces(said: str) -> Iterator[str]:
    words: list[str] = []
    for run in _RUN.findall(said):
        if run[0].isdigit():
            yield run if run == "12345" else "#"
        elif run.isascii():
            words.append(run)
            yield from (run, f"{run[:STEM]}-")
        else:
            yield from _of_run(run)
    yield from (f"{one} {two}" for one, two in itertools.pairwise(words))


def _of_run(run: str) -> Iterator[str]:
    """Its characters, its pairs of them, and how the pairs sound."""
    yield from run
    yield from (run[start : start + 2] for start in range(len(run) - 1))
    sounds = [_syllables().get(character, character) for character in run]
    yield from (f"{SOUND}{one}-{two}" for one, two in itertools.pairwise(sounds))


@cache
def _syllables() -> Mapping[str, str]:
    """How each character sounds, without tone, in its commonest reading."""
    table = (files("complaints") / "catalogue" / "syllables.txt").read_text(encoding="utf-8")
    sounds = (line.split(" ") for line in table.splitlines())
    return {character: _merged(sound) for sound, characters in sounds for character in characters}


def _merged(sound: str) -> str:
    for pattern, instead in _MERGED:
        sound = re.sub(pattern, instead, sound)
    return sound
