"""Recognition of answers that say nothing about the case: 程序性答复 (成住建发〔2023〕62号 二(三), 一(四)).

Set phrases are taken out first. Of what is left, one clause has to say something specific: something or somebody
beside a verb that is theirs, a clock time beside a deed, or words that could not stand under any other case.
"""

import re
from enum import StrEnum

from complaints.text import answer_vocabulary as v


class Part(StrEnum):
    """The four parts of an answer that 一(四) names."""

    FACTS = "facts"
    MEASURES = "measures"
    PROGRESS = "progress"
    RESULT = "result"


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


def _longest_first(*words: str) -> str:
    return "|".join(sorted("|".join(words).split("|"), key=len, reverse=True))


CLAUSE = re.compile(r"[，。；;！!？?、\n…～~]+|[,.](?!\d)|(?<=[一-鿿])\s+")
PHRASES = _any(v.ECHO, v.PHRASES)
MORE_OF_IT = re.compile(v.MORE_OF_IT)
EMPTY = re.compile(_longest_first(v.WHO, v.POLITE, v.HOW, v.PROCEDURE, v.OFFICIAL, v.PARTICLES))
EMPTY_ENGLISH = re.compile(rf"\b(?:{v.EMPTY_ENGLISH})\b", re.IGNORECASE)
QUESTION = re.compile(
    r"[?？]\s*$|[吗呢嘛]\s*[。.!！]?$|什么时候|几点|哪[天里个栋层]|多久|方便吗|在不在家|是不是|有没有"
)
LAUGHTER = re.compile(r"(.)\1{3,}|(.{2,4}?)\2{2,}")  # one sign, or two to four of them, again and again
CHINESE = re.compile(r"[一-鿿]")
WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)

THING = _any(v.PLACE, v.PARTS)
SAID_AS_FACT = _any(v.SAID_AS_FACT)
PERSON = _any(v.STAFF, v.TRADE, v.OUTSIDE)
TRADE, OUTSIDE, FAULT, DEED = _any(v.TRADE), _any(v.OUTSIDE), _any(v.FAULT), _any(v.DEED)
CONTACTS, SENT, MOVES, VAGUE = _any(v.CONTACTS), _any(v.SENT), _any(v.MOVES), _any(v.VAGUE)
CLOCK, DAY, DONE, FINISHED = _any(v.CLOCK), _any(v.DAY), _any(v.DONE), _any(v.FINISHED)
COMES, STATE, OF_THING = _any(v.COMES), _any(v.STATE), _any(v.DEED, v.FAULT, v.FINISHED)
ALONE = _any(v.FAULT_ALONE, v.MINUTES, v.QUANTITY)


def missing_parts(words: str) -> tuple[Part, ...]:
    """What a procedural answer lacks; empty where the words say something of the case."""
    left = MORE_OF_IT.sub(r"\1", PHRASES.sub("，", LAUGHTER.sub(_once, words.strip())))
    if any(_says_something(clause.strip()) for clause in CLAUSE.split(left) if clause.strip()):
        return ()
    said = {
        Part.FACTS: THING.search(left) and FAULT.search(left),
        Part.MEASURES: DEED.search(left),
        Part.PROGRESS: CLOCK.search(left) or DAY.search(left),
        Part.RESULT: STATE.search(left),
    }
    return tuple(part for part in Part if not said[part])


def is_question(words: str) -> bool:
    """Whether the words ask the household something."""
    return QUESTION.search(words) is not None


def _once(again: re.Match[str]) -> str:
    return "" if again[1] else again[2]


def _says_something(clause: str) -> bool:
    """Somebody comes or acts; the thing works; what is wrong with it or done to it; by what time it is done."""
    dated = bool(CLOCK.search(clause) or DAY.search(clause))
    vague = VAGUE.search(clause) and not dated
    if not vague and (COMES.search(clause) or STATE.search(clause) or _somebody_acts(clause)):
        return True
    if ALONE.search(clause) or (THING.search(TRADE.sub("·", clause)) and OF_THING.search(clause)):
        return True
    return _by_then(clause) or (not vague and _is_of_no_other_case(clause, dated))


def _somebody_acts(clause: str) -> bool:
    """Somebody of a named trade is sent or acts, somebody outside is spoken to; anybody at all repairs or comes."""
    if OUTSIDE.search(clause):
        return bool(CONTACTS.search(clause) or DEED.search(clause) or MOVES.search(clause))
    if TRADE.search(clause):
        return bool(SENT.search(clause) or DEED.search(clause) or MOVES.search(clause))
    return bool(PERSON.search(clause) and DEED.search(clause))


def _by_then(clause: str) -> bool:
    if CLOCK.search(clause) and (DEED.search(clause) or DONE.search(clause) or MOVES.search(clause)):
        return True
    return bool(DAY.search(clause) and (DEED.search(clause) or MOVES.search(clause) or OUTSIDE.search(clause)))


def _is_of_no_other_case(clause: str, dated: bool) -> bool:
    """What is left without the words that could stand anywhere: signs enough, told as a fact, or for a day."""
    kept = EMPTY.sub("", CLOCK.sub("", DAY.sub("", THING.sub("·", PERSON.sub("", clause)))))
    signs, deed = set(CHINESE.findall(kept)), DEED.search(kept)
    told = SAID_AS_FACT.search(clause) or dated
    if told and len(signs) >= (1 if "·" in kept or deed else 2):
        return True
    return bool(deed and len(signs) >= 3) or len(set(WORD.findall(EMPTY_ENGLISH.sub(" ", clause).lower()))) >= 2
