"""Settings are read from the environment and from files; a bad one is named, and its value is never shown."""

import pytest

from bot.settings import SettingsError, read_settings, unknown_settings

TOKEN = "123456:ABC-def_ghi"


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    import os

    for name in [n for n in os.environ if n.startswith("MASHANG_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def given(monkeypatch):
    def give(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"MASHANG_{name.upper()}", str(value))
        return read_settings()

    return give


def test_nothing_has_to_be_set(given):
    settings = given()
    assert (settings.token, settings.api_url) == (None, "https://api.telegram.org")
    assert settings.database_url == "sqlite+aiosqlite:///mashang.db"


def test_an_empty_variable_is_not_set(given):
    assert given(token="", packs="").token is None


def test_a_slash_behind_the_server_is_tolerated(given):
    assert given(api_url="http://127.0.0.1:8081/").api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////var/a.db", "sqlite+aiosqlite:////var/a.db"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
    ],
)
def test_a_database_gets_the_driver_that_we_use(given, written, used):
    assert given(database_url=written).database_url == used


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("token", "hunter2-secret"),
        ("token", "123456:ABC def"),
        ("api_url", "ftp://secret"),
        ("api_url", "secret"),
        ("proxy", "socks4://secret:1"),
        ("database_url", "mysql://u:secret@h/d"),
        ("database_url", "sqlite+aiosqlite://"),
        ("database_url", "sqlite:///:memory:"),
        ("database_url", "secret"),
        ("packs", "/no/secret/folder"),
        ("log_json", "secretly"),
        ("secret", "secret-too-short"[:15]),
    ],
)
def test_a_bad_setting_is_named_and_not_shown(given, name, value):
    with pytest.raises(SettingsError, match=f"^MASHANG_{name.upper()} should be ") as refused:
        given(**{name: value})
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_secrets_come_from_files_too(given, tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    (tmp_path / "database").write_text("postgresql://u:p@h/d\n")
    settings = given(token_file=tmp_path / "token", database_url_file=tmp_path / "database")
    assert settings.token.get_secret_value() == TOKEN
    assert settings.database_url == "postgresql+asyncpg://u:p@h/d"


def test_a_bad_secret_in_a_file_is_told_by_the_file_s_variable(given, tmp_path):
    (tmp_path / "token").write_text("secret")
    with pytest.raises(SettingsError, match=r"^the file of MASHANG_TOKEN_FILE should be the bot's token"):
        given(token_file=tmp_path / "token")


def test_a_file_that_is_not_there_is_told(given, tmp_path):
    with pytest.raises(SettingsError, match="MASHANG_TOKEN_FILE should be a file that can be read"):
        given(token_file=tmp_path / "nothing")


def test_a_secret_in_two_places_is_refused(given, tmp_path):
    (tmp_path / "token").write_text(TOKEN)
    with pytest.raises(SettingsError, match="both set"):
        given(token=TOKEN, token_file=tmp_path / "token")


def test_secrets_are_not_in_the_settings_words(given):
    settings = given(token=TOKEN, database_url="postgresql://u:hidden@h/d", proxy="http://u:hidden@p:1")
    assert TOKEN not in repr(settings)
    assert "hidden" not in repr(settings)


def test_a_misspelt_setting_is_pointed_out():
    assert unknown_settings(["MASHANG_TOKN", "MASHANG_XYZZY", "MASHANG_TOKEN", "PATH"]) == [
        "MASHANG_TOKN is no setting of ours; did you mean MASHANG_TOKEN?",
        "MASHANG_XYZZY is no setting of ours",
    ]


def test_the_key_of_pseudonyms_is_the_secrets_own_or_comes_from_the_token(given):
    by_token = given(token=TOKEN).key()
    assert by_token != given(token=TOKEN + "x").key()
    by_secret = given(secret="sixteen letters!").key()
    assert by_secret == given(token=TOKEN).key() != by_token
    assert len(by_secret) == 32


def test_without_token_and_secret_there_is_no_key(given):
    assert given().key() == b""


def test_the_ledger_is_sealed_by_the_secret_alone(given):
    assert given(token=TOKEN).ledger_key().scheme == given().ledger_key().scheme == "sha256-rows"
    one, other = (given(secret=secret).ledger_key() for secret in ("sixteen letters!", "sixteen letters?"))
    assert one.scheme.startswith("hmac-sha256-")
    assert one.scheme != other.scheme
    assert one.secret != given(secret="sixteen letters!").key()


def test_a_webhook_needs_its_secret(given):
    with pytest.raises(SettingsError, match=r"MASHANG_WEBHOOK_SECRET .* isn't set"):
        given(webhook_url="https://bot.example.cn/hook")


def test_the_webhook_s_secret_may_come_from_a_file(given, tmp_path):
    (tmp_path / "secret").write_text("abc_DEF-123\n")
    settings = given(webhook_url="https://bot.example.cn/hook", webhook_secret_file=tmp_path / "secret")
    assert settings.webhook_secret.get_secret_value() == "abc_DEF-123"
    assert "abc_DEF" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook_secret", "密码"), ("webhook_secret", "a b"), ("webhook_secret", "x" * 257),
        ("webhook_url", "bot.bad.cn"), ("listen", "9091"), ("listen", "127.0.0.1:99999"), ("listen", ":90"),
        ("operator_chat", "@operator"),
        ("transcribe", "whisper 'unclosed"),
        ("privacy_checked", "soon"), ("processor", "某" * 121),
    ],
)  # fmt: skip
def test_what_telegram_or_this_machine_can_t_use_is_refused(given, name, value):
    with pytest.raises(SettingsError, match=f"MASHANG_{name.upper()} should be") as told:
        given(**{name: value})
    assert value not in str(told.value)


def test_a_webhook_listens_on_this_machine_unless_told_otherwise(given):
    assert given().listens() is None
    hook = {"webhook_url": "https://bot.example.cn/hook", "webhook_secret": "abc"}
    assert given(**hook).listens() == ("127.0.0.1", 8080)
    assert given(**hook, listen="[::]:9000").listens() == ("::", 9000)
