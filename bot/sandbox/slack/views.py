"""Modals and home tabs: what each person has open.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.content import Editor
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.refusals import Refusal

DEEPEST = 3
KEPT = 5_000


@dataclass(slots=True, eq=False, kw_only=True)
class View:
    """One view. `errors` stand under the inputs by block_id; `trouble` is Slack's own when the app fails."""

    id: str
    person: str
    payload: Mapping[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def kind(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.payload["blocks"])


class Views:
    """Every view, each person's stack of modals, and her home."""

    def __init__(self, ids: Ids, changes: Changes, editor: Editor) -> None:
        self._ids = ids
        self._changes = changes
        self._editor = editor
        self._known: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def open(self, person: str, payload: Mapping[str, Any]) -> View:
        """Show a modal, in the place of any that are open."""
        self._refuse_known(payload)
        view = self._new(person, payload)
        self._stacks[person] = [view]
        self._tell("view_opened", view)
        return view

    def push(self, person: str, payload: Mapping[str, Any]) -> View:
        """Show a modal on top of those that are open."""
        stack = self._stacks.setdefault(person, [])
        if len(stack) >= DEEPEST:
            raise Refusal("push_limit_reached")
        self._refuse_known(payload)
        view = self._new(person, payload)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._tell("view_opened", view)
        return view

    def update(self, view: View, payload: Mapping[str, Any], hash_: str = "") -> View:
        """Change a view in its place; a `hash_` that is not the newest is refused."""
        if hash_ and hash_ != view.hash:
            raise Refusal("hash_conflict")
        view.payload, view.hash = self._kept(payload), self._new_hash()
        view.errors, view.trouble = {}, None
        self._tell("view_changed", view)
        return view

    def publish(self, person: str, payload: Mapping[str, Any], hash_: str = "") -> View:
        """Show the person's home tab."""
        home = self._homes.get(person)
        if home:
            return self.update(home, payload, hash_)
        self._homes[person] = home = self._new(person, payload)
        self._tell("view_opened", home)
        return home

    def find(self, view_id: str, external_id: str = "") -> View | None:
        """Return a view that is open, by either of its names."""
        view = self._known.get(view_id)
        if view is None and external_id:
            view = next((one for one in self._known.values() if one.payload.get("external_id") == external_id), None)
        return view

    def stack(self, person: str) -> list[View]:
        """Return the person's open modals, the topmost last."""
        return list(self._stacks.get(person, ()))

    def home(self, person: str) -> View | None:
        return self._homes.get(person)

    def complain(self, view: View, errors: Mapping[str, str], trouble: str | None = None) -> None:
        """Show errors under inputs, or Slack's own trouble."""
        view.errors, view.trouble = dict(errors), trouble
        self._tell("view_changed", view)

    def close(self, view: View) -> None:
        """Take the view, and whatever lies on it, away; the one beneath shows again."""
        stack = self._stacks.get(view.person, [])
        gone = stack[stack.index(view) :] if view in stack else []
        for one in gone:
            stack.remove(one)
            self._known.pop(one.id, None)
            self._tell("view_closed", one)

    def clear(self, person: str) -> None:
        for view in self.stack(person)[:1]:
            self.close(view)

    def _new(self, person: str, payload: Mapping[str, Any]) -> View:
        view_id = self._ids.new("V")
        hash_ = self._new_hash()
        view = View(id=view_id, person=person, payload=self._kept(payload), hash=hash_, root_id=view_id)
        self._known[view.id] = view
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return view

    def _kept(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        return {**payload, "blocks": self._editor.named(payload["blocks"])}

    def _new_hash(self) -> str:
        return f"{self._ids.ts().partition('.')[0]}.{self._ids.secret()[:8]}"

    def _refuse_known(self, payload: Mapping[str, Any]) -> None:
        external_id = str(payload.get("external_id") or "")
        if external_id and self.find("", external_id):
            raise Refusal("duplicate_external_id")

    def _tell(self, what: str, view: View) -> None:
        shown = {"id": view.id, "person": view.person, "errors": view.errors, "trouble": view.trouble}
        self._changes.publish({"type": what, "view": {**shown, **view.payload}})


def as_view(view: View, team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """Return the view object of the Web API and of payloads."""
    payload = view.payload
    empty = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "close": None, "submit": None}
    return {
        **empty, "clear_on_close": False, "notify_on_close": False, **payload,
        "id": view.id, "team_id": team_id, "app_id": app_id, "bot_id": bot_id, "app_installed_team_id": team_id,
        "hash": view.hash, "root_view_id": view.root_id, "previous_view_id": view.previous_id,
        "state": {"values": view.values},
    }  # fmt: skip
