"""Nothing secret is ever in a log line, whoever wrote it."""

import logging
from collections.abc import Iterator

import httpx
import pytest

from bot.logs import Discreet, set_up

BOT_TOKEN = "xoxb-1234567890-AbCdEfGhIjKl"
APP_TOKEN = "xapp-1-A0123-deadbeef"
ACCESS_TOKEN = "85_" + "aB3-_" * 20
APP_SECRET = "5a0db0c5a0db0c5a0db0c5a0db0c5a0d"


@pytest.fixture
def _restored() -> Iterator[None]:
    """Put the loggers back that set_up() changes."""
    root, levels = logging.getLogger(), {}
    for name in ("httpx", "httpcore", "slack_sdk", "aiohttp", "apscheduler", "uvicorn", "asyncio", "slack_bolt"):
        levels[name] = logging.getLogger(name).level
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def line(message: object, *arguments: object) -> str:
    record = logging.LogRecord("any", logging.INFO, __file__, 1, message, arguments, None)
    return Discreet([APP_SECRET, "abc"]).format(record)


@pytest.mark.parametrize(("message", "secret"), [
    (f"told {APP_SECRET} to nobody", APP_SECRET),
    (f"token {BOT_TOKEN}!", "AbCdEfGhIjKl"),
    (f"socket {APP_TOKEN}", "deadbeef"),
    (f"GET https://api.weixin.qq.com/cgi-bin/tags/get?access_token={ACCESS_TOKEN}&x=1", ACCESS_TOKEN),
    (f'{{"access_token": "{ACCESS_TOKEN}", "expires_in": 7200}}', ACCESS_TOKEN),
    (f"{{'access_token':'{ACCESS_TOKEN}'}}", ACCESS_TOKEN),
    (rf'"body": "{{\"access_token\":\"{ACCESS_TOKEN}\"}}"', ACCESS_TOKEN),
    (f"the token {ACCESS_TOKEN} was refused", ACCESS_TOKEN),
    ("grant_type=client_credential&appid=wx1&secret=0123456789abcdef", "0123456789abcdef"),
    ('{"grant_type": "client_credential", "secret": "0123456789abcdef"}', "0123456789abcdef"),
    ("showqrcode?ticket=gQH47joAAAAAAAAAASxodHRw%2B", "gQH47joAAAAAAAAAASxodHRw"),
    ("POST https://hooks.slack.com/commands/T01/234/AbCdEf", "AbCdEf"),
    ("POST https://hooks.slack.com/actions/T01/234/AbCdEf/x", "AbCdEf"),
    ("POST http://127.0.0.1:8400/slack/response/AbCdEf", "AbCdEf"),
    ("POST http://127.0.0.1:8400/slack/upload/AbCdEf", "AbCdEf"),
    ("POST https://files.slack.com/upload/v1/AbCdEf-_x", "AbCdEf"),
    ("POST https://hooks.slack-gov.com/app/T1/1/AbCdEf", "AbCdEf"),
    ("POST https://hooks.slack.com/commands/T01/234/x%2FAbCdEf", "AbCdEf"),
    ("POST https://files.slack.com/upload/v1/x%2BAbCdEf", "AbCdEf"),
    (r'{"response_url":"https:\/\/hooks.slack.com\/commands\/T01\/234\/AbCdEf"}', "AbCdEf"),
    ("GET /?next=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT01%2FAbCdEf", "AbCdEf"),
    ("GET /?next=https%3A%2F%2Fapi.weixin.qq.com%2F%3Faccess_token%3DAbCdEf", "AbCdEf"),
    ("step xwfp-123-AbCdEf", "AbCdEf"),
    ("token=xoxb-123%2DAbCdEf", "AbCdEf"),
    ("X-Slack-Signature: v0=0123456789abcdef", "0123456789abcdef"),
    ("Authorization: Bearer 0123456789abcdef", "0123456789abcdef"),
    ("{'Authorization': 'Bearer 0123456789abcdef'}", "0123456789abcdef"),
])  # fmt: skip
def test_what_is_secret_is_masked(message: str, secret: str) -> None:
    assert secret not in line(message)
    assert "…" in line(message)


@pytest.mark.parametrize("message", [
    "minted scene spring, url http://weixin.qq.com/q/02abc",
    "errcode 40001 rid: 66b1c2d3-1a2b3c4d-5e6f7a8b",
    "GET /healthz 200",
    'File "handlers/commands/temp.py", line 9',
    "the access token lives for 7200 s",
    "abc",
])  # fmt: skip
def test_what_is_not_secret_is_readable(message: str) -> None:
    assert line(message).endswith(f" {message}")


def test_what_a_message_is_filled_with_is_masked_too() -> None:
    assert ACCESS_TOKEN not in line("asked %s with %r", "WeChat", {"access_token": ACCESS_TOKEN})


def test_a_traceback_is_masked_too() -> None:
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "broken", (), None)
    try:
        httpx.Response(500, request=httpx.Request("GET", f"https://x.example?secret={APP_SECRET}")).raise_for_status()
    except httpx.HTTPStatusError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    shown = Discreet([APP_SECRET]).format(record)
    assert "Traceback" in shown
    assert APP_SECRET not in shown


@pytest.mark.usefixtures("_restored")
def test_a_library_that_logs_whole_addresses_is_quiet_and_the_bot_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", [APP_SECRET])
    logging.getLogger("httpx").info("GET https://api.weixin.qq.com/?access_token=%s", ACCESS_TOKEN)
    logging.getLogger("bot.wechat").info("asked with %s", APP_SECRET)
    logging.getLogger("bot.wechat").debug("details")
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert shown.endswith(" INFO bot.wechat asked with …\n")
