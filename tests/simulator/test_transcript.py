"""The transcript: everything in order, as a messenger would show it."""

from zoneinfo import ZoneInfo

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from simulator.world.transcript import columns, render, wrapped

STORY = """\
━━ 2026-11-21 周六 ━━━━━━━━━━━━━━━━━━━━━━━━━

── 王女士 ──────────────────────────────────
09:00:00  王女士
            /start
09:00:00  王女士
            〔照片 ×2〕
            电梯坏了
09:00:00  马上
            请选择
            [ 电梯 ]  [ 照明 ]
09:00:05  王女士
            ▸ [ 电梯 ]
09:00:05  马上
            （好的）
09:00:05  马上 ✎
            已选电梯

── 武侯区住建局 ────────────────────────────
09:00:05  李科
            〔马上 进群〕

━━ 2026-11-22 周日 ━━━━━━━━━━━━━━━━━━━━━━━━━

── 武侯区住建局 ────────────────────────────
09:00:05  马上
            超时
"""


async def test_a_story_is_rendered_as_a_messenger_shows_it(sim, bot, opened, officer, clock):
    opened.sends_album(2, caption="电梯坏了")
    keys = [[InlineKeyboardButton("电梯", callback_data="1"), InlineKeyboardButton("照明", callback_data="2")]]
    sent = await bot.send_message(opened.id, "请选择", reply_markup=InlineKeyboardMarkup(keys))
    clock.moves(seconds=5)
    await bot.answer_callback_query(opened.taps("电梯").id, "好的")
    await sent.edit_text("已选电梯")
    group = sim.group("武侯区住建局", members=[officer])
    group.add_bot(by=officer)
    clock.moves(days=1)
    await bot.send_message(group.id, "超时")
    assert render(sim.transcript(), ZoneInfo("Asia/Shanghai"), width=44) == STORY


@pytest.mark.parametrize(("text", "wide"), [("abc", 3), ("马上", 4), ("🙂", 2), ("e\u0301", 1)])
def test_chinese_characters_take_two_columns(text, wide):
    assert columns(text) == wide


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("", [""]),
        ("一二三四五六", ["一二三四五", "六"]),
        ("hello world", ["hello", "world"]),
        ("helloworldandon", ["helloworld", "andon"]),
    ],
)
def test_long_lines_are_broken_by_columns(line, pieces):
    assert wrapped(line, 10) == pieces
