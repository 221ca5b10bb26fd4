"""Settings: the environment variables that begin with MASHANG_, checked when they are read."""

import difflib
import hmac
import os
import re
import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.db.ledger_key import LedgerKey

PREFIX = "MASHANG_"
FROM_FILES = ("token", "database_url", "secret", "webhook_secret")
SHORTEST_SECRET = 16  # characters
LISTEN = "127.0.0.1:8080"  # where a webhook listens unless MASHANG_LISTEN says otherwise
LAST_PORT = 65535
LONGEST_PROCESSOR = 120
SHOULD = {
    "token": "should be the bot's token from BotFather, like 123456:ABC…",
    "api_url": "should be the address of a Bot API server, like https://api.telegram.org",
    "proxy": "should be the address of a proxy, like http://127.0.0.1:8080 or socks5://127.0.0.1:1080",
    "database_url": "should be sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME",
    "packs": "should be a folder that exists, with policy packs (*.toml) in it",
    "log_json": "should be true or false",
    "secret": f"should be at least {SHORTEST_SECRET} characters that nobody can guess, and always the same",
    "webhook_url": "should be where Telegram reaches this bot, like https://bot.example.cn/telegram",
    "webhook_secret": "should be 1 to 256 letters, digits, _ or - that nobody can guess",
    "listen": "should be an address and a port of this machine, like 127.0.0.1:8080",
    "transcribe": "should be a command that reads audio (from stdin, or the file that {file} names) and prints text",
    "processor": "should be who runs this bot and answers for personal data, and a telephone, in 120 characters",
    "privacy_checked": "should be the day on which a lawyer has checked the privacy notice, like 2026-12-01",
    "operator_chat": "should be the number of the operator's chat, like 123456789",
}
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class SettingsError(Exception):
    """One sentence that names the variable and what it should be, and never its value."""


class Settings(BaseSettings):
    """Secrets may come from a file as well: MASHANG_TOKEN_FILE for MASHANG_TOKEN, and so on (FROM_FILES)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )
    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    proxy: str | None = Field(default=None, repr=False)
    database_url: str = Field(default="sqlite+aiosqlite:///mashang.db", repr=False)
    packs: Path | None = None
    log_json: bool = False
    token_file: Path | None = None
    database_url_file: Path | None = None
    secret: SecretStr | None = None
    secret_file: Path | None = None
    webhook_url: str | None = Field(default=None, repr=False)
    webhook_secret: SecretStr | None = None
    webhook_secret_file: Path | None = None
    listen: str | None = None
    operator_chat: int | None = None
    transcribe: str | None = Field(default=None, repr=False)
    processor: str = Field(default="", max_length=LONGEST_PROCESSOR)
    privacy_checked: date | None = None

    def listens(self) -> tuple[str, int] | None:
        """Host and port of the HTTP server for webhook, health and metrics; None where nothing is to listen."""
        address = self.listen or (LISTEN if self.webhook_url else None)
        host, _, port = (address or "").rpartition(":")
        return (host.strip("[]"), int(port)) if address else None

    def key(self) -> bytes:
        """What pseudonyms are made with; without a secret it comes from the token, and changes with it."""
        given = self.secret or self.token
        return hmac.digest(given.get_secret_value().encode(), b"mashang pseudonyms", "sha256") if given else b""

    def ledger_key(self) -> LedgerKey:
        """By what the ledger is sealed: the secret alone, since a token may be replaced."""
        given = self.secret.get_secret_value().encode() if self.secret else b""
        return LedgerKey(hmac.digest(given, b"mashang ledger", "sha256") if given else b"")

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        for name in FROM_FILES:
            file = given.get(f"{name}_file")
            if file is not None and given.get(name) is None:
                given = given | {name: _content(name, Path(file))}
        return given

    @field_validator("token")
    @classmethod
    def _from_botfather(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]{5,}", token.get_secret_value()):
            raise ValueError
        return token

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().strip()) < SHORTEST_SECRET:
            raise ValueError
        return secret

    @field_validator("api_url")
    @classmethod
    def _server(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", url):
            raise ValueError
        return url.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"(https?|socks5)://[^\s/?#]+/?", url):
            raise ValueError
        return url

    @field_validator("webhook_url")
    @classmethod
    def _reachable(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s/?#]+[^\s#]*", url):
            raise ValueError
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_takes_it(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError
        return secret

    @field_validator("transcribe")
    @classmethod
    def _runnable(cls, command: str | None) -> str | None:
        if command is not None and not shlex.split(command):  # ValueError where a quotation mark is missing
            raise ValueError
        return command

    @field_validator("listen")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):([0-9]{1,5})", address or "")
        if address is not None and (found is None or int(found[1]) > LAST_PORT):
            raise ValueError
        return address

    @field_validator("database_url")
    @classmethod
    def _driven(cls, url: str) -> str:
        """The address with the driver that we use; SQLite needs a file, for a restart would forget all else."""
        scheme, mark, rest = url.partition("://")
        mended = f"{DRIVERS[scheme]}{mark}{rest}" if scheme in DRIVERS and mark else ""
        try:
            parsed = make_url(mended)
        except ArgumentError:
            raise ValueError from None
        if not parsed.database or ":memory:" in parsed.database:
            raise ValueError
        return mended

    @field_validator("packs")
    @classmethod
    def _folder(cls, packs: Path | None) -> Path | None:
        if packs is not None and not packs.is_dir():
            raise ValueError
        return packs


def read_settings() -> Settings:
    """The settings of the environment, or SettingsError for the first that can't be used."""
    for name in FROM_FILES:
        if os.environ.get(_variable(name)) and os.environ.get(f"{_variable(name)}_FILE"):
            raise SettingsError(f"{_variable(name)} and {_variable(name)}_FILE are both set: keep one of them")
    try:
        return _whole(Settings())
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
        should = SHOULD.get(name, "should be the path of a file")
        raise SettingsError(f"{_where(name)} {should}") from None


def _whole(settings: Settings) -> Settings:
    """A webhook without its secret would take updates from anybody."""
    if settings.webhook_url is not None and settings.webhook_secret is None:
        raise SettingsError(
            f"{_variable('webhook_secret')} {SHOULD['webhook_secret']}: a webhook needs it, and it isn't set"
        )
    return settings


def bare(url: str) -> str:
    """An address without the name and password that it may hold."""
    return re.sub(r"(?<=//)[^/?#\s]*@", "", url)


def token_missing() -> SettingsError:
    return SettingsError(f"{_variable('token')} {SHOULD['token']}; it isn't set")


def unknown_settings(names: Iterable[str]) -> list[str]:
    """A sentence for every variable that begins like a setting of ours and is none."""
    ours = {_variable(name) for name in Settings.model_fields}
    strangers = sorted(n for n in names if n.upper().startswith(PREFIX) and n.upper() not in ours)
    return [f"{name} is no setting of ours{_meant(name, ours)}" for name in strangers]


def _meant(name: str, ours: set[str]) -> str:
    close = difflib.get_close_matches(name.upper(), sorted(ours), n=1, cutoff=0.8)
    return f"; did you mean {close[0]}?" if close else ""


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _where(name: str) -> str:
    """The variable to mend: where a value has come from a file, the one that names the file."""
    in_file = f"{_variable(name)}_FILE"
    return f"the file of {in_file}" if name in FROM_FILES and os.environ.get(in_file) else _variable(name)


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{_variable(name)}_FILE should be a file that can be read") from None
