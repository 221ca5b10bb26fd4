"""Every notice reads as in `golden/`, in both languages. `UPDATE_GOLDEN=1 pytest tests/views` writes the files anew."""

import asyncio
import os
from functools import cache
from pathlib import Path

import notice_samples
import pytest
from notice_samples import shown

from views import notices
from views.framework.translator import LANGUAGES, translator

FOLDER = Path(__file__).with_name("golden")
READERS = sorted({kind.partition(".")[0] for kind in notices.VIEWS})
FILES = [(language, reader) for language in LANGUAGES for reader in (*READERS, "anybody")]
UPDATE = "UPDATE_GOLDEN" in os.environ
RULE = "═" * 100


@cache
def samples():
    return asyncio.run(notice_samples.play())


def section(title, when, text):
    return f"{RULE}\n{title}\n{when}\n{'─' * 100}\n{text}\n"


def written(language, reader):
    """All that this reader may get from the bot unasked, one message under the other."""
    if reader == "anybody":
        return "\n".join(_anybodys(language))
    mine = [sample for sample in samples().values() if sample.kind.startswith(f"{reader}.")]
    found = sorted(mine, key=lambda sample: sample.kind)
    return "\n".join(section(sample.title, sample.when, shown(sample.screen(language))) for sample in found)


def _anybodys(language):
    t = translator(language)
    receipt = samples()["resident.answered"].screen(language)
    yield section("possible repeat", "nobody knows whether it arrived", shown(notices.possible_repeat(t, receipt)))
    yield section("blank", "what may be seen no more can't be deleted", shown(notices.blank(t)))
    for in_group in (False, True):
        where = "to a group" if in_group else "to one person"
        batch = notice_samples.batch(samples(), language, in_group=in_group)
        yield section(f"batch, {where}", "too much is to be said at once", shown(batch))


@pytest.mark.parametrize(("language", "reader"), FILES)
def test_what_a_reader_reads(language, reader):
    file = FOLDER / language / f"{reader}.txt"
    text = written(language, reader)
    if UPDATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_no_kind_is_missing_and_none_is_of_nobody():
    assert {sample.kind for sample in samples().values() if not sample.live} == set(notices.VIEWS)
    assert {sample.kind for sample in samples().values() if sample.live} == set(notices.LIVE)


def test_no_file_is_left_over():
    there = {(file.parent.name, file.stem) for file in FOLDER.rglob("*.*")}
    assert there == set(FILES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_samples_of_a_kind_read_the_same(language):
    """Else one of them shows nothing."""
    seen = {}
    for sample in samples().values():
        text = shown(sample.screen(language))
        assert (sample.kind, text) not in seen, f"{sample.title} reads as {seen[sample.kind, text]}"
        seen[sample.kind, text] = sample.title


def test_every_sample_still_has_a_point():
    """What is shown here is what would be sent."""
    pointless = [x.title for x in samples().values() if not x.live and not notices.has_point(x.kind, x.view)]
    assert pointless == []
