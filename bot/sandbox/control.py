"""The sandbox by remote control: JSON over HTTP under /sandbox, for its page and for programs elsewhere.

What people see and do is one file each: control_sight, control_conversations, control_acts, control_phone …
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.control_acts import Acts
from bot.sandbox.control_app import App
from bot.sandbox.control_behind import Behind
from bot.sandbox.control_chat import Chats
from bot.sandbox.control_conversations import Conversations
from bot.sandbox.control_hints import Hints
from bot.sandbox.control_nature import Nature
from bot.sandbox.control_phone import Phones
from bot.sandbox.control_sight import Sight
from bot.sandbox.control_stream import CLOSING, Tidings, everything, stream
from bot.sandbox.control_tour import Tour
from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.json_reading import read_json
from bot.sandbox.world import World

Act = Callable[[Wish], Awaitable[Any]]
Look = Callable[[Wish], Any]


class Control:
    """The addresses of the control interface of one world."""

    def __init__(self, world: World, *, tour_begins_itself: bool = False) -> None:
        self._tour = Tour(world, begins_itself=tour_begins_itself)
        self._slack, self._changes = world.slack, world.slack.change_log
        self._conversations = Conversations(world.slack)
        self._tidings, self._hints = Tidings(world.slack, self._conversations), Hints(world)
        self._sight, self._behind = Sight(world, self._conversations), Behind(world)
        self._acts, self._nature, self._app = Acts(world.slack), Nature(world), App(world.slack.installed)
        self._phones, self._chats = Phones(world), Chats(world)

    def routes(self) -> list[Route]:
        """Return the routes, to be mounted at /sandbox."""
        return [*self._to_see(), *self._to_do(), Route("/changes", self._watch)]

    def close(self) -> None:
        """End every stream of changes: the server waits for none of them."""
        self._changes.publish({"type": CLOSING})

    async def end_tour(self) -> None:
        """End a tour that is under way: the world it plays in goes."""
        await self._tour.close()

    def _to_see(self) -> list[Route]:
        sights: Mapping[str, Look] = {
            "state": self._sight.state,
            "messages": self._conversations.before,
            "journal": self._behind.journal,
            "counts": self._behind.counts,
            "manifest": self._app.manifest,
            "usage": self._app.usages,
            "pushes": self._phones.pushes,
            "phones": self._chats.phones,
            "phone": self._chats.phone,
            "tour": self._tour.state,
        }
        return [Route(f"/{name}", _looked(look)) for name, look in sights.items()]

    def _to_do(self) -> list[Route]:
        acts: Mapping[str, Act] = {
            "command": self._acts.command,
            "click": self._acts.click,
            "submit": self._acts.submit,
            "dismiss": self._acts.dismiss,
            "say": self._acts.say,
            "home": self._acts.home,
            "invite": self._acts.invite,
            "aim": self._phones.aim,
            "scan": self._phones.scan,
            "follow": self._phones.follow,
            "unfollow": self._phones.unfollow,
            "write": self._phones.write,
            "crowd": self._phones.crowd,
            "verify": self._phones.verify,
            "faults": self._nature.arm,
            "clock": self._nature.advance,
            "tour": self._tour.act,
        }
        done = [Route(f"/{name}", _done(act), methods=["POST"]) for name, act in acts.items()]
        return [*done, Route("/faults", _done(self._nature.heal), methods=["DELETE"])]

    async def _watch(self, request: Request) -> Response:
        if "person" not in request.query_params:
            return stream(self._changes, everything)
        try:
            person = self._slack.people[request.query_params["person"]]
        except LookupError as wrong:
            return _refused(wrong)
        return stream(self._changes, self._tidings.of(person))


def _looked(look: Look) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return _answered(lambda: look(Wish(request.query_params)))

    return answer


def _done(act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            result = await act(Wish(await _read(request)))
        except (Wrong, LookupError, ValueError, TypeError) as wrong:
            return _refused(wrong)
        return JSONResponse(result)

    return answer


def _answered(look: Callable[[], Any]) -> Response:
    try:
        return JSONResponse(look())
    except (Wrong, LookupError) as wrong:
        return _refused(wrong)


def _refused(wrong: Exception) -> Response:
    """Say no: 404 for what is not there, 400 for what cannot be meant; a TypeError is a value of the wrong kind."""
    status = wrong.status if isinstance(wrong, Wrong) else 404 if isinstance(wrong, LookupError) else 400
    return JSONResponse({"error": " ".join(map(str, wrong.args))}, status)


async def _read(request: Request) -> Mapping[str, Any]:
    """Return the JSON object of the body; where there is no body, the query."""
    body = await request.body()
    if not body:
        return request.query_params
    try:
        given = read_json(body)
    except ValueError as broken:
        raise Wrong(f"the body is no JSON: {broken}") from broken
    if not isinstance(given, dict):
        raise Wrong("the body must be a JSON object")
    return given
