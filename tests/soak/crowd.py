"""The crowd: people who act all the time; a seed chooses what they do from what they see."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator
from simulator.world.messages import Shown, shown

STAFF = (("经理甲", "13800000101"), ("负责人甲", "13800000105"), ("经办员甲", "13800000107"))
ROOMS = 20
FILERS = 12  # who have each filed a case before anything goes wrong
STEPS = 6  # of a form, at most
COMPLAINTS = ("3栋楼道灯不亮", "电梯停在1楼不动", "门口垃圾没人清", "夜里水泵很吵", "消防通道停了车", "电梯里有人被困")
REPLIES = ("已安排维修，今天处理。", "师傅明天上午到。", "还要等配件，2天内解决。", "谢谢", "3栋", "11月30日 18:00")
NEVER = ("取消", "/cancel", "分享手机号", "撤回", "都撤回", "语言", "English", "查看我的数据", "删除")
ENDS = ("提交", "没有", "都不是，继续提交", "一般问题，2个工作日内办结", "满意", "我来处理")
PURPOSE = 0.6  # how often somebody ends what was begun, where that can be seen
BURSTS = 0.12  # how often a resident sends several messages in a row
RECENT = 6  # messages that somebody still looks at


def word(number: int) -> str:
    return f"词{number}尾"


@dataclass
class Crowd:
    """Residents, a manager, a head, an officer and the district's group."""

    sim: Simulator
    chance: random.Random
    staff: list[Account] = field(default_factory=list)
    residents: list[Account] = field(default_factory=list)
    group: Group | None = None
    acts: int = 0
    said: int = 0
    bursts: int = 0

    def comes(self) -> Iterator[str]:
        """Everybody joins, step by step; what is yielded is what has to be seen before the next step."""
        for name, phone in STAFF:
            account = self.sim.person(name, phone=phone)
            account.opens()
            account.shares_contact()
            self.staff.append(account)
        yield "joined"
        officer = self.staff[2]
        self.group = self.sim.group("武侯区住建工作群", members=[officer])
        self.group.add_bot(by=officer)
        officer.says("/bind")
        yield "asked to bind"
        told = next(s for s in reversed(officer.sees) if "/bind " in s.text)
        officer.says(next(line for line in told.text.splitlines() if line.startswith("/bind ")), to=self.group)
        yield "binding"
        officer.taps("确认")
        for n in range(ROOMS):
            resident = self.sim.person(f"住户{n}", phone=f"1390000{n:04d}")
            resident.opens("p_jchy")
            self.residents.append(resident)
        yield "bound"
        for resident in self.residents:
            resident.taps("同意并继续")
        yield "consented"
        for n, resident in enumerate(self.residents):
            resident.says(f"3栋 {n + 1:02d}01")
        yield "at home"
        for resident in self.residents:
            resident.shares_contact()
        yield "known"
        yield from self._files()

    def _files(self) -> Iterator[str]:
        """Some file their first cases, step by step, before anything goes wrong."""
        for resident in self.residents[:FILERS]:
            resident.says(self._words(COMPLAINTS))
        yield "begun"
        for _ in range(STEPS):
            for resident in self.residents[:FILERS]:
                self._goes_on(resident)
            yield "filing"

    def acts_once(self) -> None:
        """Somebody does something that they can see how to do."""
        self.acts += 1
        if self.chance.random() < 0.6:
            self._resident(self.chance.choice(self.residents))
        else:
            self._official(self.chance.choice(self.staff))

    def _resident(self, who: Account) -> None:
        roll = self.chance.random()
        if roll < 0.12:
            who.says("反映问题")
        elif roll < 0.12 + BURSTS:
            self._bursts(who)
        elif roll < 0.3:
            who.sends_photo(caption=self._words(COMPLAINTS))
        elif roll < 0.45 or not self._taps(who):
            who.says(self._words(COMPLAINTS))

    def _words(self, some: tuple[str, ...]) -> str:
        """Words of which each time can be told from every other; the verdict looks for them."""
        self.said += 1
        return f"{self.chance.choice(some)}，{word(self.said)}"

    def _bursts(self, who: Account) -> None:
        """Words, photos and an album in a row, before anything of it can be answered; one is edited at once."""
        self.bursts += 1
        for _ in range(self.chance.randint(2, 5)):
            roll = self.chance.random()
            if roll < 0.25:
                who.sends_photo()
            elif roll < 0.4:
                who.sends_photo(caption=self._words(COMPLAINTS))
            elif roll < 0.5:
                who.sends_album(self.chance.randint(2, 4), caption=self._words(COMPLAINTS))
            else:
                said = who.says(self._words(COMPLAINTS))
                if roll > 0.93:
                    who.edits(said, self._words(COMPLAINTS))

    def _official(self, who: Account) -> None:
        roll = self.chance.random()
        cards = [message for message in self._recent(who) if "编号" in message.text]
        if roll < 0.25 and cards:
            on = self.chance.choice(cards)
            for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                who.says(self._words(REPLIES), reply_to=on)
        elif roll < 0.35:
            for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                who.says(self._words(REPLIES))
        elif roll < 0.5 and self.group is not None and who is self.staff[2]:
            self._presses(who, self._recent(self.group))
        elif not self._taps(who):
            who.says("/todo")

    def _goes_on(self, who: Account) -> None:
        """The next step of what was begun, by the button that ends it or else the first one, until it is filed."""
        newest = self._recent(who)[-1]
        buttons = [b for row in newest.buttons for b in row if b.data and not any(n in b.label for n in NEVER)]
        chosen = next((b for b in buttons if b.label in ENDS), buttons[0] if buttons else None)
        if chosen is not None and "已收到，" not in newest.text:
            who.presses(newest, chosen.data)

    def _recent(self, where: Account | Group) -> list[Shown]:
        newest = [post for post in where.posts[-30:] if post.from_bot][-RECENT:]
        return [shown(post) for post in newest]

    def _taps(self, who: Account) -> bool:
        return self._presses(who, self._recent(who))

    def _presses(self, who: Account, messages: list[Shown]) -> bool:
        """Some button of the newest ones that changes something, and leads nobody out of the conversation."""
        choices = [
            (message, button.data, button.label)
            for message in messages
            for row in message.buttons
            for button in row
            if button.data and not any(never in button.label for never in NEVER)
        ]
        ends = [choice for choice in choices if choice[2] in ENDS]
        if choices:
            on, data, _ = self.chance.choice(ends if ends and self.chance.random() < PURPOSE else choices[-12:])
            who.presses(on, data)
        return bool(choices)
