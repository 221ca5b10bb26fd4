"""Voice messages: 「转写」 before closing, shown to who has spoken, and a program's draft where there is one."""

import sys

import pytest
from playing import DONE

from bot.voice.transcriber import Transcriber

SPOKEN = "3栋电梯坏了，门关不上"
DANGER = "电梯里困人了，快来"


@pytest.fixture
def program(city, tmp_path):
    """A program of the operator's that hears these words in whatever it is given."""

    def hears(words, *, by_file=False):
        reads = "open(sys.argv[1], 'rb').read()" if by_file else "sys.stdin.buffer.read()"
        script = tmp_path / "hears.py"
        script.write_text(
            f"import sys\nassert len({reads}) > 0\nsys.stdout.buffer.write({words!r}.encode())", encoding="utf-8"
        )
        app = city.app
        command = [sys.executable, str(script), *(["{file}"] if by_file else [])]
        app.transcriber = Transcriber(
            app.store, app.telegram_bot, app.clock, app.lease.leads, app.outbox_dispatcher.wake, command
        )

    return hears


async def speaks(wang, *, danger=False):
    await wang.sends_voice()
    if danger:
        await wang.taps("有危险")
        return
    await wang.taps("电梯水电")
    await wang.taps("公共照明不亮")
    await wang.taps("没有")
    await wang.taps("提交")


async def test_the_voice_is_written_down_before_closing_and_shown_to_who_has_spoken(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await speaks(wang)
    await manager.says("电工已到现场查看，是灯泡坏了，今天17:00前更换。", reply_to=manager.card)
    await manager.taps("提交办结")
    assert "还有1条语音没转写" in manager.answer.text
    await manager.taps("转写")
    await manager.says(SPOKEN)
    assert "已转写" in manager.answer.text
    assert SPOKEN in wang.answer.text
    await play.resolves(manager)
    assert wang.has(DONE)


async def test_who_has_spoken_changes_what_was_written_down(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await speaks(wang)
    await manager.taps("转写")
    await manager.says("三栋电梯怀了")
    await wang.taps("改")
    await wang.says(SPOKEN)
    assert "住户改了语音的转写" in manager.answer.text
    assert SPOKEN in manager.answer.text


async def test_words_written_down_that_speak_of_danger_raise_the_case(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await speaks(wang)
    await manager.taps("转写")
    await manager.says(DANGER)
    assert (await play.case()).danger
    assert wang.has("您的问题里有危险")


@pytest.mark.parametrize("by_file", [False, True], ids=["from stdin", "from a file"])
async def test_a_programs_draft_is_offered_to_the_handler(play, program, by_file):
    program(SPOKEN, by_file=by_file)
    manager, wang = await play.staff("经理甲"), await play.resident()
    await speaks(wang)
    assert not wang.has(SPOKEN)  # nobody has looked at it yet
    await manager.taps("转写")
    assert SPOKEN in manager.answer.text
    await manager.taps("就是这样")
    assert SPOKEN in wang.answer.text
    assert (await play.case()).voices == ()


async def test_danger_in_a_programs_draft_is_danger_at_once(play, program, characters):
    program(DANGER)
    manager, head, _, group, wang = characters
    await speaks(wang)
    assert (await play.case()).danger
    for reader in (manager, head):
        assert reader.has("有危险：住户刚刚说的")
    assert any("有危险：住户刚刚说的" in shown.text for shown in group.sees)
    assert wang.has("请先打电话")


async def test_what_was_said_goes_with_who_has_said_it(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await speaks(wang)
    await manager.taps("转写")
    await manager.says(SPOKEN)
    await wang.says("/privacy")
    await wang.taps("删除我的数据")
    await wang.taps("确认删除")
    async with play.city.app.store.work(play.clock.now()) as work:
        [(_, words)] = (await play.case()).transcripts
        assert (await work.said(words)).text == ""
