"""Scenes whose codes another system makes can be had by somebody here; what is no scene can be had by nobody."""

import pytest

from bot.sandbox.world import World
from tests.conversations.talk import SPRING, ask, code_of, said


@pytest.fixture
async def scanned(bot: World) -> World:
    """Let somebody have scanned a code of shop-17 that was made elsewhere."""
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("shop-17").ticket)
    return bot


async def test_a_scene_of_another_system_is_offered_and_then_counts_for_whoever_adopts_it(scanned: World) -> None:
    assert "adopt shop-17" in said(await ask(scanned, "ana", SPRING, "stats shop-17"))
    told = said(await ask(scanned, "ana", SPRING, 'adopt shop-17 --name "Shop 17"'))
    assert "`shop-17` is yours now, as *Shop 17*" in told
    figures = said(await ask(scanned, "ana", SPRING, "stats shop-17"))
    assert "Shop 17 (`shop-17`)" in figures
    assert "adopt shop-17" not in figures
    for command in ("stats --owner @ana", f"stats --channel {SPRING}"):
        assert "1 scan by 1 person" in said(await ask(scanned, "ana", SPRING, command)).replace("*", "")
    leader = said(await ask(scanned, "ana", SPRING, "top --by owner"))
    assert "U0SBANA01" in leader
    assert "Other systems" not in leader


async def test_an_adopted_scene_keeps_its_name_and_is_its_owners_to_change(scanned: World) -> None:
    await ask(scanned, "ana", SPRING, 'adopt shop-17 --name "Shop 17"')
    assert "belongs to" in said(await ask(scanned, "ben", SPRING, "adopt shop-17"))
    assert "as *Shop 17*" in said(await ask(scanned, "ana", "#general", "adopt shop-17"))
    assert "名称 *Shop 17*" in said(await ask(scanned, "li.wei", SPRING, "认领 shop-17"))  # an operator
    assert "belongs to" in said(await ask(scanned, "ana", SPRING, "adopt shop-17"))


async def test_the_welcome_of_an_adopted_scene_is_its_owners(scanned: World) -> None:
    assert "Only an operator" in said(await ask(scanned, "ana", SPRING, "reply shop-17 --text Hello"))
    await ask(scanned, "ana", SPRING, "adopt shop-17")
    assert "Hello" in said(await ask(scanned, "ana", SPRING, "reply shop-17 --text Hello"))


async def test_only_what_was_scanned_and_is_nobodys_can_be_adopted(scanned: World) -> None:
    await code_of(scanned, "temp spring")
    assert "were made here" in said(await ask(scanned, "ben", SPRING, "adopt spring"))
    assert "Nobody has scanned" in said(await ask(scanned, "ben", SPRING, "adopt shop-18"))


async def test_a_code_made_here_later_has_the_say(scanned: World) -> None:
    await ask(scanned, "ana", SPRING, 'adopt shop-17 --name "Shop 17"')
    scanned.clock.advance(60)
    await code_of(scanned, 'temp shop-17 --name "Ours"', "ben")
    assert "Ours (`shop-17`)" in said(await ask(scanned, "ana", SPRING, "stats shop-17"))


async def test_what_is_no_scene_leads_nobodys_board_and_cannot_be_adopted(bot: World) -> None:
    for _ in range(2):
        await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere(0).ticket)
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("shop-17").ticket)
    told = said(await ask(bot, "ana", SPRING, "top"))
    assert "`shop-17`" in told
    assert "`0`" not in told
    figures = said(await ask(bot, "ana", SPRING, "stats 0"))
    assert "`0` (no scene)" in figures
    assert "adopt" not in figures
    assert "`0` is no scene" in said(await ask(bot, "ana", SPRING, "adopt 0"))
