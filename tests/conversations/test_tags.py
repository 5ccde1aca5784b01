"""Who follows by a code gets the tag that was decided in Slack: the whole way, over real HTTP."""

from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests.conversations.talk import SPRING, ask, asked, buttons, click, code_of, said, until

VIP = 102


def tag_id(world: World, name: str) -> int:
    return next(tag.id for tag in world.wechat.tags if tag.name == name)


def fill(world: World, count: int) -> None:
    """Let the account have `count` tags of its own."""
    while len([tag for tag in world.wechat.tags if tag.id > 2]) < count:
        world.wechat.tags.create(f"tag {len(list(world.wechat.tags))}")


async def test_who_follows_by_the_code_gets_the_tag_and_is_counted(bot: World, tmp_path: Path) -> None:
    spring = await code_of(bot, "temp spring")
    told = await ask(bot, "ana", SPRING, "tag spring VIP")
    assert "gets the tag *VIP*" in said(told)
    phone, other = bot.wechat.phone(), bot.wechat.phone()
    await phone.scan(spring)
    await other.follow()
    await bot.wechat.wait_for(lambda: VIP in phone.person.tagid_list)
    assert other.person.tagid_list == []
    await until(lambda: asked(tmp_path / "wxqr.db", "select tagged from tag_rules") == 1)
    assert "So far: 1. Decided by <@U0SBANA01>" in said(await ask(bot, "ben", SPRING, "tag spring"))


async def test_who_followed_already_keeps_the_tags_they_have(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    phone = bot.wechat.phone()
    await phone.follow()
    await ask(bot, "ana", SPRING, "tag spring VIP")
    await phone.scan(spring)
    await (newcomer := bot.wechat.phone()).scan(spring)
    await bot.wechat.wait_for(lambda: newcomer.person.tagid_list == [VIP])
    assert phone.person.tagid_list == []


async def test_a_tag_that_there_is_not_is_made_and_said_how_many_are_used(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    told = said(await ask(bot, "ana", SPRING, 'tag spring "Spring fair"'))
    assert "The tag is new: 4 of the account’s 100 are used." in told
    await (phone := bot.wechat.phone()).scan(spring)
    await bot.wechat.wait_for(lambda: phone.person.tagid_list == [tag_id(bot, "Spring fair")])


async def test_near_its_limit_of_tags_an_account_is_warned(bot: World) -> None:
    await code_of(bot, "temp spring")
    fill(bot, 94)
    assert ":warning: 95 of the account’s 100 tags" in said(await ask(bot, "ana", SPRING, "tag spring New"))


async def test_at_its_limit_no_tag_is_made_and_one_there_is_can_still_be_given(bot: World) -> None:
    await code_of(bot, "temp spring")
    fill(bot, 100)
    refusal = said(await ask(bot, "ana", SPRING, "tag spring New"))
    assert "has 100 tags already" in refusal
    assert bot.wechat.count("/cgi-bin/tags/create") == 0
    assert "100 of the account’s 100 tags" in said(await ask(bot, "ana", SPRING, "tag spring VIP"))


async def test_a_tag_that_somebody_else_makes_at_the_same_time_is_taken(bot: World) -> None:
    await code_of(bot, "temp spring")
    bot.faults.arm("drop_after", where="/cgi-bin/tags/create")
    assert "gets the tag *Fair*" in said(await ask(bot, "ana", SPRING, "tag spring Fair"))
    assert [tag.name for tag in bot.wechat.tags].count("Fair") == 1


async def test_a_name_too_long_is_said_by_us_or_by_wechat(bot: World) -> None:
    await code_of(bot, "temp spring")
    assert "at most 30 letters, or 10 Chinese characters" in said(
        await ask(bot, "ana", SPRING, f"tag spring {'x' * 31}")
    )
    assert "45158" in said(await ask(bot, "ana", SPRING, f"tag spring {'好' * 11}"))


@pytest.mark.parametrize("name", ["黑名单", "未分组"])
async def test_wechats_own_tags_are_said_to_be_its_own(bot: World, name: str) -> None:
    await code_of(bot, "temp spring")
    assert "WeChat’s own tags" in said(await ask(bot, "ana", SPRING, f"tag spring {name}"))
    assert bot.wechat.count("/cgi-bin/tags/create") == 0


async def test_a_tag_of_two_words_is_shown_with_its_quotes(bot: World) -> None:
    assert '`"My Tag"`' in said(await ask(bot, "ana", SPRING, "tag spring My Tag")).replace('\\"', '"')


async def test_only_the_owner_and_operators_decide(bot: World) -> None:
    await code_of(bot, "temp spring")
    assert "belongs to <@U0SBANA01>" in said(await ask(bot, "ben", SPRING, "tag spring VIP"))
    assert "打上标签 *VIP*" in said(await ask(bot, "li.wei", SPRING, "打标签 spring VIP"))


async def test_a_rule_is_ended_by_its_button_and_who_has_the_tag_keeps_it(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    told = await ask(bot, "ana", SPRING, "tag spring VIP")
    await (first := bot.wechat.phone()).scan(spring)
    await bot.wechat.wait_for(lambda: first.person.tagid_list == [VIP])
    assert buttons(told) == ["No tag any more"]
    assert "no longer gets the tag *VIP*" in said(await click(bot, "ana", SPRING, told, "No tag any more"))
    await (second := bot.wechat.phone()).scan(spring)
    assert "gets no tag" in said(await ask(bot, "ana", SPRING, "tag spring"))
    assert (first.person.tagid_list, second.person.tagid_list) == ([VIP], [])
    assert "none to remove" in said(await ask(bot, "ana", SPRING, "tag spring --off"))


@pytest.mark.parametrize("off", ["off", "停止", "--off"])
async def test_a_rule_is_ended_by_one_word_after_its_scene(bot: World, off: str) -> None:
    await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "tag spring VIP")
    assert "no longer gets the tag *VIP*" in said(await ask(bot, "ana", SPRING, f"tag spring {off}"))


async def test_all_rules_are_listed(bot: World) -> None:
    assert "gives its followers a tag" in said(await ask(bot, "ana", SPRING, "tag"))
    await ask(bot, "li.wei", SPRING, "tag foreign VIP")
    listed = said(await ask(bot, "ben", SPRING, "标签"))
    assert "Codes whose followers get a tag: 1" in listed
    assert "`foreign` · *VIP* · 0" in listed


async def test_who_could_not_get_it_for_they_have_twenty_tags_is_said(bot: World, tmp_path: Path) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "tag spring VIP")
    phone = bot.wechat.phone()
    push = phone.scanned(spring)
    phone.person.tagid_list = list(range(200, 220))
    await bot.wechat.pushes.deliver(push)
    await until(lambda: asked(tmp_path / "wxqr.db", "select refused from tag_rules") == 1)
    assert "they have 20 tags already: 1." in said(await ask(bot, "ana", SPRING, "tag spring"))


async def test_who_follows_without_a_scene_that_is_found_later_gets_the_tag_too(bot: World) -> None:
    url = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "tag spring VIP")
    bot.faults.arm("push_empty_key", where="/subscribe")
    phone = bot.wechat.phone()
    await phone.scan(url)
    await bot.wechat.wait_for(lambda: phone.person.tagid_list)
