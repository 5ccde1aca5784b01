"""Whose a code is: the same in all figures, and for who may change it."""

from bot.sandbox.slack import Message
from bot.sandbox.world import World
from tests.conversations.talk import SPRING, ask, code_of, said

FOLLOWED = "*1* new follow "


async def of(world: World, person: str) -> str:
    return said(await ask(world, "ana", SPRING, f"stats --owner <@{world.slack.people[person].id}>"))


def mentions(world: World, message: Message, person: str) -> bool:
    return f"<@{world.slack.people[person].id}>: *1* new follow" in said(message)


async def test_a_scene_is_of_whoever_asked_for_the_code_that_lives_in_stats_and_on_the_leaderboard(bot: World) -> None:
    await bot.wechat.phone().scan(await code_of(bot, "temp spring --ttl 1h", "ana"))
    assert FOLLOWED in await of(bot, "ana")
    bot.clock.advance(2 * 3600)
    assert FOLLOWED in await of(bot, "ana")
    assert "no such codes" in await of(bot, "ben")
    assert mentions(bot, await ask(bot, "ana", SPRING, "top --by owner"), "ana")
    await code_of(bot, "temp spring", "ben")
    assert "no such codes" in await of(bot, "ana")
    assert FOLLOWED in await of(bot, "ben")
    assert mentions(bot, await ask(bot, "ana", SPRING, "top --by owner"), "ben")


async def test_one_more_code_of_a_scene_that_lives_takes_it_from_nobody(bot: World) -> None:
    await bot.wechat.phone().scan(await code_of(bot, "temp spring", "ana"))
    await code_of(bot, "temp spring --anyway", "ben")
    assert FOLLOWED in await of(bot, "ana")
    assert mentions(bot, await ask(bot, "ana", SPRING, "top --by owner"), "ana")
    assert "belongs to <@U0SBANA01>" in said(await ask(bot, "ben", SPRING, "reply spring --text Mine"))
