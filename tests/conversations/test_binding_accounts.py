"""With several official accounts, the buttons about a binding stay with the account that it is for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.slack import Message
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import ask, buttons, click, next_message, said
from tests.conversations.test_binding import ticket

GENERAL, CREATE = "#general", "/cgi-bin/qrcode/create"
NAME, SECRET, TOKEN = "the tea shop", "teateateateateateateateateateatea", "token-of-the-tea-shop"
APP_ID = "wx00000000000tea"
FURTHER = f"""
[accounts."{NAME}"]
app_id = "{APP_ID}"
app_secret = "{SECRET}"
callback_token = "{TOKEN}"
"""


@pytest.fixture
async def tea(world: World, door: Door, tmp_path: Path) -> AsyncIterator[OfficialAccount]:
    """Let the bot know a second official account, which is no channel's own, and whose name wants quotes."""
    account = OfficialAccount(APP_ID, SECRET, clock=world.clock, faults=world.faults)
    account.callback_url, account.callback_token = f"{world.bot_url}/wechat/callback/the%20tea%20shop", TOKEN
    world.accounts[account.app_id] = account
    (tmp_path / "accounts.toml").write_text(FURTHER)
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ACCOUNTS=str(tmp_path / "accounts.toml")):
        yield account


async def offered(world: World, person: str = "ana") -> Message:
    return await ask(world, person, GENERAL, f'bind --account "{NAME}"')


async def told_of_a_scan(world: World, tea: OfficialAccount, code: Message, person: str = "ana") -> Message:
    """Let a newcomer scan a code and return what its asker reads then."""
    before = {message.ts for message in world.slack.sees(person, GENERAL)}
    await tea.phone().scan(ticket(code))
    return await next_message(world, person, GENERAL, before)


async def is_for_tea(world: World, tea: OfficialAccount, told: Message) -> bool:
    """Whether the button for a new code makes one of that account."""
    assert buttons(told) == ["Link my WeChat"]
    there = tea.count(CREATE)
    await click(world, "ana", GENERAL, told, "Link my WeChat")
    return tea.count(CREATE) > there


async def test_after_a_refusal(world: World, tea: OfficialAccount) -> None:
    question = await told_of_a_scan(world, tea, await offered(world))
    assert "by somebody who followed *the tea shop* with it" in said(question)
    assert await is_for_tea(world, tea, await click(world, "ana", GENERAL, question, "Not me"))


async def test_after_a_second_scanner_and_in_the_refusal_to_confirm(world: World, tea: OfficialAccount) -> None:
    code = await offered(world)
    question = await told_of_a_scan(world, tea, code)
    assert await is_for_tea(world, tea, await told_of_a_scan(world, tea, code))
    assert await is_for_tea(world, tea, await click(world, "ana", GENERAL, question, "Yes, it was me"))


async def test_a_binding_that_is_confirmed_is_in_that_account_and_its_end_leads_back(
    world: World, tea: OfficialAccount
) -> None:
    code, phone = await offered(world), tea.phone()
    before = {message.ts for message in world.slack.sees("ana", GENERAL)}
    await phone.scan(ticket(code))
    question = await next_message(world, "ana", GENERAL, before)
    assert "is linked to you in *the tea shop*" in said(await click(world, "ana", GENERAL, question, "Yes, it was me"))
    world.clock.advance(10)
    await phone.unfollow()
    (note,) = await world.slack.wait_for(lambda: world.slack.sees("ana", world.slack.dm("ana")))
    there = tea.count(CREATE)
    await click(world, "ana", world.slack.dm("ana").id, note, "Link my WeChat")
    assert tea.count(CREATE) == there + 1
