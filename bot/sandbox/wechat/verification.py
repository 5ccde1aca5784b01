"""The button "submit" of WeChat's console, which asks the address whether it knows the callback token.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
"""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.wechat.sealing import signature

if TYPE_CHECKING:
    from bot.sandbox.wechat.account import OfficialAccount

OK = 200


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: `status` is 0 where no answer came."""

    is_verified: bool
    status: int
    answer: str


async def verified(account: "OfficialAccount", url: str, token: str) -> Verification:
    """Ask once, within the deadline of a push: the answer must be the echostr and nothing else."""
    echo = str(random.randrange(10**18, 10**19))
    query = _query(token, int(account.pushes.now()), echo)
    try:
        async with asyncio.timeout(account.pushes.deadline):
            status, answer = await _got(account.pushes.client(), url, query)
    except (TimeoutError, aiohttp.ClientError) as error:
        return Verification(is_verified=False, status=0, answer=type(error).__name__)
    return Verification(status == OK and answer == echo, status, answer)


async def _got(client: aiohttp.ClientSession, url: str, query: dict[str, str]) -> tuple[int, str]:
    async with client.get(url, params=query, allow_redirects=False) as answer:
        return answer.status, (await answer.read()).decode("utf-8", "replace")


def _query(token: str, timestamp: int, echo: str) -> dict[str, str]:
    # echostr is plain in all three modes: https://github.com/w7corp/easywechat/pull/2990
    nonce = str(random.randrange(10**9, 10**10))
    signed = signature(token, str(timestamp), nonce)
    return {"signature": signed, "echostr": echo, "timestamp": str(timestamp), "nonce": nonce}
