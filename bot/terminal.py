"""What the program says to whoever started it: in the language of WXQR_LANGUAGE, else of the terminal."""

import os
import time
from collections.abc import Mapping
from functools import cache

from bot import words
from bot.model import Language
from bot.reply import Fact, say


@cache
def environment() -> Mapping[str, str]:
    """Return the environment over what a `.env` file in the current folder says, as it was at the start."""
    from dotenv import dotenv_values

    return {**{name: value for name, value in dotenv_values(".env").items() if value is not None}, **os.environ}


def sentence(key: str, **facts: Fact) -> str:
    """Return the sentence `key` as the terminal reads it."""
    known = environment()
    language = Language.of(known.get("WXQR_LANGUAGE") or known.get("LANG", ""))
    return words.text(say(key, **facts), language)


def now() -> int:
    """Return seconds since 1970."""
    return int(time.time())
