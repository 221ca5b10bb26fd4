"""The lock, installed as the Makefile does it: always the same packages, whatever was released meanwhile."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from wheels import locked, write_wheel

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# A project that needs no network to be built: it is its own build backend.
SMALL_PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "small"
version = "1"
"""
BACKEND = """\
from pathlib import Path
from wheels import write_wheel

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(Path(wheel_directory), "small", "1").name

def get_requires_for_build_editable(config_settings=None):
    return []
"""


def pins(lock):
    """What a lock pins: the requirement of each line, by its name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = [Requirement(line.rstrip(" \\")) for line in text.splitlines() if line[:1].isalnum()]
    return {canonicalize_name(each.name): each for each in found}


def version(pin):
    (only,) = pin.specifier
    assert only.operator == "=="
    return only.version


@pytest.fixture
def project(tmp_path):
    """The Makefile beside a project of three locked packages, and a folder that offers a later release of one."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    tables = write_wheel(wheels, "tables", "1.0")
    measure = write_wheel(wheels, "measure", "7.0", extras=("toml",), requires=('tables; extra == "toml"',))
    plugin = write_wheel(wheels, "plugin", "2.0", requires=("measure[toml]>=7",))
    write_wheel(wheels, "measure", "7.1", extras=("toml",), requires=('tables; extra == "toml"',))
    made = tmp_path / "project"
    (made / "locales").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", made)
    shutil.copy(Path(__file__).with_name("wheels.py"), made)
    (made / "locales/build_hook.py").touch()
    (made / "pyproject.toml").write_text(SMALL_PROJECT)
    (made / "backend.py").write_text(BACKEND)
    (made / "requirements.txt").write_text(locked(tables))
    (made / "requirements-build.txt").touch()
    (made / "requirements-dev.txt").write_text(locked(tables) + locked(measure, "[toml]") + locked(plugin))
    return made


def make(project, *words):
    """`make` with a new environment's own pip, which sees the folder of wheels and nothing else."""
    known = {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project.parent / "wheels")}
    asked = ["make", *words, f"PYTHON={sys.executable}", "VENV=env"]
    known |= {"PIP_CONFIG_FILE": "/dev/null", "HOME": str(project)}
    return subprocess.run(asked, cwd=project, env=known, capture_output=True, text=True, check=False)


def installed(project):
    asked = [project / "env/bin/python", "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    return set(told.stdout.split()) & {"tables==1.0", "measure==7.0", "measure==7.1", "plugin==2.0", "small==1"}


@pytest.mark.thorough
@pytest.mark.parametrize("extras", ["[toml]", ""], ids=["extras kept", "extras stripped"])
def test_a_later_release_of_a_package_with_extras_changes_nothing(project, extras):
    lock = project / "requirements-dev.txt"
    lock.write_text(lock.read_text().replace("measure[toml]", f"measure{extras}"))
    running = make(project, "install")
    assert running.returncode == 0, running.stderr
    assert installed(project) == {"tables==1.0", "small==1"}
    developing = make(project, "develop")
    assert developing.returncode == 0, developing.stderr
    assert installed(project) == {"tables==1.0", "measure==7.0", "plugin==2.0", "small==1"}
    again = make(project, "install", "develop")
    assert "pip" not in again.stdout


@pytest.mark.thorough
def test_a_lock_that_misses_something_is_refused(project):
    (project / "requirements.txt").write_text(locked(project.parent / "wheels/plugin-2.0-py3-none-any.whl"))
    told = make(project, "install")
    assert told.returncode != 0
    assert "plugin 2.0 requires measure, which is not installed" in told.stdout
    assert not (project / "env/.installed").exists()


@pytest.mark.thorough
def test_a_package_that_isnt_the_locked_one_is_refused(project):
    write_wheel(project.parent / "wheels", "tables", "1.0", requires=("measure",))
    told = make(project, "install")
    assert told.returncode != 0
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in told.stderr


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_everything_and_names_no_place(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pin = r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+( ; [^/]+)?"
    package = rf"{pin} \\\n(    --hash=sha256:[0-9a-f]{{64}}( \\)?\n)+    # via [^/]+\n"
    assert re.fullmatch(f"({package})+", text)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_holds_whatever_the_project_asks_for_with_its_extras(lock):
    pinned, asked = pins(lock), [Requirement(each) for each in PROJECT["project"]["dependencies"]]
    if lock == "requirements-dev.txt":
        asked += [Requirement(each) for each in PROJECT["dependency-groups"]["dev"] if isinstance(each, str)]
    for each in asked:
        pin = pinned[canonicalize_name(each.name)]
        assert each.specifier.contains(version(pin)), f"{pin} isn't {each}: make lock"
        assert each.extras <= pin.extras


def test_all_locks_agree_and_the_developers_holds_all():
    everything = pins("requirements-dev.txt")
    for lock in LOCKS:
        assert {n: str(pin.specifier) for n, pin in pins(lock).items()}.items() <= {
            n: str(pin.specifier) for n, pin in everything.items()
        }.items()


def test_what_builds_the_project_is_locked():
    assert set(PROJECT["build-system"]["requires"]) == set(PROJECT["dependency-groups"]["build"])
    assert set(PROJECT["build-system"]["requires"]) <= set(pins("requirements-build.txt"))


def test_docker_installs_as_the_makefile_does():
    flags = re.search(r"^LOCKED := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    lines = re.findall(r"^RUN pip install .*requirements.*$", (ROOT / "deploy/Dockerfile").read_text(), re.MULTILINE)
    assert len(lines) == 2
    assert all(f" {flags} -r " in line for line in lines)
