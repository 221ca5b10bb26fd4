"""Nobody reads of a resident what is not for them: not in groups, logs, errors, exports, commands or others' chats."""

import asyncio
import json
import logging
import shutil
import sys
from importlib.resources import files as resources
from io import StringIO

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.logs import set_up_logs
from bot.settings import Settings
from cli.__main__ import app as mashang
from complaints.model.people import Home
from demo.sample_city import TOKEN, open_city
from simulator.api_errors import bad
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX

ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
WANG = {"name": "欧阳静芷", "phone": "13977770001", "room": "九零七一", "words": "楼道灯不亮，孩子走丢过"}
LI = {"name": "司徒墨岚", "phone": "13977770002", "room": "四三八八", "words": "电表箱有异响，我很担心"}
MORE = "补充一下，昨晚又闪了"
REASON = "根本没人来修过"
CAPTION = "我家门口的照片"


@pytest.fixture
async def city(laid):
    """Here calls are refused on purpose."""
    async with open_city(laid) as made:
        yield made


@pytest.fixture
def logs(monkeypatch):
    """Everything that is logged, with the clients at their loudest."""
    root, out = logging.getLogger(), StringIO()
    handlers, level, quiet = root.handlers[:], root.level, ("aiohttp", "httpx")
    monkeypatch.setattr(sys, "stderr", out)
    set_up_logs(Settings(token=TOKEN))
    for name in ("", *quiet):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield out
    root.handlers[:], root.level = handlers, level
    for name in quiet:
        logging.getLogger(name).setLevel(logging.WARNING)


async def lives(play, about, building):
    who = play.stranger(about["name"], phone=about["phone"])
    async with play.city.app.store.work(play.clock.now()) as work:
        play.known(work, who, Home(project="jchy", building=building, room=about["room"]))
        await work.commit()
    return who


def told(play):
    """All that the bot has ever said or drawn in each chat, whatever became of it since."""
    found = {}
    for call in play.city.sim.calls:
        chat = call.params.get("chat_id")
        if chat is not None:
            found[int(chat)] = f"{found.get(int(chat), '')}\n{dict(call.params)}"
    return found


def photo_of(who):
    return next(p.fields["photo"][-1].file_id for p in who.room.posts.values() if "photo" in p.media)


async def refuses_everything_once(play):
    """Telegram answers with what it was sent, as it does for bad markup."""
    seen = set()

    async def hook(at, call):
        text = str(call.params.get("text", ""))
        if at == "received" and call.method == "sendMessage" and text not in seen and len(seen) < 3:
            seen.add(text)
            raise bad(f"can't parse entities: {text}")

    play.city.sim.hook = hook


async def story(play, group, staff, wang, li):
    """Filing with photos, both ways of contact, expiry, supervision, answer, result, rating, reopening, failures."""
    manager, head, officer, *_ = staff
    await play.files(wang, WANG["words"])
    await wang.sends_photo(CAPTION, reply_to=wang.card)
    await manager.taps("显示电话", on=manager.finds(WANG["words"]))
    await play.files(li, LI["words"], "lighting_out", way="anonymous")
    await li.sends_photo(MORE, reply_to=li.card)
    await refuses_everything_once(play)
    await play.at(14)
    await officer.taps("督办", to=group)
    await officer.taps("2小时", to=group)
    await officer.taps("下达")
    await head.taps("我来处理", on=head.finds("响应超时"))
    for card in [shown for shown in head.hears if "我来处理" in shown.labels][-2:]:
        await head.says(ANSWER, reply_to=card)
    await play.resolves(head)
    for who in (wang, li):
        if "不满意" in who.answer.labels:
            await who.taps("不满意")
            await who.taps("其他")
            await who.says(REASON)
    await manager.says("/todo")
    await officer.says("/today")
    poison = {"from": {"id": wang.id, "first_name": WANG["name"]}, "text": WANG["words"], "entities": "broken"}
    play.city.sim.inject({"message": {"chat": {"id": wang.id, "type": "private"}, "date": 1, **poison}})
    await play.city.settle()


@pytest.mark.thorough
async def test_not_one_hit_where_it_is_not_for(play, logs, capsys, laid, tmp_path, monkeypatch):
    manager, head, officer, other, stranger = await play.staff("经理甲", "负责人甲", "经办员甲", "经理丙", "经办员乙")
    group, city_group = await play.group(officer), await play.group(officer, "成都市", "成都市住建工作群")
    wang, li = await lives(play, WANG, "3栋"), await lives(play, LI, "4栋")
    await story(play, group, (manager, head, officer), wang, li)
    photos = photo_of(wang), photo_of(li)
    numbers = [case.number for case in await play.cases()]
    await li.says("/privacy export")
    await wang.says("/privacy export")
    exported = exports(play, li)
    await wang.says("/privacy delete")
    await wang.taps("确认删除")
    await play.city.settle()

    chats = told(play)
    everything = [*WANG.values(), *LI.values(), MORE, REASON, CAPTION, *photos]
    for_nobody_else = [WANG["name"], LI["name"], LI["phone"], LI["room"]]
    hits = {
        "groups": found(chats[group.id] + chats.get(city_group.id, ""), everything),
        "strangers": found(chats.get(other.id, "") + chats.get(stranger.id, ""), [*everything, *numbers]),
        "handlers": found("".join(chats[s.id] for s in (manager, head, officer)), for_nobody_else),
        "the other household": found(chats[li.id], [*WANG.values(), CAPTION, photos[0]]),
        "the other's export": found(exported, [*WANG.values(), CAPTION, ANSWER, "经理甲", "负责人甲"]),
        "the token": found("".join(chats.values()), [TOKEN]),
        "outcomes": found(await outcomes(play), everything),
        "logs": found(logs.getvalue() + "".join(capsys.readouterr()), [*everything, TOKEN]),
        "commands": found(await commands(laid, tmp_path, monkeypatch, play.city.sim.url), [*everything, TOKEN]),
    }
    assert hits == {where: [] for where in hits}
    assert WANG["phone"] in chats[manager.id]  # the canaries do sing where they may
    assert photos[1] in chats[manager.id]
    assert LI["words"] in exported


def found(text, canaries):
    return [canary for canary in canaries if canary in text]


def exports(play, who):
    sent = [post for post in who.room.posts.values() if post.from_bot and "document" in post.media]
    return "".join(play.city.sim.world.files.of(p.fields["document"].file_id).data.decode() for p in sent)


async def outcomes(play):
    async with play.city.app.store.work(play.clock.now()) as work:
        rows = [*await work.rows(select(OUTBOX.c.outcome)), *await work.rows(select(INBOX.c.error))]
    return json.dumps([row[0] for row in rows], ensure_ascii=False)


async def commands(laid, tmp_path, monkeypatch, url):
    """What the command line says of such a database, and of a registry with a fault in it."""
    folder = tmp_path / "registry"
    shutil.copytree(str(resources("storage") / "sample"), folder)
    people = folder / "people.csv"
    people.write_text(people.read_text() + f"{WANG['name']},1{WANG['phone']}1,nobody,{WANG['room']},yesterday,\n")
    monkeypatch.setenv("MASHANG_DATABASE_URL", f"sqlite:///{laid / 'city.db'}")
    monkeypatch.setenv("MASHANG_TOKEN", TOKEN)
    monkeypatch.setenv("MASHANG_API_URL", url)
    said = ""
    for words in (["audit", "verify"], ["doctor"], ["registry", "check", str(folder)], ["run", "--now"]):
        result = await asyncio.to_thread(CliRunner().invoke, mashang, words)
        said += result.output + result.stderr
    assert "everything holds" in said
    return said
