"""The page's server: what it takes from a browser, what it gives, and what it keeps from strangers."""

import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from yarl import URL

from simulator.ui.controls import CityChoice, Player
from simulator.ui.web_server import Window

BOTH = {"zh": "王女士", "en": "Ms Wang"}


class Stage:
    """Controls without a bot behind them: two people, and a clock that is moved."""

    def __init__(self, sim):
        self.sim = sim
        self.at = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
        self.cities = [CityChoice("chengdu", BOTH)]
        self.city = "chengdu"
        self.timezone = "Asia/Shanghai"
        self.ready = True
        self.lays_out()

    def lays_out(self):
        self.wang = self.sim.person("王女士", "13900000001")
        self.officer = self.sim.person("经办员甲", "13800000107")
        self.group = self.sim.group("工作群", members=[self.officer])

    def now(self):
        return self.at

    def players(self):
        return [
            Player("resident", BOTH, BOTH, self.wang, poster="p_jchy", place="锦城花园", open=True),
            Player("group", BOTH, BOTH, self.group, speakers=[self.officer], open=True),
        ]

    async def move(self, jump, case):
        self.at += timedelta(hours=1)

    async def behind(self, case):
        return {"cases": [], "case": None}

    async def speak(self, language):
        self.wang.speaks(language)

    async def restart(self, city, language):
        self.sim.restart()
        self.lays_out()

    def tour(self, language):
        return []


class Browser:
    """A window's end of the wire."""

    def __init__(self, socket):
        self.socket = socket
        self.number = 0

    async def hears(self, fits):
        """The first message that fits, and all before it dropped."""
        while True:
            said = await self.socket.receive_json(timeout=5)
            if fits(said):
                return said

    async def does(self, act, **facts):
        """Do it, and say what hindered it."""
        self.number += 1
        await self.socket.send_json({"id": self.number, "act": act, **facts})
        return (await self.hears(lambda said: said["type"] == "done" and said["id"] == self.number))["problem"]

    async def post(self, words):
        found = await self.hears(lambda said: said["type"] == "news" and any(words in p["text"] for p in said["posts"]))
        return next(post for post in found["posts"] if words in post["text"])


@pytest.fixture
async def stage(sim):
    made = Stage(sim)
    window = Window(sim, made)
    made.url = await window.start()
    window.show.begin()
    yield made
    await window.close()


@pytest.fixture
async def web(stage):
    async with aiohttp.ClientSession(stage.url) as session:
        yield session


@pytest.fixture
async def browser(web):
    async with web.ws_connect("/live") as socket:
        yield Browser(socket)


async def test_a_window_is_told_everything_so_far(browser, stage):
    seen = await browser.hears(lambda said: said["type"] == "stage")
    assert [player["key"] for player in seen["players"]] == ["resident", "group"]
    assert seen["open"] == ["resident", "group"]
    news = await browser.hears(lambda said: said["type"] == "news")
    assert (news["fresh"], news["phones"]["resident"]["standing"]) == (True, "stranger")


async def test_scanning_the_poster_is_following_its_link(browser, stage):
    assert await browser.does("start", phone="resident", payload="p_jchy") == ""
    assert stage.wang.last.text == "/start p_jchy"


async def test_words_are_shown_as_words_with_their_entities(browser, stage):
    stage.wang.opens()
    assert await browser.does("say", phone="resident", text="<b>看</b> /help", reply=0) == ""
    post = await browser.post("看")
    assert post["text"] == "<b>看</b> /help"
    assert post["entities"] == [{"type": "bot_command", "offset": 9, "length": 5, "url": ""}]


async def test_photos_go_together_and_the_words_with_the_first(browser, stage, web):
    stage.wang.opens()
    await browser.hears(lambda said: said["type"] == "news")
    token = (await (await web.post("/upload?name=a.png", data=b"\x89PNG")).json())["token"]
    attachments = [{"kind": "upload", "token": token}, {"kind": "sample", "name": "lift.jpg"}, {"kind": "location"}]
    assert await browser.does("send", phone="resident", text="看", attachments=attachments) == ""
    first, second, place = stage.wang.sees[-3:]
    assert (first.text, first.media, second.text, second.media) == ("看", ["photo"], "", ["photo"])
    assert place.media == ["location"]


@pytest.mark.parametrize(
    ("act", "facts", "problem"),
    [
        ("say", {"phone": "nobody", "text": "您好"}, "gone"),
        ("say", {"phone": "resident", "text": "  "}, "empty"),
        ("say", {"phone": "group", "text": "您好", "speaker": 1}, "gone"),
        ("press", {"phone": "resident", "chat": 1, "message": 1, "row": 0, "column": 0, "label": "提交"}, "gone"),
        ("key", {"phone": "resident", "label": "反映问题"}, "changed"),
        ("start", {"phone": "resident", "payload": "不行"}, "link"),
        ("send", {"phone": "resident", "attachments": [{"kind": "upload", "token": "none"}]}, "upload"),
        ("send", {"phone": "resident", "attachments": [{"kind": "sample", "name": "../server.py"}]}, "upload"),
        ("send", {"phone": "resident", "attachments": []}, "bad"),
        ("open", {"phone": "nobody"}, "gone"),
        ("restart", {"city": "nowhere", "language": "zh"}, "gone"),
        ("move", {"jump": "yesterday"}, "bad"),
        ("fly", {}, "bad"),
    ],
)
async def test_what_can_not_be_done_says_why_and_changes_nothing(browser, stage, act, facts, problem):
    assert await browser.does(act, **facts) == problem
    assert stage.wang.sees == []


@pytest.mark.parametrize("raw", ["", "[]", "{}", '{"id": "x"}', "\x00", "9" * 5000])
async def test_nonsense_on_the_wire_is_answered_and_the_window_lives_on(browser, raw):
    await browser.socket.send_str(raw)
    assert (await browser.hears(lambda said: said["type"] == "done"))["problem"] == "bad"
    assert await browser.does("look", case="") == ""


async def test_a_press_on_a_button_that_has_changed_meanwhile_does_nothing(browser, stage, sim, bot):
    stage.wang.opens()
    markup = {"inline_keyboard": [[{"text": "提交", "callback_data": "x"}]]}
    sent = await bot.send_message(stage.wang.id, "好吗？", reply_markup=json.dumps(markup))
    where = {"phone": "resident", "chat": stage.wang.id, "message": sent.message_id, "row": 0, "column": 0}
    assert await browser.does("press", label="取消", **where) == "changed"
    before = len(sim.updates)
    assert await browser.does("press", label="提交", **where) == ""
    assert len(sim.updates) == before + 1


async def test_a_toast_is_shown_once_and_to_whoever_pressed(browser, stage, sim, bot):
    stage.wang.opens()
    markup = {"inline_keyboard": [[{"text": "提交", "callback_data": "x"}]]}
    await bot.send_message(stage.wang.id, "好吗？", reply_markup=json.dumps(markup))
    query = stage.wang.taps("提交")
    await browser.hears(lambda said: said["type"] == "news")
    await bot.answer_callback_query(query.id, "好的", show_alert=True)
    heard = await browser.hears(lambda said: said["type"] == "news" and said["toasts"])
    assert heard["toasts"] == [{"to": stage.wang.id, "text": "好的", "alert": True}]


async def test_typing_shows_until_the_bot_has_spoken(browser, stage, bot):
    stage.wang.opens()
    await bot.send_chat_action(stage.wang.id, "typing")
    await browser.hears(lambda said: said["type"] == "news" and said["phones"]["resident"]["typing"])
    await bot.send_message(stage.wang.id, "好的")
    await browser.hears(lambda said: said["type"] == "news" and not said["phones"]["resident"]["typing"])


async def test_a_fresh_city_replaces_everything_in_every_window(browser, stage):
    stage.wang.opens()
    await browser.post("/start")
    assert await browser.does("restart", city="chengdu", language="zh") == ""
    await browser.hears(lambda said: said["type"] == "stage" and said["epoch"] == 2)
    assert (await browser.hears(lambda said: said["type"] == "news"))["posts"] == []


async def test_all_telephones_speak_the_language_that_the_page_is_turned_to(browser, stage):
    assert await browser.does("speak", language="en") == ""
    turned = await browser.hears(lambda said: said["type"] == "stage")
    assert turned["players"][0]["language"] == "en"


async def test_a_blocked_telephone_can_only_unblock(browser, stage):
    stage.wang.opens()
    stage.wang.blocks_bot()
    assert await browser.does("say", phone="resident", text="您好") == "blocked"
    assert await browser.does("unblock", phone="resident") == ""
    assert await browser.does("say", phone="resident", text="您好") == ""


async def test_a_migrated_group_keeps_its_telephone(browser, stage):
    await browser.hears(lambda said: said["type"] == "stage")
    before = stage.group.id
    assert await browser.does("trouble", name="migrated", on=True) == ""
    news = await browser.hears(lambda said: said["type"] == "news" and len(said["phones"]["group"]["chats"]) == 2)
    assert news["phones"]["group"]["chats"] == [before, stage.group.id]


# --- strangers --------------------------------------------------------------------------------------------------


async def test_another_page_can_neither_listen_nor_act(web):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await web.ws_connect("/live", headers={"Origin": "https://elsewhere.example"})
    assert refused.value.status == 403
    answer = await web.post("/upload?name=a", data=b"x", headers={"Origin": "https://elsewhere.example"})
    assert answer.status == 403


async def test_a_strangers_name_for_loopback_is_refused(web):
    assert (await web.get("/", headers={"Host": "elsewhere.example"})).status == 403


@pytest.mark.parametrize("path", ["/page/../server.py", "/page/%2e%2e%2fserver.py", "/page/__init__.py", "/sample/no"])
async def test_only_the_pages_own_files_are_served(web, stage, path):
    assert (await web.get(URL(stage.url + path, encoded=True))).status == 404


async def test_what_people_sent_never_acts_as_a_page(browser, stage, web):
    stage.wang.opens()
    token = (await (await web.post("/upload?name=a.html", data=b"<script>1</script>")).json())["token"]
    await browser.does("send", phone="resident", attachments=[{"kind": "upload", "token": token}])
    post = await browser.hears(lambda said: said["type"] == "news" and any(p.get("media") for p in said["posts"]))
    path = next(p["media"][0]["path"] for p in post["posts"] if p.get("media"))
    answer = await web.get(f"/media/{path}")
    assert answer.content_type == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"] == "attachment"


async def test_the_page_allows_no_script_but_its_own(web):
    answer = await web.get("/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "http" not in (await answer.text()).replace("http-equiv", "")
