"""What the bot can do: one file a subcommand, an event, a job. A new one needs no edit elsewhere."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from bot.handler import Job, Subcommand
from bot.reaction import Reaction


def subcommands() -> dict[str, Subcommand[Any, Any]]:
    """Return every subcommand by the name of its file."""
    return {name: module.subcommand for name, module in _modules("handlers.commands")}


def reactions() -> dict[str, Reaction]:
    """Return every reaction to a WeChat event by the name of its file."""
    return {name: module.reaction for name, module in _modules("handlers.events")}


def scheduled_jobs() -> dict[str, Job]:
    """Return every job by the name of its file."""
    return {name: module.job for name, module in _modules("handlers.jobs")}


def _modules(package: str) -> Iterator[tuple[str, ModuleType]]:
    for found in pkgutil.iter_modules(importlib.import_module(package).__path__):
        yield found.name, importlib.import_module(f"{package}.{found.name}")
