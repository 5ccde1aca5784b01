"""What `pip install` puts on a machine is the whole bot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage")
METADATA = ("pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the project, so that nothing is left in it, and install that in a folder of its own."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in METADATA:
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", target, source], check=True)
    return target


def run(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(installed)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def files(folder: Path) -> set[str]:
    """Return the files of the packages, but for what Python makes of them."""
    every = {path.relative_to(folder) for name in PACKAGES for path in (folder / name).rglob("*") if path.is_file()}
    return {path.as_posix() for path in every if "__pycache__" not in path.parts}


def test_every_file_of_the_packages_is_installed(installed: Path) -> None:
    assert files(ROOT) - files(installed) == set()


def test_nothing_else_is_installed_beside_the_packages(installed: Path) -> None:
    beside = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert beside - {"bin", "__pycache__"} == set(PACKAGES)


def test_types_and_the_sandboxs_page_are_among_them(installed: Path) -> None:
    assert {"bot/py.typed", "bot/sandbox/static/index.html"} - files(installed) == set()


def test_the_program_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, tmp_path, str(installed / "bin" / "wxqr"), "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("usage: wxqr")


def test_the_program_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    where = "import bot, handlers; print(bot.__file__); print(*handlers.subcommands())"
    ended = run(installed, tmp_path, sys.executable, "-c", where)
    place, names = ended.stdout.splitlines()
    assert place == str(installed / "bot" / "__init__.py")
    assert {"temp", "perm", "status"} <= set(names.split())
