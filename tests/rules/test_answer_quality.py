"""Answers that say nothing of the case (成住建发〔2023〕62号 二(三)), and answers that do."""

from pathlib import Path

import pytest

from complaints.text.answer_quality import Part, missing_parts

FILES = Path(__file__).parent / "answers"
NOTHING = (FILES / "nothing.txt").read_text(encoding="utf-8").splitlines()
SOMETHING = (FILES / "something.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("words", NOTHING)
def test_an_empty_phrase_stops_no_clock(words):
    assert missing_parts(words)


@pytest.mark.parametrize("words", SOMETHING)
def test_words_about_the_case_are_an_answer(words):
    assert missing_parts(words) == ()


def test_the_missing_parts_are_named():
    assert missing_parts("好的") == tuple(Part)


def test_blanks_around_a_phrase_change_nothing():
    assert missing_parts("  收到  \n")


@pytest.mark.parametrize("phrase", ["嗯", "我们", "尽快", "处理", "好", "请稍等"])
def test_no_string_of_phrases_keeps_the_bot_busy(phrase):
    """Matching is linear: a pattern that goes back and forth would take minutes here."""
    assert missing_parts(phrase * 2000)
    missing_parts(phrase * 2000 + "x")
