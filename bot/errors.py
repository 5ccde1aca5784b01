"""Every "no" the bot can say.

    Explainable                 has a sentence in bot/words and the facts for it
    ├── Usage                   what was typed cannot be read
    ├── Misfilled               what was filled in cannot be read: a Usage for each field
    ├── NotFound                there is no such scene, account, command
    ├── Conflict                it can be done, but somebody should decide first
    ├── Forbidden               the caller may not
    ├── NotKept                 the database did not take it: nothing was done
    ├── WeChatError             WeChat said no, with errcode and rid
    │   ├── TokenRejected       40001 40014 42001: this access token is refused
    │   ├── RateLimited         45011: too often
    │   ├── QuotaExhausted      45009 45029 48006: used up
    │   ├── Misconfigured       an operator must change something
    │   ├── Unavailable         busy, or gone: nothing was done, it may be asked again
    │   └── OutcomeUnknown      the request left and no answer came
    └── SlackError              Slack said no
        ├── NotInChannel        the bot is no member there
        ├── SlackUnavailable    busy, or gone: nothing was done, it may be asked again
        └── DeliveryUnknown     the request left and no answer came

Everything else is a bug: logged in full under a reference, and the person sees the reference.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class Explainable(Exception):
    """A "no" with a sentence: `key` names it in bot/words, `facts` fill it, `choices` are command texts to offer."""

    def __init__(self, key: str, /, *, choices: Sequence[tuple[str, str]] = (), **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts: Mapping[str, Any] = facts
        self.choices = tuple(choices)


class Usage(Explainable):
    """What was typed cannot be read; `command` is the subcommand whose usage helps, if one was meant.

    `option` is the option after which it stood: some sentences name it. `instead` is what may have been meant: by a
    reader, for one word; later, for all that was typed after the command.
    """

    def __init__(self, key: str, /, *, command: str = "", instead: Sequence[str] = (), **facts: Any) -> None:
        super().__init__(key, **facts)
        self.command = command
        self.option = ""
        self.instead = tuple(instead)


class Misfilled(Explainable):
    """What was filled in cannot be read; `wrong` has the Usage of each such field."""

    def __init__(self, wrong: "Mapping[str, Usage]") -> None:
        super().__init__("usage.form")
        self.wrong = wrong


class NotFound(Explainable):
    pass


class Conflict(Explainable):
    """It can be done, but somebody should decide first; `final` where nobody can."""

    def __init__(
        self, key: str, /, *, choices: Sequence[tuple[str, str]] = (), final: bool = False, **facts: Any
    ) -> None:
        super().__init__(key, choices=choices, **facts)
        self.final = final


class Forbidden(Explainable):
    pass


class NotKept(Explainable):
    pass


class WeChatError(Explainable):
    """WeChat's refusal of one call. `errcode` is 0 where HTTP itself failed; `rid` is for WeChat's support."""

    def __init__(
        self, key: str, /, *, path: str = "", errcode: int = 0, errmsg: str = "", rid: str = "", **facts: Any
    ) -> None:
        # a code is no quantity: it is shown as WeChat writes it
        super().__init__(key, path=path, errcode=str(errcode or ""), errmsg=errmsg, rid=rid, **facts)
        self.path, self.errcode, self.errmsg, self.rid = path, errcode, errmsg, rid


class TokenRejected(WeChatError):
    pass


class RateLimited(WeChatError):
    pass


class QuotaExhausted(WeChatError):
    pass


class Misconfigured(WeChatError):
    pass


class Unavailable(WeChatError):
    pass


class OutcomeUnknown(WeChatError):
    pass


class SlackError(Explainable):
    """Slack's refusal of one call: `error` is Slack's own word for it."""

    def __init__(self, key: str, /, *, method: str = "", error: str = "", **facts: Any) -> None:
        super().__init__(key, method=method, error=error, **facts)
        self.method, self.error = method, error


class NotInChannel(SlackError):
    pass


class SlackUnavailable(SlackError):
    pass


class DeliveryUnknown(SlackError):
    pass
