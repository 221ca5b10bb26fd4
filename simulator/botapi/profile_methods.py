"""The methods about the bot itself: its name, commands and descriptions."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import BotCommand, BotDescription, BotShortDescription, User

from simulator.api_errors import bad
from simulator.botapi.params import Params
from simulator.world.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST_DESCRIPTION = {"description": 512, "short_description": 120}


@dataclass
class Profile:
    """What the bot has set: commands by scope and language, descriptions by language."""

    commands: dict[tuple[str, str], list[BotCommand]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)


def bot(number: int, name: str, username: str) -> User:
    """A bot as getMe describes it, with privacy mode on."""
    return User(
        number,
        name,
        is_bot=True,
        username=username,
        can_join_groups=True,
        can_read_all_group_messages=False,
        supports_inline_queries=False,
    )


def methods(profile: Profile) -> dict[str, Callable[[World, Params], Any]]:
    """The methods about this bot's profile."""
    return {
        "getMe": lambda world, params: world.bot,
        **_commands(profile),
        **_descriptions(profile),
    }


def _scope(params: Params) -> tuple[str, str]:
    scope = params.mapping("scope", "bot command scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def _commands(profile: Profile) -> dict[str, Callable[[World, Params], Any]]:
    def set_my_commands(_: World, params: Params) -> bool:
        given = params.sequence("commands", "bot commands")
        if len(given) > MOST_COMMANDS:
            raise bad("too many commands")
        profile.commands[_scope(params)] = [_command(raw) for raw in given]
        return True

    def get_my_commands(_: World, params: Params) -> list[BotCommand]:
        return profile.commands.get(_scope(params), [])

    def delete_my_commands(_: World, params: Params) -> bool:
        profile.commands.pop(_scope(params), None)
        return True

    return {
        "setMyCommands": set_my_commands,
        "getMyCommands": get_my_commands,
        "deleteMyCommands": delete_my_commands,
    }


def _command(raw: Any) -> BotCommand:
    if not isinstance(raw, dict):
        raise bad("can't parse bot commands JSON object")
    name, description = str(raw.get("command", "")).removeprefix("/"), str(raw.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 0 < len(description.strip()) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return BotCommand(name, description)


def _descriptions(profile: Profile) -> dict[str, Callable[[World, Params], Any]]:
    def setting(kind: str) -> Callable[[World, Params], bool]:
        def change(_: World, params: Params) -> bool:
            text = params.text(kind)
            if len(text) > LONGEST_DESCRIPTION[kind]:
                raise bad(f"{kind.replace('_', ' ')} is too long")
            profile.descriptions[kind, params.text("language_code")] = text
            return True

        return change

    def long(_: World, params: Params) -> BotDescription:
        return BotDescription(profile.descriptions.get(("description", params.text("language_code")), ""))

    def short(_: World, params: Params) -> BotShortDescription:
        return BotShortDescription(profile.descriptions.get(("short_description", params.text("language_code")), ""))

    return {
        "setMyDescription": setting("description"),
        "setMyShortDescription": setting("short_description"),
        "getMyDescription": long,
        "getMyShortDescription": short,
    }
