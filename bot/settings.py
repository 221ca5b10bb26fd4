"""What did the operator set? Everything comes from variables that begin with MASHANG_."""

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "MASHANG_"
FROM_FILES = ("token", "database_url")
SHOULD = {
    "token": "should be the bot's token from BotFather, like 123456:ABC…",
    "api_url": "should be the address of a Bot API server, like https://api.telegram.org",
    "proxy": "should be the address of a proxy, like http://127.0.0.1:8080 or socks5://127.0.0.1:1080",
    "database_url": "should be sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME",
    "packs": "should be a folder that exists, with policy packs (*.toml) in it",
    "log_json": "should be true or false",
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
    """Secrets may come from a file as well: MASHANG_TOKEN_FILE, MASHANG_DATABASE_URL_FILE."""

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
        return Settings()
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
        should = SHOULD.get(name, "should be the path of a file")
        raise SettingsError(f"{_where(name)} {should}") from None


def token_missing() -> SettingsError:
    return SettingsError(f"{_variable('token')} {SHOULD['token']}; it isn't set")


def unknown_settings(names: Iterable[str]) -> list[str]:
    """A sentence for every variable that looks like ours and is none."""
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
