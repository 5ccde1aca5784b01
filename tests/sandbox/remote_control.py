"""The control interface as somebody elsewhere has it."""

from dataclasses import dataclass
from typing import Any

import httpx

from bot.sandbox.world import World


@dataclass
class RemoteControl:
    """What can be asked of the control interface over HTTP, and the world behind it."""

    world: World
    http: httpx.AsyncClient

    async def look(self, path: str, **query: str) -> Any:
        return (await self.http.get(path, params=query)).raise_for_status().json()

    async def act(self, path: str, **wish: Any) -> Any:
        return (await self.http.post(path, json=wish)).raise_for_status().json()

    async def refused(self, path: str, **wish: Any) -> tuple[int, str]:
        answer = await self.http.post(path, json=wish)
        return answer.status_code, answer.json()["error"]
