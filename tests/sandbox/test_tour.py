"""The tour is played by the real bot: what is told of each step has happened when the next one is told."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.running import standing
from bot.sandbox.tour import ENGLISH
from bot.sandbox.tour_player import Player
from bot.sandbox.tour_stage import FAULT, Stage
from bot.sandbox.wechat.phone_owners import open_id_of
from bot.sandbox.world import World
from tests.plain_http import NO_TLS

NEVER = 1000.0
SPRING = ENGLISH.channel


@pytest.fixture
async def stood(listening: socket.socket, tmp_path: Path) -> AsyncIterator[World]:
    """Let the sandbox stand, with its own bot."""
    async with standing(listening, tmp_path) as world:
        yield world


@pytest.fixture
async def player(stood: World) -> AsyncIterator[Player]:
    player = Player(Stage(stood))
    yield player
    await player.stop()


async def told(world: World, player: Player, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return what is told of the tour as soon as it is so."""
    await world.slack.wait_for(lambda: is_so(dict(player.state)))
    return dict(player.state)


def at_step(number: int) -> Callable[[dict[str, Any]], bool]:
    return lambda state: bool(state["step"] == number)


async def test_the_whole_story_happens(stood: World, player: Player) -> None:
    slack, wechat = stood.slack, stood.wechat
    player.play(pace=0)
    await player.finished()
    assert player.state["is_over"]
    assert player.state["step"] == player.state["of"]
    assert "Now you" in player.state["caption"]["en"]
    seen = [message.text for message in slack.sees(ENGLISH.manager, SPRING)]
    assert any("Spring poster (spring-poster): the last 14 days" in text for text in seen)
    assert "spring surprise" in wechat.phone(open_id_of(ENGLISH.phone)).received[0].text
    assert len({push.open_id for push in wechat.pushes.journal}) >= 100
    assert all(push.is_answered for push in wechat.pushes.journal)
    assert "access_token" in slack.sees(ENGLISH.on_call, "#ops")[-1].text
    refused = [call.errcode for call in wechat.calls if call.path == "/cgi-bin/qrcode/create"]
    assert refused == [0, 40001, 0]
    assert stood.faults.armed() == []


async def test_it_is_played_again_with_codes_of_its_own_and_in_chinese(stood: World, player: Player) -> None:
    for language in ("en", "zh-CN"):
        player.play(language, 0)
        await player.finished()
    texts = [str(message.blocks) for message in stood.slack.sees("wang.fang", "#marketing-市场")]
    assert any("春季海报" in text and "spring-poster-2" in text for text in texts)
    assert player.state["person"] == "wang.fang"
    assert "轮到你了" in player.state["caption"]["zh-CN"]


async def test_next_cuts_the_waiting_short_and_loses_no_step(stood: World, player: Player) -> None:
    player.play(pace=NEVER)
    for step in range(1, 4):
        await told(stood, player, at_step(step))
        player.next()
    await told(stood, player, at_step(4))
    assert [len(message.files) for message in stood.slack.sees("ben", SPRING)] == [1]
    assert player.is_playing


async def test_what_is_typed_is_shown_before_it_is_sent(stood: World, player: Player) -> None:
    player.play(pace=0)
    state = await told(stood, player, lambda state: bool(state["typing"]))
    assert (state["person"], state["typing"]) == ("ana", '/wxqr perm spring-poster --name "Spring poster"')
    assert stood.slack.sees("ana", SPRING) == []


async def test_stopping_leaves_the_world_whole_and_another_tour_can_begin(stood: World, player: Player) -> None:
    player.play(pace=0)
    await told(stood, player, lambda _: bool(stood.faults.armed()))
    assert [fault.name for fault in stood.faults.armed()] == [FAULT]
    await player.stop()
    assert stood.faults.armed() == []
    assert (player.state["is_over"], player.state["caption"]) == (True, None)
    player.play(pace=0)
    player.play(pace=0)
    await player.finished()
    assert player.state["step"] == player.state["of"]


async def test_where_the_bot_does_not_answer_the_tour_says_so_and_ends(stood: World, player: Player) -> None:
    stood.slack.request_url = f"{stood.base_url}/nowhere"
    player.play(pace=0)
    await player.finished()
    assert player.state["is_over"]
    assert "did not answer" in player.state["caption"]["en"]


async def test_a_program_plays_hurries_and_stops_it_and_a_wrong_wish_is_refused(stood: World) -> None:
    async with httpx.AsyncClient(base_url=f"{stood.base_url}/sandbox", trust_env=False, verify=NO_TLS) as http:
        for wrong in ({}, {"action": "rewind"}, {"action": "play", "pace": -1}, {"action": "play", "pace": True}):
            assert (await http.post("/tour", json=wrong)).status_code == 400
        assert (await http.get("/tour")).json()["is_over"]
        await http.post("/tour", json={"action": "play", "pace": NEVER, "language": "zh-CN"})
        await http.post("/tour", json={"action": "next"})
        async with asyncio.timeout(20):
            while (told := (await http.get("/tour")).json())["step"] != 2:
                pass
        assert told["person"] == "wang.fang"
        stopped = (await http.post("/tour", json={"action": "stop"})).json()
        assert (stopped["is_over"], stopped["begins_itself"]) == (True, False)


async def test_what_somebody_else_broke_stays_broken_after_the_tour(stood: World, player: Player) -> None:
    mine = stood.faults.arm(FAULT, where="/not/called")
    player.play(pace=0)
    await told(stood, player, lambda _: len(stood.faults.armed()) > 1)
    await player.stop()
    assert stood.faults.armed() == [mine]


async def test_a_mistake_of_the_tours_own_is_not_hidden(stood: World) -> None:
    async def wait(_: float) -> None:
        raise KeyError("mistaken")

    told: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    player = Player(Stage(stood), wait)
    player.play()
    await player.finished()
    assert player.state["is_over"]
    del player
    gc.collect()
    assert [type(one) for one in told] == [KeyError]
