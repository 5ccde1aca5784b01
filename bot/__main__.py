"""The `wxqr` program."""

import argparse
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot import __version__
from bot.settings import Settings, WrongSettings, read_settings
from bot.terminal import environment, sentence

Run = Callable[[argparse.Namespace], int]

WRONG_SETTINGS = 2
CANNOT_START = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0 well, 1 could not, 2 wrong settings or usage."""
    chosen = _parser().parse_args(arguments)
    run: Run = chosen.run
    try:
        return run(chosen)
    except WrongSettings as error:
        _print_problems(error)
        return WRONG_SETTINGS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wxqr", description=sentence("cli.about"))
    parser.add_argument("--version", action="version", version=f"wxqr {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "run", _run)
    sandbox = _command(commands, "sandbox", _sandbox)
    sandbox.add_argument("--port", type=int, default=8400, help=sentence("cli.sandbox.port"))
    sandbox.add_argument("--host", default="127.0.0.1", help=sentence("cli.sandbox.host"))
    sandbox.add_argument("--data", type=Path, help=sentence("cli.sandbox.data"))
    sandbox.add_argument("--bot-url", help=sentence("cli.sandbox.bot_url"))
    _command(commands, "doctor", _doctor)
    backup = _command(commands, "backup", _backup)
    backup.add_argument("file", type=Path, help=sentence("cli.backup.file"))
    export = _command(commands, "export", _export)
    export.add_argument("what", choices=["allocations"], help=sentence("cli.export.what"))
    export.add_argument("--format", choices=["csv", "json"], default="csv", help=sentence("cli.export.format"))
    return parser


def _command(commands: Any, name: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=sentence(f"cli.{name}"), description=sentence(f"cli.{name}")
    )
    parser.set_defaults(run=run)
    return parser


def _run(_: argparse.Namespace) -> int:
    from bot.running import run

    return _looped(run(settings()))


def _sandbox(chosen: argparse.Namespace) -> int:
    from bot.sandbox.running import run

    return _looped(run(chosen.host, chosen.port, chosen.data, chosen.bot_url))


def _doctor(_: argparse.Namespace) -> int:
    from bot.doctor import examine

    return _looped(examine(settings()))


def _backup(chosen: argparse.Namespace) -> int:
    from bot.safekeeping import backup

    return backup(database(), chosen.file)


def _export(chosen: argparse.Namespace) -> int:
    from bot.safekeeping import export

    return export(database(), chosen.format)


def _looped(main: Coroutine[Any, Any, int]) -> int:
    import uvloop

    return uvloop.run(main)


def settings() -> Settings:
    """Return the settings. Raises WrongSettings."""
    return read_settings(environment(), lambda path: Path(path).read_text(encoding="utf-8"))


def database() -> Path:
    """Return where the database is; backup and export need no other setting."""
    return Path(environment().get("WXQR_DATABASE") or "wxqr.db")


def _print_problems(error: WrongSettings) -> None:
    print(sentence("settings.wrong"), file=sys.stderr)
    for problem in error.problems:
        print("  " + sentence(problem.key, setting=problem.setting, value=problem.value), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
