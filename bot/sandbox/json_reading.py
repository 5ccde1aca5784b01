"""JSON from anybody, read so that it can be written again: what Python takes but JSON has not is refused."""

import json
import math
from typing import Any


def read_json(text: str | bytes) -> Any:
    """Return what the JSON says, with U+FFFD for half a character (a lone surrogate); ValueError where it is none."""
    try:
        return _whole(json.loads(text, parse_constant=_no_number, parse_float=_finite))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value


def _finite(digits: str) -> float:
    if math.isinf(number := float(digits)):
        raise ValueError(f"{digits} is too large a number")
    return number


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
