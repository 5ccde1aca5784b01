"""The app as it is installed in the workspace: what manifest.yml makes of it. A test holds the two together.

https://docs.slack.dev/reference/app-manifest
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Installed:
    """What Slack shows of the app before it has said a word; `events` are those it is told of."""

    name: str = "wxqr"
    app_description: str = "WeChat QR codes with scenes, made and kept from Slack"
    command: str = "/wxqr"
    description: str = "WeChat QR codes with scenes · 公众号带参数二维码"
    usage_hint: str = (
        "temp | perm | renew | show | draw | list | stats | top | groups | reply | tag | adopt | watch | digest | "
        "export | bind | whoami | unbind | status | refresh | help"
    )
    has_home: bool = False
    events: tuple[str, ...] = ()
