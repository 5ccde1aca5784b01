"""A command's text becomes a reply, whatever is typed and whatever breaks."""

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import handlers
from bot import words
from bot.context import Context, Health, Means
from bot.errors import Conflict, Explainable, Forbidden, NotFound, Unavailable, Usage, WeChatError
from bot.fields import account_name, flag, option, word
from bot.handler import Answer, Commands, Subcommand, Understood, refused
from bot.kept_tokens import KeptToken
from bot.model import Account, AppID, Arrival, Caller, Language, Lifetime, Scene
from bot.reading import number
from bot.reply import Button, Buttons, Note, Reply, Text, say
from bot.rush import Rush
from bot.settings import read_settings
from bot.slack.blocks import message
from bot.turns import Turns
from bot.wechat.client import WeChat
from handlers.commands.help import Help
from handlers.commands.list import List
from handlers.commands.temp import Temp
from storage.database import Database
from storage.migrations import migrate

NOW = 1_800_000_000
COMMANDS = Commands(handlers.subcommands(), words.ALIASES, words.VOCABULARY)
ARRIVAL = Arrival("1.2", "T1", "U1", "C1", "probe", NOW)
MEMBER, OPERATOR = Caller("T1", "U1"), Caller("T1", "U2", is_operator=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    size: int = word(number, "SIZE", default=1)
    name: str = option(str, "NAME", default="")
    anyway: bool = flag(hidden=True)
    account: str = account_name()


class World:
    """A subcommand that does what the test says, and the means it is given."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.seen: list[Context] = []
        self.does: Callable[[Probe, Context], object] = lambda probe, _: probe
        self.subcommand = Subcommand(Probe, self._do, lambda _: Reply(say("button.again")), example="probe")

    async def _do(self, probe: Probe, context: Context) -> object:
        self.seen.append(context)
        return self.does(probe, context)

    async def answer(self, text: str = "probe", caller: Caller = MEMBER, *, operators_only: bool = False) -> Answer:
        commands = Commands({"probe": replace(self.subcommand, operators_only=operators_only)}, {})
        understood = commands.understand(text)
        assert isinstance(understood, Understood)
        return await commands.answer(understood, self.means, ARRIVAL, caller)

    async def refused(self, error: Exception, text: str = "probe") -> Answer:
        """Let the subcommand raise, and return what is said."""

        def fail(*_: object) -> object:
            raise error

        self.does = fail
        return await self.answer(text)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "WECHAT_APP_ID": "wx1",
        "WECHAT_APP_SECRET": "secret",
    }
    accounts = [
        Account("default", AppID("wx1"), "secret"),
        Account("second", AppID("wx2"), "secret", channels=("C2",)),
    ]
    async with (
        Database.opened(tmp_path / "wxqr.db", migrate=migrate) as db,
        httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(500))) as http,
    ):
        official = {
            account.name: WeChat(
                account,
                http,
                KeptToken(db, account, "one", lambda: NOW),
                url="http://wechat",
                mp_url="http://mp",
                now=lambda: NOW,
                host="host",
            )
            for account in accounts
        }
        health = Health(slack_connected=True, scheduler_running=True, database_bytes=0)
        settings = read_settings(environment, lambda _: "")
        shared = ("host", "one", Turns(), Rush(), lambda: health, lambda _: True)
        yield World(Means(settings, db, official, lambda: NOW, *shared))


def understood(text: str) -> Understood:
    found = COMMANDS.understand(text)
    assert isinstance(found, Understood), found
    return found


def misunderstood(text: str) -> Answer:
    found = COMMANDS.understand(text)
    assert isinstance(found, Answer), found
    return found


def buttons(reply: Reply) -> list[Button]:
    return [button for part in reply.parts if isinstance(part, Buttons) for button in part.buttons]


def shown(reply: Reply, language: Language = Language.ENGLISH) -> str:
    return str(message(reply, language))


@pytest.mark.parametrize(
    "text", ["", "   ", "\u3000", "help", "HELP", "--help", "—help", "帮助", "?", "？", "/wxqr ？"]
)
def test_nothing_and_help_are_help(text: str) -> None:
    assert understood(text).value == Help()


@pytest.mark.parametrize("text", [
    "temp spring --ttl 7d", "TEMP spring --ttl 7d", "临时码 spring --ttl 7天", "临时 spring ttl=1w",
    "Temp\nspring —ttl 168h",
])  # fmt: skip
def test_a_command_is_understood_by_any_of_its_names(text: str) -> None:
    found = understood(text)
    assert (found.name, found.value) == ("temp", Temp(scene=Scene("spring"), ttl=Lifetime(7 * 86_400)))


def test_every_chinese_name_is_understood_as_its_command() -> None:
    for alias, name in words.ALIASES.items():
        found = COMMANDS.understand(f"{alias} spring")
        assert (found.name if isinstance(found, Understood) else found.outcome.command) == name


@pytest.mark.parametrize(("typed", "meant"), [
    ("列表 我的", "list mine"), ("列表 临时 海报", "list temp 海报"), ("导出 统计 --天数 7", "export stats --days 7"),
    ("报告 每天", "digest daily"), ("报告 日报", "digest daily"), ("报告 停止", "digest off"),
    ("digest stop", "digest off"), ("排行 本月 --by 频道", "top month --by channel"),
    ("统计 --by 小时", "stats --by hour"),
    ("统计 海报-1", "统计 海报-1"), ("统计 spring --按 周", "stats spring --by week"),
    ("统计 spring 按：周", "stats spring --by week"), ("回复 spring --文字 你好", "reply spring --text 你好"),
    ("回复 spring 文字：你好", "reply spring --text 你好"), ("跟踪 summer 关闭", "watch summer --off"),
    ("watch poster-a off", "watch poster-a --off"), ("watch poster-a Stop", "watch poster-a --off"),
    ("临时码 spring --有效期 两天 —私密", "temp spring --ttl 2d --private"), ("列表 “我的”", 'list "我的"'),
])  # fmt: skip
def test_what_follows_a_command_may_be_said_in_chinese(typed: str, meant: str) -> None:
    found, wanted = COMMANDS.understand(typed), COMMANDS.understand(meant)
    assert (found.value if isinstance(found, Understood) else found.outcome) == (
        wanted.value if isinstance(wanted, Understood) else wanted.outcome
    )


@pytest.mark.parametrize(
    "text", ["temp --help", "临时 —help", "temp spring --ttl 7d --help", "temp -h", "temp ？", "help temp"]
)
def test_a_command_with_a_question_after_it_is_its_help(text: str) -> None:
    assert understood(text).value in {Help(command="temp"), Help(command="临时")}


def test_a_quoted_question_mark_is_looked_for() -> None:
    assert understood('list "?"').value == List(which="?")


def test_of_a_form_that_is_none_is_said_which_there_are() -> None:
    assert "temp, top or watch" in shown(misunderstood("form").reply)
    answer = misunderstood("form bind")
    assert answer.outcome.key == "usage.form_none"
    assert understood(buttons(answer.reply)[0].command).name == "bind"
    assert buttons(misunderstood("form tepm").reply)[0].command == "form temp"


def test_only_what_needs_nothing_from_outside_is_answered_at_once() -> None:
    local = {text for text in ("help", "list", "show x", "show x --post", "temp", "perm x", "status", "draw x")
             if understood(text).is_local}  # fmt: skip
    assert local == {"help", "list", "show x"}


def test_a_command_that_is_nearly_one_can_be_run_by_a_button() -> None:
    answer = misunderstood('tepm spring --name "Spring booth"')
    assert answer.outcome.key == "usage.command_near"
    meant = buttons(answer.reply)[0]
    assert understood(meant.command).value == Temp(scene=Scene("spring"), name="Spring booth")
    assert meant.primary


def test_a_command_like_none_is_answered_with_help() -> None:
    answer = misunderstood("xyzzy spring")
    assert (answer.outcome.key, answer.outcome.command) == ("usage.command", "?")
    assert [button.command for button in buttons(answer.reply)] == ["help"]


def test_a_mistake_within_a_command_is_answered_with_its_usage_and_its_help() -> None:
    answer = misunderstood("temp spring --ttl soon")
    assert (answer.outcome.key, answer.outcome.command) == ("usage.ttl", "temp")
    assert [type(part) for part in answer.reply.parts] == [Text, Note, Buttons]
    assert "/wxqr temp [SCENE] [--ttl" in shown(answer.reply)
    assert [button.command for button in buttons(answer.reply)] == ["form temp spring", "help temp"]


def test_a_choice_that_is_none_names_the_choices() -> None:
    assert "Write svg, pdf or png there, not `gif`." in shown(misunderstood("draw spring gif").reply)


@pytest.mark.parametrize(("typed", "told"), [
    ("stats --by month", "`--by` takes hour, day or week, not `month`."),
    ("stats --by", "`--by` needs a value: hour, day or week."),
    ("stats --days seven", "`--days` takes a number from 1 to 400, not `seven`."),
    ("temp --ttl --private", "`--ttl` needs a value, such as 30m, 12h or 7d."),
    ("perm x --name Campaign X poster", 'Put text with spaces in quotes: `--name "Campaign X poster"`.'),
    ('reply x --text "A" --text "B"', "`--text` stands there twice."),
    ("统计 --by 月", "`--by` takes hour, day or week, not `月`."),
])  # fmt: skip
def test_a_mistake_with_an_option_names_the_option(typed: str, told: str) -> None:
    assert told in shown(misunderstood(typed).reply)


def test_a_mistake_with_an_option_is_said_in_chinese_too() -> None:
    assert "`--by` 只能写 hour、day 或 week，不能写 `月` 。" in shown(
        misunderstood("统计 --by 月").reply, Language.CHINESE
    )


def test_a_quote_that_stays_open_is_answered() -> None:
    answer = misunderstood('回复 spring --text "Hello & welcome')
    assert (answer.outcome.key, answer.outcome.command) == ("usage.open_quote", "reply")
    assert buttons(answer.reply)[0].command == 'form reply spring --text "Hello &amp; welcome"'


@pytest.mark.parametrize(("typed", "begun"), [
    ("reply spring --title Sale", "reply spring"),
    ("reply spring --title Sale --text Hello", "reply spring --text Hello"),
    ("reply spring 你好 欢迎", "reply spring"),
    ('reply spring --text "He said "hi" to me"', 'reply spring --text "He said"'),
    (f"reply spring --title Sale --picture https://a.b --link https://a.b --more {'x' * 3001}",
     'reply spring --title Sale --picture "https://a.b" --link "https://a.b"'),
    ("reply spring --off --version 3 --title Sale --account second", "reply spring --account second"),
    (f"reply spring --title Sale --text {'x' * 2000}", "reply spring"),
    ("temp --nmae Booth spring --private", "temp spring --private"),
    ("perm --private", "perm --private"),
    (f"temp spring {'x ' * 3000}", "temp spring"),
])  # fmt: skip
def test_the_form_of_what_cannot_be_read_begins_with_what_can(typed: str, begun: str) -> None:
    form = buttons(misunderstood(typed).reply)[0].command
    assert form.removeprefix("form ") == begun
    assert begun.startswith("perm") or understood(begun).name == begun.split(maxsplit=1)[0]


NAMES = st.sampled_from([*COMMANDS.table, *words.ALIASES])
PIECES = st.sampled_from(["temp", "draw", "list", "spring", "--ttl", "--name", '"', "7d", "—", "=", "gif", "<@U1|a>"])
TYPED = st.text() | st.tuples(NAMES, st.text()).map(" ".join) | st.lists(PIECES).map(" ".join)


@settings(deadline=None)
@given(TYPED)
def test_whatever_is_typed_is_understood_or_answered_in_both_languages(text: str) -> None:
    found = COMMANDS.understand(text)
    if isinstance(found, Understood):
        assert found.name in COMMANDS.table
    else:
        assert found.outcome.key.startswith("usage.")
        assert all(message(found.reply, language)["text"] for language in Language)


async def test_what_was_done_is_said(world: World) -> None:
    answer = await world.answer("probe 7")
    assert answer.reply == Reply(say("button.again"))
    assert (answer.outcome.command, answer.outcome.key) == ("probe", "ok")


async def test_a_handler_is_given_who_asks_where_and_under_which_request(world: World) -> None:
    await world.answer("probe", OPERATOR)
    context = world.seen[0]
    assert (context.caller, context.channel_id, context.request_id, context.now()) == (OPERATOR, "C1", "1.2", NOW)
    assert context.wechat.account.name == "default"
    assert context.db is world.means.db


async def test_an_account_is_chosen_by_its_name_then_by_the_channel(world: World) -> None:
    await world.answer("probe --account second")
    assert world.seen[0].wechat.account.app_id == "wx2"
    assert [world.means.choose("", channel).account.name for channel in ("C1", "C2")] == ["default", "second"]
    assert world.means.choose("default", "C2").account.name == "default"


async def test_an_account_that_is_none_is_answered_with_those_there_are(world: World) -> None:
    answer = await world.answer("probe --account third")
    assert answer.outcome.key == "not_found.account"
    assert "default, second" in shown(answer.reply)
    assert world.seen == []


async def test_what_is_for_operators_is_done_for_nobody_else(world: World) -> None:
    answer = await world.answer(operators_only=True)
    assert answer.outcome.key == "forbidden.operators"
    assert world.seen == []
    assert (await world.answer("probe", OPERATOR, operators_only=True)).outcome.key == "ok"


async def test_a_no_of_wechat_is_said_with_its_errcode_and_rid_and_audited(world: World) -> None:
    error = WeChatError("wechat.40053", path="/cgi-bin/qrcode/create", errcode=40053, errmsg="no", rid="1-2-3")
    answer = await world.refused(error)
    assert (answer.outcome.key, answer.outcome.errcode, answer.outcome.rid) == ("wechat.40053", 40053, "1-2-3")
    assert "errcode 40053, rid 1-2-3" in shown(answer.reply)


async def test_a_wechat_that_is_away_has_no_errcode_to_show(world: World) -> None:
    answer = await world.refused(Unavailable("wechat.unavailable", path="/cgi-bin/qrcode/create", status=502))
    assert (answer.outcome.key, answer.outcome.errcode) == ("wechat.unavailable", 0)
    assert "errcode" not in shown(answer.reply)


async def test_a_conflict_that_may_be_overruled_offers_to_do_the_same_anyway(world: World) -> None:
    error = Conflict("conflict.live", scene="spring", owner="U2", channel="C2")
    answer = await world.refused(error, "probe 7 --name \"Tom & 'Anna'\" --account second")
    show, again = buttons(answer.reply)
    assert show.command == "show spring --account second"
    assert again.confirm == say("conflict.live.confirm")
    repeated = Commands({"probe": world.subcommand}, {}).understand(again.command)
    assert isinstance(repeated, Understood)
    assert repeated.value == Probe(size=7, name="Tom & 'Anna'", anyway=True, account="second")


async def test_a_conflict_that_was_overruled_already_offers_it_no_more(world: World) -> None:
    answer = await world.refused(Conflict("conflict.unknown", scene="spring", at=1), "probe --anyway")
    assert buttons(answer.reply) == []


async def test_a_no_offers_what_it_says_can_be_done(world: World) -> None:
    error = NotFound("not_found.scene", scene="sprung", choices=[("button.show", "show spring")])
    assert [button.command for button in buttons((await world.refused(error)).reply)] == ["show spring"]


async def test_a_mistake_found_while_doing_is_answered_with_help(world: World) -> None:
    answer = await world.refused(Usage("usage.scene_zero", command="temp"))
    assert [button.command for button in buttons(answer.reply)] == ["help temp"]


async def test_a_database_that_refuses_is_said_and_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    answer = await world.refused(sqlite3.OperationalError("database or disk is full"))
    assert answer.outcome.key == "not_kept.now"
    assert "database or disk is full" in shown(answer.reply)
    assert caplog.records[0].exc_info


async def test_a_bug_is_logged_in_full_and_its_reference_is_said(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = await world.refused(ZeroDivisionError("secret detail"))
    assert answer.outcome.key == "bug"
    reference = str(answer.reply.headline.facts["reference"])
    assert reference in caplog.text
    assert "secret detail" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "secret detail" not in shown(answer.reply)


@pytest.mark.parametrize("error", [
    Forbidden("forbidden.operators", command="refresh"),
    NotFound("not_found.scene", scene="spring"),
    Usage("usage.command", typed="x"),
])  # fmt: skip
def test_a_no_can_be_said_without_a_command(error: Explainable) -> None:
    assert refused(error).headline.key == error.key
