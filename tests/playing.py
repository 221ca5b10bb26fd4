"""Helpers for stories: each act of a person, and everything that follows from it, ends before the next."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from complaints.model.complaint import Complaint
from complaints.model.people import Home, Person
from complaints.usecases.resident import filing
from demo.sample_city import CIVIL, SampleCity
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.world.messages import Shown
from storage.repositories import destinations, people, role_claims
from storage.repositories.cases import COMPLAINT, load_complaint
from storage.repositories.destinations import Destination
from storage.repositories.ledger import EVENT
from storage.repositories.people import APPOINTMENT
from storage.work import Work

PHONES = {
    "经理甲": "13800000101",
    "经理乙": "13800000102",
    "经理丙": "13800000103",
    "副经理丁": "13800000104",
    "负责人甲": "13800000105",
    "经办员甲": "13800000107",
    "经办员乙": "13800000108",
    "经办员丙": "13800000109",
    "市局经办员": "13800000110",
    "街道专员甲": "13800000111",
    "网格长甲": "13800000113",
    "消防专员": "13800000114",
    "监督员甲": "13800000115",
    "经理戊": "13800000116",
    "经办员丁": "13800000118",
    "街道专员乙": "13800000119",
    "经理己": "13800000120",
    "经办员戊": "13800000122",
    "经理庚": "13800000125",
    "经办员己": "13800000127",
    "街道专员丁": "13800000128",
    "消防专员乙": "13800000129",
    "市局经办员乙": "13800000130",
    "值班员甲": "13800000131",
    "企业代表甲": "13800000133",
}
ACTS = frozenset({
    "says", "opens", "presses", "edits", "forwards", "blocks_bot", "unblocks_bot", "shares_contact",
    "forwards_contact", "sends_photo", "sends_album", "sends_voice", "sends_video", "sends_document", "sends_sticker",
    "sends_location",
})  # fmt: skip
MENUS = ("分类 ▸", "联系 ▸", "更多 ▸")  # of the card, with what its first screen has no room for
LIGHT = "3栋楼道灯不亮，晚上看不见"
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
DONE = "灯泡已更换，3栋楼道灯恢复正常。"
NAMED = re.compile(r"编号| · \d+月\d+日\d\d:\d\d$", re.MULTILINE)


class Player:
    """An account whose acts come to their end; everything else is the account's own."""

    def __init__(self, city: SampleCity, account: Account) -> None:
        self.city = city
        self.account = account

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.account, name)
        return self._to_the_end(found) if name in ACTS else found

    def _to_the_end(self, act: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        async def acted(*words: Any, **how: Any) -> Any:
            done = act(*words, **how)
            await self.city.settle()
            return done

        return acted

    async def taps(self, label: str, on: Shown | None = None, to: Group | None = None) -> Any:
        """Press a button, or first whatever opens the card, and the menu of it in which the button stands."""
        if to is None and not self.offers(label, on):
            on = await self._opens(label, on)
        return await self._to_the_end(self.account.taps)(label, on=on, to=to)

    def offers(self, label: str, on: Shown | None = None) -> bool:
        """Whether a button of that label stands under the message, or under any."""
        shown = (s for s in self.account.sees if on is None or s.message_id == on.message_id)
        return any(label in found for s in shown for found in s.labels)

    async def _opens(self, label: str, on: Shown | None) -> Shown | None:
        """The message under which the button stands now, if that can be said."""
        tap = self._to_the_end(self.account.taps)
        if self.offers("去办理", on) and (on is not None or "去办理" in self.card.labels):
            await tap("去办理", on=on)
            on = self.card
        for menu in MENUS:
            if not self.offers(label, on) and self.offers(menu, on):
                await tap(menu, on=on)
                if not self.offers(label, on):
                    await tap("返回", on=on)
        return on

    @property
    def hears(self) -> list[Shown]:
        """What the bot has said here, oldest first."""
        return [shown for shown in self.account.sees if shown.from_bot]

    @property
    def answer(self) -> Shown:
        """The bot's newest message."""
        return self.hears[-1]

    @property
    def card(self) -> Shown:
        """The newest message of a case, which names it by its number or by when it was filed."""
        return next(shown for shown in reversed(self.hears) if NAMED.search(shown.text))

    def has(self, words: str) -> bool:
        return any(words in shown.text for shown in self.hears)

    def count(self, words: str) -> int:
        return sum(words in shown.text for shown in self.hears)

    @property
    def photos(self) -> int:
        """How many photos the bot has sent here."""
        return sum(shown.media == ["photo"] for shown in self.hears)


class Play:
    """A city and whoever of it is needed."""

    def __init__(self, city: SampleCity) -> None:
        self.city = city
        self.clock = city.clock

    # --- people -------------------------------------------------------------------------------------------------

    async def staff(self, *names: str) -> Any:
        """Named people of the registry who joined long ago: one, or as many as were named."""
        found = [Player(self.city, self.city.sim.person(n, phone=PHONES[n], language="zh-hans")) for n in names]
        async with self.city.app.store.work(self.clock.now()) as work:
            for player in found:
                await role_claims.claim_roles(work, self.known(work, player), PHONES[player.name])
            await work.commit()
        return found[0] if len(found) == 1 else found

    async def resident(
        self, name: str = "王女士", where: tuple[str, str] = ("3栋", "1201"), project: str = "jchy"
    ) -> Player:
        """Somebody who joined long ago and shared the phone number."""
        player = self.stranger(name, phone=f"139{sum(map(ord, name)):08d}")
        async with self.city.app.store.work(self.clock.now()) as work:
            self.known(work, player, Home(project=project, building=where[0], room=where[1]))
            await work.commit()
        return player

    def known(self, work: Work, player: Player, home: Home | None = None) -> Person:
        """What joining leaves behind; how it is done, `test_joining` plays."""
        player.room.bot = "member"
        known = Person(
            id=work.new_id(), user=player.id, name=player.name, phone=player.phone, home=home, consented_at=work.now
        )
        people.put(work, known)
        chat = Destination(id=work.new_id(), chat=player.id, kind="private", person=known.id)
        destinations.put(work, chat)
        return known

    def stranger(self, name: str = "新来的", phone: str = "13911112222", language: str = "zh-hans") -> Player:
        """Somebody who hasn't spoken to the bot yet."""
        return Player(self.city, self.city.sim.person(name, phone=phone, language=language))

    async def group(self, officer: Player, scope: str = "510107", title: str = "武侯区住建工作群") -> Group:
        """A group that was bound long ago."""
        group = self.city.sim.group(title, members=[officer.account])
        group.room.bot = "member"
        async with self.city.app.store.work(self.clock.now()) as work:
            destinations.put(work, Destination(id=work.new_id(), chat=group.id, kind="group", title=title, scope=scope))
            await work.commit()
        return group

    # --- acts that many tests begin with ------------------------------------------------------------------------

    async def files(
        self, who: Player, words: str = LIGHT, matter: str = "lighting_out", *, danger: bool = False, way: str = "phone"
    ) -> None:
        """The resident submits a case; how it is put together, `test_filing` plays."""
        async with self.city.app.store.work(self.clock.now()) as work:
            known = await people.by_user(work, who.id)
            assert known is not None
            assert known.home is not None
            about = work.rules.catalogue.get(matter)
            draft = filing.Draft(
                text=words, matter=matter, kind=about.kind.value, danger=danger, contact=way, home=known.home,
                building=known.home.building,
            )  # fmt: skip
            await filing.file(work, await people.actor(work, known), draft)
            await work.commit()
        await self.city.settle()

    async def resolves(self, who: Player, words: str = DONE) -> None:
        await who.taps("提交办结")
        await who.says(words)
        await who.taps("提交")

    async def at(self, hour: int, minute: int = 0, day: int = 18, month: int = 11) -> None:
        """Let time pass, deadlines and all, until that moment of 2026 in China."""
        await self.city.pass_to(datetime(2026, month, day, hour, minute, tzinfo=CIVIL))

    # --- the registry -------------------------------------------------------------------------------------------

    async def dismisses(self, name: str, role: str = "", scope: str = "") -> None:
        """The registry says that this person's duties (or those of that role or scope) ended yesterday."""
        yesterday = self.clock.now().astimezone(CIVIL).date() - timedelta(days=1)
        which = [
            column == value for column, value in ((APPOINTMENT.c.role, role), (APPOINTMENT.c.scope, scope)) if value
        ]
        ending = update(APPOINTMENT).where(APPOINTMENT.c.name == name, *which)
        async with self.city.app.store.work(self.clock.now()) as work:
            work.queue_write(ending.values(until=yesterday))
            await work.commit()
        await self.city.settle()

    async def holds(self, who: Player, role: str, scope: str) -> None:
        """The registry gives one more duty to somebody."""
        async with self.city.app.store.work(self.clock.now()) as work:
            known = await people.by_user(work, who.id)
            assert known is not None
            duty = {"name": who.name, "phone": who.phone, "role": role, "scope": scope, "until": None}
            work.queue_write(APPOINTMENT.insert(), {**duty, "since": date(2026, 1, 1), "person": known.id})
            await work.commit()

    # --- what is on record --------------------------------------------------------------------------------------

    async def cases(self) -> list[Complaint]:
        """Every case, the oldest first."""
        async with self.city.app.store.work(self.clock.now()) as work:
            rows = await work.rows(select(COMPLAINT.c.body).order_by(COMPLAINT.c.filed_at, COMPLAINT.c.number))
            return [load_complaint(row.body) for row in rows]

    def forgive(self, *whys: str) -> int:
        """Calls that were refused as they should be; any other fails the test. Returns how many."""
        refused = [call for call in self.city.sim.refused if any(why in call.description for why in whys)]
        assert refused
        for call in refused:
            self.city.sim.calls.remove(call)
        return len(refused)

    async def case(self) -> Complaint:
        """The newest case."""
        return (await self.cases())[-1]

    async def events(self) -> list[str]:
        """The names of all events in the ledger, acts outside any case as well."""
        async with self.city.app.store.work(self.clock.now()) as work:
            rows = await work.rows(select(EVENT.c.kind).order_by(func.coalesce(EVENT.c.complaint, 0), EVENT.c.seq))
            return [row.kind for row in rows]

    async def running(self) -> dict[str, datetime]:
        """The running stages of the newest case, with their due times in China."""
        return {clock.stage: clock.due.astimezone(CIVIL) for clock in (await self.case()).running}
