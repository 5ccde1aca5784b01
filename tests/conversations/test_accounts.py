"""Several official accounts: named, or a channel's own; each with its token, its codes and its scenes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pictures import qr
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import ask, click, picture, said

SPRING, GENERAL = "#campaign-spring", "#general"
CREATE = "/cgi-bin/qrcode/create"
FURTHER = """
[accounts.tea]
app_id = "wx00000000000tea"
app_secret = "teateateateateateateateateateatea"
channels = ["C0SBSPRING1"]
"""


@pytest.fixture
async def tea(world: World, door: Door, tmp_path: Path) -> AsyncIterator[OfficialAccount]:
    """Let the bot know a second official account, which is #campaign-spring's own."""
    account = OfficialAccount(
        "wx00000000000tea", "teateateateateateateateateateatea", clock=world.clock, faults=world.faults
    )
    world.accounts[account.app_id] = account
    (tmp_path / "accounts.toml").write_text(FURTHER)
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ACCOUNTS=str(tmp_path / "accounts.toml")):
        yield account


async def test_a_channels_own_account_mints_its_codes(world: World, tea: OfficialAccount) -> None:
    await ask(world, "ana", SPRING, "perm campaign-x")
    assert (tea.count(CREATE), world.wechat.count(CREATE)) == (1, 0)


async def test_elsewhere_the_first_account_does_unless_another_is_named(world: World, tea: OfficialAccount) -> None:
    await ask(world, "ana", GENERAL, "perm campaign-x")
    assert (tea.count(CREATE), world.wechat.count(CREATE)) == (0, 1)
    assert (await ask(world, "ana", GENERAL, "perm campaign-x --account tea")).files
    assert (tea.count(CREATE), world.wechat.count(CREATE)) == (1, 1)


async def test_an_account_nobody_knows_is_refused_with_the_names_there_are(world: World, tea: OfficialAccount) -> None:
    assert "default, tea" in said(await ask(world, "ana", GENERAL, "list --account coffee"))
    assert not tea.count(CREATE)


@pytest.mark.usefixtures("tea")
async def test_where_there_are_several_status_says_of_which_account(world: World) -> None:
    assert "*default* · The access token lives." in said(await ask(world, "ana", GENERAL, "status"))
    assert "*tea* · access_token 正常" in said(await ask(world, "li.wei", SPRING, "status"))


async def test_a_codes_buttons_stay_with_its_account(world: World, tea: OfficialAccount) -> None:
    await ask(world, "ana", GENERAL, "temp booth --ttl 2h")
    code = await ask(world, "ana", GENERAL, "temp booth --ttl 2h --account tea")
    drawn = await click(world, "ana", GENERAL, code, "Large PNG")
    assert qr.decode(picture(drawn)) == qr.decode(picture(code))
    await click(world, "ana", GENERAL, code, "Renew")
    assert (tea.count(CREATE), world.wechat.count(CREATE)) == (2, 1)
