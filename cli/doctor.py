"""`mashang doctor`: what is missing to run for real, one line each, with what to do about it."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.settings import SHORTEST_SECRET, SHOULD, Settings, SettingsError, bare, read_settings
from bot.voice.program import split
from complaints.model.people import District
from complaints.policy.catalogue import load_catalogue
from complaints.policy.data_files import DataError
from complaints.policy.pack import Pack, load_packs
from complaints.time.workdays import Workdays
from complaints.usecases.ports import Rules
from storage.db.engine import assert_durable, open_engine
from storage.db.errors import StorageFault
from storage.db.locking import file_of
from storage.db.migrating import is_ready
from storage.registry import calendar
from storage.repositories import destinations, people, places, role_claims
from storage.work import Store, Work

PATIENCE = 8.0  # seconds for the Bot API server to answer
TELEGRAM = "https://api.telegram.org"
PORTS = (443, 80, 88, 8443)  # at which Telegram's own server calls


@dataclass(frozen=True)
class Finding:
    """What holds, or what doesn't and how to mend it; a warning is of what holds well enough to run."""

    holds: bool
    says: str
    cure: str = ""
    warns: bool = False

    def __str__(self) -> str:
        return f"{'!' if self.warns else '✓' if self.holds else '✗'} {self.says}{f': {self.cure}' if self.cure else ''}"


async def examine(now: datetime, settings: Callable[[], Settings] = read_settings) -> AsyncIterator[Finding]:
    """Everything that has to hold, in the order in which it is mended."""
    try:
        given = settings()
    except SettingsError as error:
        yield Finding(False, "a setting can't be used", str(error))
        return
    yield Finding(True, "the settings are readable")
    for finding in (_secret(given), _alarms(given), *_transcription(given), *_privacy(given), *_webhook(given)):
        yield finding
    try:
        rules = Rules(packs=load_packs(given.packs), catalogue=load_catalogue(given.packs), workdays=Workdays())
    except DataError as error:
        yield Finding(False, "a policy pack or the catalogue can't be used", str(error))
    else:
        yield Finding(True, f"the policy packs load: {', '.join(sorted(rules.packs))}")
        async for finding in _database(given, rules, now):
            yield finding
    async for finding in _token(given):
        yield finding


def _secret(settings: Settings) -> Finding:
    """Whether the ledger is sealed, and residents who deleted their data are still counted once after a new token."""
    if settings.secret is not None:
        return Finding(True, "the ledger is sealed, and deleted residents are counted, by a secret of their own")
    says = "the ledger isn't sealed, and deleted residents are counted by a key made from the token, which may change"
    return Finding(True, says, f"MASHANG_SECRET {SHOULD['secret']}", warns=True)


def _alarms(settings: Settings) -> Finding:
    """Whether an alarm would reach anybody."""
    if settings.operator_chat is not None:
        return Finding(True, "alarms go to the operator's chat")
    says = "when something is wrong only the log says so"
    return Finding(True, says, f"MASHANG_OPERATOR_CHAT {SHOULD['operator_chat']}", warns=True)


def _transcription(settings: Settings) -> Iterator[Finding]:
    """Whether the program is there that is to write down voice messages; which one it is isn't said."""
    if settings.transcribe is None:
        return
    if shutil.which(split(settings.transcribe)[0]) is None:
        cure = f"MASHANG_TRANSCRIBE {SHOULD['transcribe']}; its program isn't there, or may not be run"
        yield Finding(False, "voice messages can't be written down", cure)
    else:
        yield Finding(True, "voice messages are written down by a program, for their handlers to check")


def _privacy(settings: Settings) -> Iterator[Finding]:
    """Whether residents read who processes their data, and a lawyer has looked at what they consent to.

    《个人信息保护法》 13, 17, 38, 39: no program can say whether messages may pass through servers abroad.
    """
    if settings.processor:
        yield Finding(True, "the privacy notice names who processes personal data")
    else:
        says = "the privacy notice names nobody who processes personal data"
        yield Finding(True, says, f"MASHANG_PROCESSOR {SHOULD['processor']}", warns=True)
    if settings.privacy_checked is None:
        says = "no lawyer has checked the privacy notice, above all the consent to messages through servers abroad"
        yield Finding(True, says, f"MASHANG_PRIVACY_CHECKED {SHOULD['privacy_checked']}", warns=True)
    else:
        yield Finding(True, f"a lawyer has checked the privacy notice on {settings.privacy_checked}")


def _webhook(settings: Settings) -> Iterator[Finding]:
    """How updates come in. A Bot API server of one's own takes any address, Telegram's only some."""
    if settings.webhook_url is None:
        yield Finding(True, "updates are asked for, no webhook is set")
        if settings.webhook_secret is not None:
            cure = "set MASHANG_WEBHOOK_URL, or remove MASHANG_WEBHOOK_SECRET"
            yield Finding(True, "a webhook's secret is set, and no webhook", cure, warns=True)
        return
    if settings.api_url == TELEGRAM and not _suits_telegram(settings.webhook_url):
        cure = f"MASHANG_WEBHOOK_URL should be https:// at port {', '.join(map(str, PORTS))}"
        yield Finding(True, "Telegram's own server brings no updates to this webhook", cure, warns=True)
    else:
        yield Finding(True, "updates are brought by webhook")
    if settings.webhook_secret is not None and len(settings.webhook_secret.get_secret_value()) < SHORTEST_SECRET:
        cure = f"MASHANG_WEBHOOK_SECRET should be at least {SHORTEST_SECRET} characters that nobody can guess"
        yield Finding(True, "the webhook's secret can be guessed", cure, warns=True)


def _suits_telegram(url: str) -> bool:
    try:
        found = urlsplit(url)
        return found.scheme == "https" and (found.port or PORTS[0]) in PORTS
    except ValueError:
        return False


async def _database(settings: Settings, rules: Rules, now: datetime) -> AsyncIterator[Finding]:
    file = file_of(settings.database_url)
    if file is not None and os.name == "posix" and file.exists() and file.stat().st_mode & 0o077:
        says = "others on this machine may read the database, which holds personal data"
        yield Finding(True, says, f"chmod 600 {file}", warns=True)
    try:
        there = await is_ready(settings.database_url)
    except StorageFault as error:
        yield Finding(False, "the database isn't ready", _without_secrets(settings, str(error)))
        return
    if not there:
        yield Finding(False, "there is nothing in the database yet", "run `mashang registry load DIR`, which makes it")
        return
    yield Finding(True, "the database answers and is at the newest revision")
    engine = open_engine(settings.database_url)
    try:
        yield await _durable(engine)
        async with Store(engine, rules, new_id=lambda: 0).work(now) as work:
            yield await _registry(work)
            yield await _appointments(work)
            districts = await places.districts(work)
            yield _packs(districts, rules.packs)
            yield await _groups(work, districts)
        yield await _calendar(engine, now)
    finally:
        await engine.dispose()


async def _durable(engine: AsyncEngine) -> Finding:
    try:
        await assert_durable(engine)
    except RuntimeError as error:
        return Finding(False, "the database may lose what it was told", str(error))
    return Finding(True, "the database keeps what it was told when the power fails")


async def _registry(work: Work) -> Finding:
    counts = await places.counts(work)
    says = "the registry has " + ", ".join(f"{n} {what}" for what, n in counts.items())
    return Finding(True, says) if all(counts.values()) else Finding(False, says, "run `mashang registry load DIR`")


async def _appointments(work: Work) -> Finding:
    every, joined = await role_claims.count_roles(work)
    says = f"{every} appointments, {joined} of them joined"
    if not every:
        return Finding(False, says, "run `mashang registry load DIR` with the people in charge")
    return Finding(joined > 0, says, "" if joined else "have them open the bot and share their telephone number")


def _packs(districts: list[District], packs: Mapping[str, Pack]) -> Finding:
    lacking = [f"{d.code} ({d.pack})" for d in districts if d.pack not in packs]
    if not lacking:
        return Finding(True, "every district with communities has its policy pack")
    cure = f"put the pack into the folder of MASHANG_PACKS, or name another in districts.csv: {', '.join(lacking)}"
    return Finding(False, f"districts without their policy pack: {len(lacking)}", cure)


async def _groups(work: Work, districts: list[District]) -> Finding:
    unbound = [d.code for d in districts if await destinations.group_of(work, d.code) is None]
    says = f"{len(districts) - len(unbound)} of {len(districts)} districts with communities have a bound group"
    if not districts:
        return Finding(False, "no district has a community yet", "run `mashang registry load DIR`")
    cure = f"have a district officer send /bind to the bot for {', '.join(unbound)}" if unbound else ""
    return Finding(not unbound, says, cure)


async def _calendar(engine: AsyncEngine, now: datetime) -> Finding:
    """From 1 November on the next year's notice is missed; without it the bot runs, and says what is provisional."""
    found = await calendar.newer(engine, None)
    awaited = found[1].awaited(people.today(now)) if found else ()
    if not awaited:
        return Finding(True, "the working days are known as far as anybody has announced them")
    years = " and ".join(map(str, awaited))
    cure = "load the State Council's notice with `mashang calendar load FILE`"
    says = f"the working days of {years} are estimated, and deadlines that rest on them provisional"
    return Finding(True, says, cure, warns=True)


async def _token(settings: Settings) -> AsyncIterator[Finding]:
    if settings.token is None:
        yield Finding(False, "there is no token", f"MASHANG_TOKEN {SHOULD['token']}")
        return
    token, server = settings.token.get_secret_value(), bare(settings.api_url)
    refused = f"{server} doesn't take the token"
    try:
        request = HTTPXRequest(proxy=settings.proxy, connect_timeout=PATIENCE, read_timeout=PATIENCE)
        async with Bot(token, base_url=f"{settings.api_url}/bot", request=request) as bot:
            yield Finding(True, f"{server} knows the token as @{bot.username}")
            yield _hooked(settings, await bot.get_webhook_info())
    except InvalidToken:
        cure = "copy it from BotFather once more into MASHANG_TOKEN, and look at MASHANG_API_URL"
        yield Finding(False, refused, cure)
    except (TelegramError, RuntimeError, ValueError) as error:
        yield Finding(False, f"{server} gives no answer", _without_secrets(settings, str(error).replace(token, "…")))


def _without_secrets(settings: Settings, says: str) -> str:
    """What a library says may hold the address that it was given, with name and password."""
    for url in (settings.api_url, settings.proxy or "", settings.database_url):
        try:
            given = urlsplit(url)
            held = [given.netloc.rpartition("@")[0], given.username or "", given.password or ""]
        except ValueError:
            continue
        for secret in filter(None, (*held, *map(unquote, held))):
            says = says.replace(secret, "…")
    return says


def _hooked(settings: Settings, info: WebhookInfo) -> Finding:
    """Whether updates go where they should; whose another webhook is isn't said, for its address may be a secret."""
    if info.url and info.url != settings.webhook_url:
        cure = "end whatever has set it; the bot puts its own way in its place when it starts"
        return Finding(True, "the token has a webhook that isn't this bot's", cure, warns=True)
    if info.url and info.last_error_message:
        says = f"Telegram couldn't always reach the webhook, {info.pending_update_count} updates wait there"
        return Finding(True, says, f"it says: {info.last_error_message}", warns=True)
    return Finding(True, f"no other webhook is active; updates that wait at Telegram: {info.pending_update_count}")
