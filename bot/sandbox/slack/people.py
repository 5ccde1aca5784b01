"""The people of the workspace: three who read English, three who read Chinese, in five time zones."""

from dataclasses import dataclass
from typing import Any

BOT_USER = "U0SBWXQRBOT"
BOT_NAME = "wxqr"
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human member. `tz_offset` is seconds east of UTC; `role` is what she may do in the demo's story."""

    id: str
    name: str
    real_name: str
    locale: str
    tz: str
    tz_offset: int
    role: str = "member"


PEOPLE = (
    Person(id="U0SBANA01", name="ana", real_name="Ana Souza", locale="en-US", tz="America/Sao_Paulo", tz_offset=-10800),
    Person(
        id="U0SBBEN02",
        name="ben",
        real_name="Ben Carter",
        locale="en-US",
        tz="Europe/London",
        tz_offset=0,
        role="manager",
    ),
    Person(
        id="U0SBCHLOE3", name="chloe", real_name="Chloe Kim", locale="en-US", tz="America/Los_Angeles", tz_offset=-28800
    ),
    Person(
        id="U0SBLIWEI4",
        name="li.wei",
        real_name="李伟",
        locale="zh-CN",
        tz="Asia/Shanghai",
        tz_offset=28800,
        role="operator",
    ),
    Person(id="U0SBWFANG5", name="wang.fang", real_name="王芳", locale="zh-CN", tz="Asia/Shanghai", tz_offset=28800),
    Person(
        id="U0SBCJIE06", name="chen.jie", real_name="陈洁", locale="zh-CN", tz="Australia/Brisbane", tz_offset=36000
    ),
)


class People:
    """Who there is, by id or by name."""

    def __init__(self) -> None:
        self._known = {key: person for person in PEOPLE for key in (person.id, person.name)}

    def find(self, who: "Person | str") -> Person | None:
        """Return the person, given as herself, by id, or by name with or without its @."""
        return who if isinstance(who, Person) else self._known.get(who.removeprefix("@"))

    def __getitem__(self, who: "Person | str") -> Person:
        person = self.find(who)
        if person is None:
            raise LookupError(f"nobody here is called {who}")
        return person


def as_user(person: Person, team_id: str, *, with_locale: bool = False) -> dict[str, Any]:
    """Return the user object of users.info; Slack tells the `locale` only to who asks for it.

    https://docs.slack.dev/reference/methods/users.info
    """
    profile = {"real_name": person.real_name, "display_name": person.name, "team": team_id}
    user: dict[str, Any] = {
        "id": person.id, "team_id": team_id, "name": person.name, "deleted": False,
        "real_name": person.real_name, "tz": person.tz, "tz_label": person.tz, "tz_offset": person.tz_offset,
        "profile": profile, "is_bot": False, "is_app_user": False, "is_admin": person.role == "operator",
        "is_owner": False, "is_restricted": False, "is_ultra_restricted": False, "updated": 1_700_000_000,
    }  # fmt: skip
    return user | {"locale": person.locale} if with_locale else user


def bot_as_user(team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """Return the user object of the bot itself."""
    profile = {"real_name": "wxqr", "display_name": "wxqr", "team": team_id, "api_app_id": app_id, "bot_id": bot_id}
    return {
        "id": BOT_USER, "team_id": team_id, "name": "wxqr", "real_name": "wxqr", "deleted": False,
        "profile": profile, "is_bot": True, "is_app_user": False, "updated": 1_700_000_000,
    }  # fmt: skip
