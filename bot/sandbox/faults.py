"""Faults on demand: each half of the sandbox asks here, at the point where the world could fail, whether it shall."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Fault:
    """One fault that waits: `times` left (None: until cleared), `where` a path suffix or method name ("": anywhere)."""

    name: str
    times: int | None = 1
    where: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


class Faults:
    """The switches of both halves, by name."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, name: str, *, times: int | None = 1, where: str = "", **detail: Any) -> Fault:
        """Let `name` happen the next `times` times (None: always) at places that end in `where`."""
        fault = Fault(name, times, where, detail)
        self._armed.append(fault)
        return fault

    def disarm(self, fault: Fault) -> None:
        """Take back one fault, and none that is like it; one that has happened is gone already."""
        self._armed = [other for other in self._armed if other is not fault]

    def take(self, name: str, where: str = "") -> Fault | None:
        """Return the fault that shall happen here now, and count it; None where all is well."""
        for fault in self._armed:
            if fault.name == name and where.endswith(fault.where):
                self._spend(fault)
                return fault
        return None

    def clear(self, name: str | None = None) -> None:
        """Heal `name`, or everything."""
        self._armed = [fault for fault in self._armed if name is not None and fault.name != name]

    def armed(self) -> list[Fault]:
        """Return the faults that still wait."""
        return list(self._armed)

    def _spend(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.disarm(fault)
