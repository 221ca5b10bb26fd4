"""Topics of a group: how the bot makes one, and what it may say in which."""

from collections.abc import Callable
from typing import Any

from telegram import ForumTopic, ForumTopicCreated, Message, User

from simulator.api_errors import bad
from simulator.botapi.params import Params
from simulator.world.messages import Post, Room, Topic, quoted
from simulator.world.world import World

COLOUR = 7322096
LONGEST_NAME = 128
MANAGE = "can_manage_topics"


def create_forum_topic(world: World, params: Params) -> ForumTopic:
    room = world.room(params.get("chat_id"))
    if not room.forum:
        raise bad("the chat is not a forum")
    if not may_manage(room):
        raise bad("not enough rights to create a topic")
    name = params.text("name").strip()[:LONGEST_NAME]
    if not name:
        raise bad("topic title must be non-empty")
    return ForumTopic(make(world, room, world.bot, name).message_id, name, COLOUR)


def make(world: World, room: Room, by: User, name: str) -> Post:
    """A new topic; the message that says so gives it its number."""
    post = world.put(room, by, {"forum_topic_created": ForumTopicCreated(name, COLOUR)})
    post.fields |= in_topic(post.message_id)
    room.topics[post.message_id] = Topic(name)
    return post


def may_manage(room: Room) -> bool:
    return room.bot == "administrator" and MANAGE in room.rights


def thread_fields(room: Room, params: Params) -> dict[str, Any]:
    """Where a message of the bot's goes, checked; nothing for the general topic."""
    number = params.integer("message_thread_id")
    if not number:
        return {}
    topic = room.topics.get(number)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and not may_manage(room):
        raise bad("TOPIC_CLOSED")
    return in_topic(number)


def in_topic(number: int) -> dict[str, Any]:
    """The fields of a message in a topic."""
    return {"message_thread_id": number, "is_topic_message": True}


def first_of(room: Room, number: int) -> Message:
    """What all words in a topic seem to answer: the message that made it."""
    return quoted(room.posts[number])


METHODS: dict[str, Callable[[World, Params], Any]] = {"createForumTopic": create_forum_topic}
