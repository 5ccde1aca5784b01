"""What a call to qrcode/create asks for, checked the way WeChat checks it.

https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal

LONGEST_LIFETIME = 2_592_000
# 60 in the older of WeChat's pages, 30 in copies, none in the newest: whoever relies on it shall see a short one.
DEFAULT_LIFETIME = 60
LONGEST_SCENE = 64
HIGHEST_SCENE = {"QR_SCENE": 2**32 - 1, "QR_LIMIT_SCENE": 100_000}
PERMANENT = {"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}
TEXT_SCENES = {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"}

_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scene, and for how many seconds: None is a permanent code."""

    scene: int | str
    lifetime: int | None


def wanted(asked: Asked) -> Wanted:
    """Read the body; Refusal 40052 for its action_name, 40053 for its action_info, 40033 for escapes in it."""
    document = asked.document()
    action = _action(document.get("action_name"))
    if action in TEXT_SCENES and _ESCAPED.search(asked.body):
        raise Refusal(40033)
    scene = _scene(action, document.get("action_info"))
    return Wanted(scene, None if action in PERMANENT else _lifetime(document))


def _action(name: Any) -> str:
    if not isinstance(name, str) or name not in HIGHEST_SCENE.keys() | TEXT_SCENES:
        raise Refusal(40052)
    return name


def _scene(action: str, info: Any) -> int | str:
    nested = info.get("scene") if isinstance(info, dict) else None
    if not isinstance(nested, dict):
        raise Refusal(40053)
    if action in TEXT_SCENES:
        return _text(nested.get("scene_str"))
    return _number(nested.get("scene_id"), HIGHEST_SCENE[action])


def _text(scene: Any) -> str:
    if not isinstance(scene, str) or not 1 <= len(scene) <= LONGEST_SCENE:
        raise Refusal(40053)
    return scene


def _number(scene: Any, highest: int) -> int:
    if not isinstance(scene, int) or isinstance(scene, bool) or not 1 <= scene <= highest:
        raise Refusal(40053)
    return scene


def _lifetime(document: dict[str, Any]) -> int:
    seconds = document.get("expire_seconds", DEFAULT_LIFETIME)
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise Refusal(47001)
    return min(seconds, LONGEST_LIFETIME) if seconds > 0 else DEFAULT_LIFETIME
