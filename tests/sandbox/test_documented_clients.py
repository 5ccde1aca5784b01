"""The clients in docs/SANDBOX.md run as they stand there, but for the ports."""

import asyncio
import re
import socket
from asyncio.subprocess import Process
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.sandbox.running import standing
from bot.sandbox.wechat.account import OfficialAccount
from bot.server import bound
from tests.sandbox.programs import running

PAGE = Path(__file__).parents[2] / "docs/SANDBOX.md"
SPRING = "C0SBSPRING1"
PATIENCE = 20


def documented(*ports: tuple[int, int]) -> list[str]:
    """Return the programs of the page, with other ports."""
    page = PAGE.read_text(encoding="utf-8")
    for port, other in ports:
        page = page.replace(f":{port}/", f":{other}/").replace(f'"127.0.0.1", {port}', f'"127.0.0.1", {other}')
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def client(program: str) -> AbstractAsyncContextManager[Process]:
    """Let a program of the page run; it is gone when the block ends."""
    return running("-u", "-c", program, env={"NO_PROXY": "*"})


async def printed(program: str) -> str:
    """Return what a program says that ends well."""
    async with client(program) as process, asyncio.timeout(PATIENCE):
        output, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return output.decode().strip()


async def verified(account: OfficialAccount, port: int) -> None:
    """Let the account's console be told of a callback, as soon as that is there."""
    account.callback_mode = "plain"
    async with asyncio.timeout(PATIENCE):
        while not (await account.verify(f"http://127.0.0.1:{port}/", "mine")).is_verified:
            pass


async def test_the_documented_clients_post_create_a_code_and_hear_of_its_scan(
    listening: socket.socket, tmp_path: Path
) -> None:
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    slack, wechat, callback = documented((8400, listening.getsockname()[1]), (9000, port))
    async with standing(listening, tmp_path) as world, client(callback) as receiver:
        _, code = await asyncio.gather(printed(slack), printed(wechat))
        # a file shows a moment after it was taken
        shared = await world.slack.wait_for(lambda: [one for one in world.slack.sees("ana", SPRING) if one.files])
        said = world.slack.sees("ana", SPRING)[0]
        assert (said.text, shared[0].files[0].name, shared[0].thread_ts) == ("Hello", "hello.txt", said.ts)
        await verified(world.wechat, port)
        push = await world.wechat.phone().scan(code)
        assert push.is_answered
        assert receiver.stdout is not None
        assert b"qrscene_mine" in await receiver.stdout.readuntil(b"</xml>")
