"""Groups: the bot is added or removed, and a group becomes a supergroup."""

from collections.abc import Sequence
from typing import Any

from telegram import User

from simulator.botapi.chat_methods import set_standing
from simulator.botapi.topic_methods import make
from simulator.people.accounts import Account
from simulator.world.members import RIGHTS
from simulator.world.messages import Room, Shown, Sight, shown
from simulator.world.world import World


class Group:
    """A group of people, with the bot in it once somebody adds it."""

    def __init__(self, world: World, title: str, members: Sequence[Account], supergroup: bool) -> None:
        self.world = world
        self.title = title
        self.room: Room = world.add_group(title, "supergroup" if supergroup else "group")
        self._former: list[Room] = []
        self._sight = Sight(self.rooms)
        for member in members:
            self.room.members[member.id] = member.user

    def __repr__(self) -> str:
        return f"Group({self.title!r}, {self.id})"

    @property
    def id(self) -> int:
        """The chat's id; another one after `migrate`."""
        return self.room.chat_id

    @property
    def sees(self) -> list[Shown]:
        """Everything visible in the group, oldest first."""
        return [shown(post) for post in self._sight.posts]

    @property
    def last(self) -> Shown:
        """The newest message of the group, whoever sent it."""
        return shown(self._sight.posts[-1])

    def finds(self, words: str, from_bot: bool | None = None) -> Shown:
        """The newest message of the group that contains the words."""
        return self._sight.find(words, from_bot)

    def rooms(self) -> list[Room]:
        """The chats this group was and is, the present one last."""
        return [*self._former, self.room]

    def add(self, who: Account, by: Account | None = None) -> None:
        """Somebody joins, or is added."""
        self.room.members[who.id] = who.user
        self._service((by or who).user, {"new_chat_members": (who.user,)})

    def remove(self, who: Account, by: Account | None = None) -> None:
        """Somebody leaves, or is removed."""
        self.room.members.pop(who.id)
        self._service((by or who).user, {"left_chat_member": who.user})

    def add_bot(self, by: Account, admin: bool = False) -> None:
        """A member adds the bot; as an administrator it gets every message."""
        if by.id not in self.room.members:
            raise AssertionError(f"{by.name} is not in {self.title}")
        set_standing(self.world, self.room, "administrator" if admin else "member", by=by.id)
        self._service(by.user, {"new_chat_members": (self.world.bot,)})

    def remove_bot(self, by: Account) -> None:
        """A member removes the bot."""
        self._service(by.user, {"left_chat_member": self.world.bot})
        set_standing(self.world, self.room, "kicked", by=by.id)

    def promotes_bot(self, by: "Account | User", *rights: str) -> None:
        """The bot becomes an administrator with these rights, or all that a bot is usually given."""
        who = by if isinstance(by, User) else by.user
        given = frozenset(rights) if rights else RIGHTS
        set_standing(self.world, self.room, "administrator", by=who, rights=given)

    def demotes_bot(self, by: Account) -> None:
        set_standing(self.world, self.room, "member", by=by.id)

    def rename(self, title: str, by: "Account | User") -> None:
        """Somebody gives the group another title."""
        self.title = self.room.name = title
        self._service(by if isinstance(by, User) else by.user, {"new_chat_title": title})

    def makes_topic(self, name: str, by: Account) -> int:
        """Somebody makes a topic; its number is returned."""
        post = make(self.world, self.room, by.user, name)
        self.world.updates.add("message", post.message)
        return post.message_id

    def closes_topic(self, name: str) -> None:
        self.room.topics[self.topic(name)].closed = True

    def deletes_topic(self, name: str) -> None:
        """It goes, with everything in it."""
        number = self.topic(name)
        del self.room.topics[number]
        for post in self.room.posts.values():
            post.deleted |= post.fields.get("message_thread_id") == number

    def topic(self, name: str) -> int:
        """The number of the topic of that name."""
        found = [number for number, topic in self.room.topics.items() if topic.name == name]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} topics are called {name!r}")
        return found[0]

    def migrate(self) -> None:
        """The group becomes a supergroup: a new chat with a new id and the same people and bot."""
        old = self.room
        owner = next(iter(old.members.values()))
        new = self.world.add_group(self.title, "supergroup")
        new.members, new.bot, new.rights = dict(old.members), old.bot, old.rights
        self._service(owner, {"migrate_to_chat_id": new.chat_id})
        old.moved_to = new.chat_id
        self._former.append(old)
        self.room = new
        self._service(owner, {"migrate_from_chat_id": old.chat_id})

    def _service(self, by: User, fields: dict[str, Any]) -> None:
        post = self.world.put(self.room, by, fields)
        if self.room.bot in ("member", "administrator"):
            self.world.updates.add("message", post.message)
