"""Python programs that run beside a test."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager


@asynccontextmanager
async def running(*arguments: str, env: Mapping[str, str], cwd: str | None = None) -> AsyncIterator[Process]:
    """Let a program run; it is gone when the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, stderr=PIPE, env=env, cwd=cwd
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
