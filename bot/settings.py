from pathlib import Path
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MASHANG_")
    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    proxy: str | None = None
    database_url: str = "sqlite+aiosqlite:///mashang.db"
    packs: Path | None = None
    log_json: bool = False
