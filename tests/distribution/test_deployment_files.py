"""The files of `deploy/` name settings, commands and files that exist."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from bot.instance import GRACE
from bot.settings import PREFIX, Settings
from cli.__main__ import app

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
SHIPPED = [ROOT / "compose.yaml", ROOT / "docs/deploying.md", *sorted((ROOT / "deploy").iterdir())]
COMMANDS = set(typer.main.get_command(app).commands)


def unit(path):
    made = configparser.ConfigParser(strict=False, interpolation=None)
    made.optionxform = str
    made.read(path)
    return made


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.name)
def test_every_setting_that_is_named_is_one(path):
    ours = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"MASHANG_[A-Z_]+", path.read_text(encoding="utf-8"))) <= ours


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_unit_runs_a_command_that_there_is_with_the_settings_of_the_documents(path):
    service = unit(path)["Service"]
    program, command, *_ = service["ExecStart"].split()
    assert program == "/opt/mashang/.venv/bin/mashang"
    assert command in COMMANDS
    assert service["EnvironmentFile"] in (ROOT / "docs/deploying.md").read_text(encoding="utf-8")


def test_the_bot_has_time_to_finish_what_it_began():
    service = unit(ROOT / "deploy/mashang.service")["Service"]
    assert int(service["TimeoutStopSec"]) > GRACE * 2
    assert service["Restart"] == "always"
    grace = re.search(r"stop_grace_period: (\d+)s", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert int(grace[1]) > GRACE * 2


def test_the_documents_name_commands_that_there_are():
    text = (ROOT / "docs/deploying.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`mashang|as_bot|--rm migrate) ([a-z]+)", text))
    assert named >= {"doctor", "backup", "restore", "migrate", "move"}
    assert named <= COMMANDS


def test_compose_names_files_and_variables_that_there_are():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert (ROOT / re.search(r"dockerfile: (\S+)", text)[1]).is_file()
    assert (ROOT / re.search(r"- \./(\S+):/etc/caddy", text)[1]).is_file()
    offered = (ROOT / "deploy/mashang.env").read_text(encoding="utf-8")
    for name in set(re.findall(r"\$\{([A-Z_]+)", text)):
        assert re.search(rf"^#?{name}=", offered, re.MULTILINE), name


def test_docker_understands_compose_yaml(tmp_path):
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")
    asked = [docker, "compose", "--file", str(ROOT / "compose.yaml"), "--env-file", str(tmp_path / "env"), "config"]
    names = re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    (tmp_path / "env").write_text("".join(f"{name}=x\n" for name in set(names)), encoding="utf-8")
    told = subprocess.run([*asked, "--quiet"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
