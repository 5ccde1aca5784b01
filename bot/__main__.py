"""The `wxqr` program."""

import argparse
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot import __version__
from bot.environment import days
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
    sandbox.add_argument("--tour", action="store_true", help=sentence("cli.sandbox.tour"))
    _command(commands, "doctor", _doctor)
    backup = _command(commands, "backup", _backup)
    backup.add_argument("file", type=Path, help=sentence("cli.backup.file"))
    export = _command(commands, "export", _export)
    export.add_argument("what", choices=["allocations", "stats", "scans"], help=sentence("cli.export.what"))
    export.add_argument("--format", choices=["csv", "json"], default="csv", help=sentence("cli.export.format"))
    export.add_argument("--days", type=days, default=0, metavar="N", help=sentence("cli.export.days"))
    export.add_argument("--app-id", default="", metavar="APPID", help=sentence("cli.export.app_id"))
    forget = _command(commands, "forget", _forget)
    forget.add_argument("open_id", metavar="OPENID", help=sentence("cli.forget.open_id"))
    simulate = _command(commands, "simulate", _simulate)
    simulate.add_argument("scene", metavar="SCENE", help=sentence("cli.simulate.scene"))
    simulate.add_argument("--account", default="", metavar="NAME", help=sentence("cli.simulate.account"))
    return parser


def _command(commands: Any, name: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=sentence(f"cli.{name}"), description=sentence(f"cli.{name}")
    )
    parser.set_defaults(run=run)
    return parser


def _run(_: argparse.Namespace) -> int:
    wanted = settings()  # before the rest is imported: what is wrong in them is said at once
    from bot.running import run

    return _looped(run(wanted))


def _sandbox(chosen: argparse.Namespace) -> int:
    from bot.sandbox.running import run

    return _looped(run(chosen.host, chosen.port, chosen.data, chosen.bot_url, with_tour=chosen.tour))


def _doctor(_: argparse.Namespace) -> int:
    wanted = settings()
    from bot.doctor import examine

    return _looped(examine(wanted))


def _backup(chosen: argparse.Namespace) -> int:
    from bot.safekeeping import backup

    return backup(database(), chosen.file)


def _export(chosen: argparse.Namespace) -> int:
    if chosen.what == "allocations":
        from bot.safekeeping import export

        return export(database(), chosen.format)
    from bot import printing

    zone = environment().get("WXQR_TIME_ZONE") or "Asia/Shanghai"
    wanted = printing.Wanted(chosen.what, chosen.format, chosen.days, chosen.app_id, zone)
    return printing.export(database(), wanted)


def _forget(chosen: argparse.Namespace) -> int:
    from bot.privacy import forget

    return _looped(forget(settings(), chosen.open_id))


def _simulate(chosen: argparse.Namespace) -> int:
    from bot.simulating import simulate

    return simulate(settings(), chosen.scene, chosen.account)


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
