"""The pieces of a text by which models know it: characters, pairs of them, how they sound, how parts begin and end,
English words, kinds of words."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

SOUND = "~"  # begins a piece that is a sound
KIND = "@"  # begins a piece that is a kind of word, or two kinds that are said together
BEGIN, END = "^", "$"  # stand where a part of the text begins or ends
DENIED = "!"  # before a kind whose word is denied just before it: 「没有着火」
STEM = 4  # letters of an English word that say enough of it
# How speakers of Sichuan and Shanghai, and voice input for them, merge sounds.
_MERGED = ((r"^([zcs])h", r"\1"), (r"^n(?=[aeiouv])", "l"), (r"(?<=[aei]n)g$", ""))
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z']*|\d+")
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[a-z][a-z']*|\d+")
_DENIES = re.compile(r"(?:没有?人?|莫得?人?|不是|并没有?|未|无人?|呒没人?|勿是?|别|不)$")
_DENYING = tuple("没不莫勿未")  # such a word is what it is: 「没呼吸」 denies nothing
_END = re.compile(
    r"[，,。．.；;！!？?、\n…~～]+|\s{2,}|(?:另外|还有|而且|再一个|再就是|以及|顺便|同时|并且|\band\b|\balso\b)"
)


def plain(text: str) -> str:
    """One form for letters that look alike: half width, small."""
    return unicodedata.normalize("NFKC", text).casefold()


def clauses(text: str) -> list[str]:
    """The text's parts between marks and words like 「还有」, without empty ones."""
    return _parted(plain(text))


def _parted(text: str) -> list[str]:
    return [part for part in (p.strip() for p in _END.split(text)) if part]


@lru_cache(maxsize=8)  # models ask several times for the text that was just said
def pieces(text: str, *, edges: bool = False) -> frozenset[str]:
    """All pieces of the text, each once; `edges` are how its parts begin and end."""
    simple = plain(text).translate(_simplified())
    runs = _RUN.findall(simple)
    return frozenset(_pieces(runs)).union(_kinds_of(runs), _edges(simple) if edges else ())


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
    yield from _sounding([sound for word in words for sound in _spelled(word)])


def _of_run(run: str) -> Iterator[str]:
    """Its characters, its pairs of them, and how the pairs sound."""
    yield from run
    yield from (run[start : start + 2] for start in range(len(run) - 1))
    yield from _sounding([_syllables().get(character, character) for character in run])


def _sounding(sounds: Sequence[str]) -> Iterator[str]:
    yield from (f"{SOUND}{one}-{two}" for one, two in itertools.pairwise(sounds))


def _spelled(word: str) -> Sequence[str]:
    """The syllables of a word that is written in pinyin, as characters would sound; none of an English word."""
    one, whole = _pinyin()
    return [_merged(sound) for sound in one.findall(word)] if whole.fullmatch(word) else []


def _edges(text: str) -> Iterator[str]:
    """How its parts begin and end, by one and by two characters or words."""
    for part in _parted(text):
        if said := _TOKEN.findall(part):
            yield from (f"{BEGIN}{said[0]}", f"{BEGIN}{''.join(said[:2])}")
            yield from (f"{said[-1]}{END}", f"{''.join(said[-2:])}{END}")


def _kinds_of(runs: Sequence[str]) -> Iterator[str]:
    """Kinds of words that are said, and each two of them: what was learnt of a word holds for others of its kind."""
    found = sorted({kind for run in runs for kind in _kinds_in(run)}.union(_kinds_of_two(runs)))
    yield from (f"{KIND}{kind}" for kind in found)
    yield from (f"{KIND}{one} {two}" for one, two in itertools.combinations(found, 2))


def _kinds_in(run: str) -> Iterator[str]:
    """Kinds of the longest known words that stand in the run, each marked where it is denied."""
    known, end = _kinds(), 0
    for at, size in _known_words(run):
        if at + size > end:
            word, end = run[at : at + size], at + size
            denied = not word.startswith(_DENYING) and _DENIES.search(run[max(0, at - STEM) : at])
            yield from (f"{DENIED}{kind}" if denied else kind for kind in known[word])


def _known_words(run: str) -> Iterator[tuple[int, int]]:
    """Where known words begin, and how long the longest there is; of English only the whole word."""
    known, sizes = _kinds(), _sizes()
    if run.isascii():
        yield from [(0, len(run))] if run in known else []
        return
    for at, first in enumerate(run):
        size = next((size for size in sizes.get(first, ()) if run[at : at + size] in known), 0)
        if size:
            yield at, size


def _kinds_of_two(runs: Sequence[str]) -> Iterator[str]:
    """Kinds of two English words that stand together."""
    words = [run for run in runs if run.isascii()]
    for one, two in itertools.pairwise(words):
        yield from _kinds().get(f"{one} {two}", ())


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
def _sizes() -> Mapping[str, Sequence[int]]:
    """How long words are that begin with a character, the longest first."""
    sizes: dict[str, set[int]] = {}
    for word in _kinds():
        sizes.setdefault(word[0], set()).add(len(word))
    return {first: sorted(some, reverse=True) for first, some in sizes.items()}


@cache
def _simplified() -> dict[int, int]:
    """For each traditional character, and those that only Cantonese has, what is written in its stead."""
    table = (files("complaints") / "catalogue" / "traditional.txt").read_text(encoding="utf-8")
    return str.maketrans(*table.split())


@cache
def _syllables() -> Mapping[str, str]:
    """How each character sounds, without tone, in its commonest reading."""
    return {character: _merged(sound) for sound, characters in _sounds() for character in characters}


@cache
def _sounds() -> Sequence[Sequence[str]]:
    """Each syllable in pinyin, with the characters that sound so."""
    table = (files("complaints") / "catalogue" / "syllables.txt").read_text(encoding="utf-8")
    return [line.split(" ") for line in table.splitlines()]


@cache
def _pinyin() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What one syllable is, and a word of nothing else: the longest that leaves no vowel behind without a consonant."""
    sounds = "|".join(sorted((sound for sound, _ in _sounds()), key=lambda sound: (-len(sound), sound)))
    one = rf"(?:{sounds})(?![aeiouv])"
    return re.compile(one), re.compile(rf"(?:{one})+")


def _merged(sound: str) -> str:
    for pattern, instead in _MERGED:
        sound = re.sub(pattern, instead, sound)
    return sound
