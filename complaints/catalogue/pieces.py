"""The pieces of a text by which models know it: characters, pairs of them, how they sound, English words, kinds."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

SOUND = "~"  # begins a piece that is a sound
KIND = "@"  # begins a piece that is a kind of word, or two kinds that are said together
LONGEST = 5  # characters of a word whose kind is known
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
    runs = _RUN.findall(plain(text))
    return frozenset(_pieces(runs)).union(_kinds_of(runs))


def _pieces(runs: Sequence[str]) -> Iterator[str]:
    words: list[str] = []
    for run in runs:
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


def _kinds_of(runs: Sequence[str]) -> Iterator[str]:
    """Kinds of words that are said, and each two of them: what was learnt of a word holds for others of its kind."""
    known = _kinds()
    found = sorted({kind for word in _words(runs) for kind in known.get(word, ())})
    yield from (f"{KIND}{kind}" for kind in found)
    yield from (f"{KIND}{one} {two}" for one, two in itertools.combinations(found, 2))


def _words(runs: Sequence[str]) -> Iterator[str]:
    """What may be a word: each few characters that stand together, each English word, and two of these."""
    english = [run for run in runs if run.isascii()]
    yield from english
    yield from (f"{one} {two}" for one, two in itertools.pairwise(english))
    for run in runs:
        if not run.isascii():
            yield from (run[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(run) - size + 1))


@cache
def _kinds() -> Mapping[str, Sequence[str]]:
    """Of which kinds each word of `kinds.txt` is."""
    kinds: dict[str, list[str]] = {}
    for line in (files("complaints") / "catalogue" / "kinds.txt").read_text(encoding="utf-8").splitlines():
        kind, words = line.split(" ", 1)
        for word in words.split("|"):
            kinds.setdefault(word, []).append(kind)
    return kinds


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
