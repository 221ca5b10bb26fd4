"""Every message of a person ends in a case, an answer, a stated refusal, or a question that still stands: a property.

Residents and managers write in bursts, forward, edit, tap new and old buttons, and go on with something else. The
handlers are played through the inbox; what they would send is read from the outbox.
"""

import json
import os
import random
import re
from collections import Counter

import pytest
from playing import Play
from sqlalchemy import select, update

from bot.intake.update_filter import arrival
from complaints.errors import (
    DatePast,
    DateTooFar,
    DateUnclear,
    KindUnusable,
    NotFound,
    QuestionsOpen,
    SaysNothing,
    TooLate,
    WordsNeeded,
    WordsTooLong,
)
from storage.messaging import inbox
from storage.messaging.outbox import OUTBOX
from storage.repositories import destinations
from storage.repositories.cases import STATEMENT
from storage.tables import DIALOGUE
from views.framework.translator import translator
from views.refusals import edit_not_taken, edited_too_late, for_nobody, refused

SEED = int(os.environ.get("SEED") or random.randrange(10**6))
# Refusals of what a message says, by which its sender knows that it went nowhere.
OF_A_MESSAGE = (
    WordsTooLong(limit=2000), WordsTooLong(limit=60), KindUnusable(), QuestionsOpen(), WordsNeeded(), DateUnclear(),
    DatePast(), DateTooFar(), TooLate(), NotFound(), SaysNothing(missing=()),
)  # fmt: skip
DROPPING = ("f:cancel", "f:anew", "f:result_back")  # by its author's own tap
# States in which words are the whole answer: a date, a place, a new description.
ANSWERING = ("Filing:new_place", "Answering:date", "Following:counter", "Filing:new_words", "Answering:commitment")
TOKEN = re.compile(r"词\d+尾")
COMMANDS = ("/mine", "/todo", "/help", "/cancel", "/report")
PHRASES = ("楼道灯不亮，{}", "师傅已到现场，{}，今天17:00前换好", "{}", "11月20日 {}", "垃圾没清{}")


class Teller:
    """Somebody with a telephone: what they have sent, and the buttons that stand in their chat."""

    def __init__(self, crowd, player):
        self.crowd, self.player, self.sent = crowd, player, {}
        self.buttons, self.refused, self.proposed = [], False, False

    def message(self, text="", photo="", album="", forwarded=False, number=None):
        self.crowd.messages += number is None
        chat = {"id": self.player.id, "type": "private"}
        user = {"id": self.player.id, "is_bot": False, "first_name": "某"}
        made = {
            "message_id": number or self.crowd.messages,
            "date": int(self.crowd.play.clock.now().timestamp()),
            "chat": chat,
            "from": user,
        }
        if photo:
            size = {"file_id": photo, "file_unique_id": photo, "width": 9, "height": 9}
            made |= {"photo": [size], **({"caption": text} if text else {})}
        else:
            made["text"] = text
            if text.startswith("/"):
                made["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        made |= {"media_group_id": album} if album else {}
        hidden = {"type": "hidden_user", "date": 1, "sender_user_name": "某"}
        return made | ({"forward_origin": hidden} if forwarded else {})

    def burst(self, dice):
        """Some messages in a row, one of them perhaps edited at once."""
        made, album = [], f"a{self.crowd.messages}" if dice.random() < 0.2 else ""
        for _ in range(dice.choice((1, 1, 2, 3, 5))):
            token, photo = self.crowd.token(), dice.random() < 0.3 or album
            text = dice.choice(PHRASES).format(token) + "长" * (900 if dice.random() < 0.05 else 0)
            said = self.message(text, photo=token if photo else "", album=album, forwarded=dice.random() < 0.1)
            made.append({"message": said})
            self.sent[token] = said
            if dice.random() < 0.15 and not album:
                newer = self.crowd.token()
                made.append({"edited_message": self.edited(token, newer)})
        return made

    def edited(self, token, newer):
        """The same message with another word in it: that one is looked for from now on."""
        old = self.sent.pop(token)
        name = "caption" if "photo" in old else "text"
        now = {**old, name: old[name].replace(token, newer), "edit_date": old["date"]}
        self.sent[newer] = now
        self.crowd.newer[newer] = token
        return now

    def acts(self, dice):
        what = dice.random()
        if what < 0.45 or not self.buttons:
            return self.burst(dice)
        if what < 0.55:
            return [{"message": self.message(dice.choice(COMMANDS))}]
        data = dice.choice(self.buttons[-6:] if dice.random() < 0.7 else self.buttons)
        tapped = {"message_id": 1, "date": 1, "chat": {"id": self.player.id, "type": "private"}}
        user = {"id": self.player.id, "is_bot": False, "first_name": "某"}
        query = {"id": str(self.crowd.messages), "from": user, "chat_instance": "1", "data": data, "message": tapped}
        return [{"callback_query": query}]


class Crowd:
    """Everybody, and where each message of theirs has ended."""

    def __init__(self, play):
        self.play, self.messages, self.updates, self.tokens = play, 100, 50_000_000, 0
        self.newer, self.ended, self.tellers, self.bursts, self.read = {}, {}, [], 0, 0
        t = translator("zh")
        self.refusals = (
            *(refused(t, why).text[:9] for why in OF_A_MESSAGE), edited_too_late(t).text[:9], for_nobody(t).text[:9],
            edit_not_taken(t).text[:9],
        )  # fmt: skip

    def token(self):
        self.tokens += 1
        return f"词{self.tokens}尾"

    async def rows(self, query):
        async with self.play.city.app.store.work(self.play.clock.now()) as work:
            return await work.rows(query)

    async def waits(self):
        """What waits in each chat, as the dialogue has it: (its state, the words)."""
        found = {}
        for row in await self.rows(select(DIALOGUE)):
            data = row.data or {}
            kept = [data.get(name) for name in ("waiting", "draft", "results", "about")]
            found[int(row.key.split(":")[1])] = (row.state or "", json.dumps(kept, ensure_ascii=False))
        return found

    async def plays(self, dice):
        """One act of everybody, handled; what it made of anybody's words is noted."""
        before, begun = await self.waits(), {}
        for teller in self.tellers:
            updates = teller.acts(dice)
            self.bursts += len(updates) > 1
            begun[teller] = updates
            numbered = [{"update_id": self.updates + n, **one} for n, one in enumerate(updates)]
            self.updates += len(updates)
            clock, app = self.play.clock, self.play.city.app
            arrivals = [arrival(one, clock.real()) for one in numbered]
            await inbox.keep(app.store, app.receiver.bot.id, arrivals, clock.now(), clock.real())
        self.play.clock.wait(dice.choice((2, 2, 2, 700)))
        await self.handled()
        await self.hears()
        after = await self.waits()
        for teller, updates in begun.items():
            self.gone(teller, updates, before.get(teller.player.id, ("", "")), after.get(teller.player.id, ("", "")))

    async def handled(self):
        """What arrived has been handled to the end, what was held back of those who write too fast as well."""
        app, clock = self.play.city.app, self.play.clock
        while True:
            while await app.worker.step():
                pass
            wake = await inbox.next_wake(app.store)
            if wake is None:
                return
            clock.wait(max(0.05, wake - clock.real()))

    async def hears(self):
        """What was said since is on people's telephones: its buttons can be tapped, its refusals are known."""
        rows = await self.rows(select(OUTBOX).where(OUTBOX.c.id > self.read).order_by(OUTBOX.c.id))
        chats = {await self.chat_of(row.destination): row.destination for row in rows}
        where = {destination: chat for chat, destination in chats.items()}
        for row in rows:
            self.read = row.id
            teller = next((t for t in self.tellers if t.player.id == where[row.destination]), None)
            if teller is None or not row.rendered:
                continue
            text = row.rendered["text"]
            for token in TOKEN.findall(text) if "没有发出" in text else ():
                self.ended[token] = "given back"
            teller.buttons += [b["data"] for line in row.rendered["buttons"] for b in line if b["data"]]
            teller.refused |= text.startswith(self.refusals)
            teller.proposed |= text.startswith("您提出的时间")  # asked for and given in one burst
        async with self.play.city.app.store.work(self.play.clock.now()) as work:
            sent = update(OUTBOX).where(OUTBOX.c.state == "ready", OUTBOX.c.method == "send")
            work.queue_write(sent.values(state="sent", message_id=OUTBOX.c.id))
            await work.commit()

    async def chat_of(self, destination):
        async with self.play.city.app.store.work(self.play.clock.now()) as work:
            return (await destinations.by_id(work, destination)).chat

    def gone(self, teller, updates, before, after):
        """Words that were dropped by their author's own act, or were the whole answer, or were refused."""
        tapped = [one["callback_query"]["data"] for one in updates if "callback_query" in one]
        commands = [one["message"].get("text") for one in updates if "message" in one]
        if any(data.startswith(DROPPING) for data in tapped) or "/cancel" in commands:
            for token in TOKEN.findall(before[1]):
                if token not in after[1]:
                    self.ended.setdefault(token, "dropped by its author")
        texts = json.dumps(updates, ensure_ascii=False)
        if before[0] in ANSWERING or teller.proposed:
            for token in TOKEN.findall(texts) + (TOKEN.findall(before[1]) if before[0] == "Filing:new_words" else []):
                self.ended.setdefault(token, "an answer")
        if teller.refused:
            for token in TOKEN.findall(texts):
                self.ended.setdefault(token, "refused")
        teller.refused = teller.proposed = False

    async def lost(self):
        """The messages that ended nowhere."""
        kept = [[row.text, row.media] for row in await self.rows(select(STATEMENT))]
        said = json.dumps(kept, ensure_ascii=False)
        waiting = " ".join(words for _, words in (await self.waits()).values())
        missing = []
        for teller in self.tellers:
            for token in teller.sent:
                ends = [token, *([self.newer[token]] if token in self.newer else [])]
                if not any(end in said or end in waiting or end in self.ended for end in ends):
                    missing.append((teller.player.name, token, teller.sent[token].get("text")))
        return missing


async def _untold(callback, text, alert):
    """Answers to taps say nothing of words."""


@pytest.mark.parametrize("rounds", [12, pytest.param(400, marks=pytest.mark.thorough)])
async def test_every_message_of_a_burst_ends_somewhere(city, rounds, monkeypatch):
    print(f"SEED={SEED}")
    monkeypatch.setattr(city.app.worker, "toast", _untold)
    dice, play = random.Random(SEED), Play(city)
    crowd = Crowd(play)
    people = [await play.resident(f"业主{n}", ("3栋", f"{n}01")) for n in range(1, 8)]
    people += [await play.staff("经理甲"), await play.staff("经理乙")]
    crowd.tellers = [Teller(crowd, one) for one in people]
    for one in people[:5]:
        await play.files(one)
        await play.files(one, "垃圾三天没人清", "rubbish")
    for _ in range(rounds):
        await crowd.plays(dice)
    lost = await crowd.lost()
    print(f"{crowd.tokens} messages, {crowd.bursts} bursts; {Counter(crowd.ended.values())}")
    assert not lost
    assert crowd.bursts > rounds
