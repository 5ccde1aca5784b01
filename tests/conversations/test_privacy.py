"""Who somebody is: a pseudonym; the open id only where something must still be sent, and not after they left."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests.bot.test_main import wxqr
from tests.conversations.bot_process import environment_of, started
from tests.conversations.receiver import Receiver
from tests.conversations.talk import asked, rows, until


def holds(database: Path, open_id: str) -> list[str]:
    """Return the tables in which an open id stands anywhere, as text or in a text."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return [
            table
            for table in tables
            for row in connection.execute(f"select * from {table}")  # noqa: S608 - tables of this file
            if any(open_id in str(value) for value in row)
        ]


async def test_a_person_is_kept_by_a_pseudonym_only(bot: World, tmp_path: Path) -> None:
    phone = bot.wechat.phone()
    await phone.scan(bot.wechat.codes.mint_elsewhere("shop-17").ticket)
    await phone.scan(bot.wechat.codes.mint_elsewhere("shop-18").ticket)
    assert asked(tmp_path / "wxqr.db", "select count(distinct person) from scans") == 1
    assert holds(tmp_path / "wxqr.db", phone.open_id) == []


async def test_what_waits_to_be_looked_up_is_erased_when_they_unfollow(bot: World, tmp_path: Path) -> None:
    bot.faults.arm("busy", times=None, where="/cgi-bin/user/info/batchget")
    phone = bot.wechat.phone()
    await phone.follow()
    assert holds(tmp_path / "wxqr.db", phone.open_id) == ["errands"]
    await phone.unfollow()
    assert holds(tmp_path / "wxqr.db", phone.open_id) == []


async def test_once_they_have_unfollowed_their_open_id_goes_from_the_files_of_the_database_too(
    bot: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_in_the_files() -> bool:
        return any(phone.open_id.encode() in file.read_bytes() for file in tmp_path.glob("wxqr.db*"))

    bot.faults.arm("busy", times=None, where="/cgi-bin/user/info/batchget")
    phone = bot.wechat.phone()
    await phone.follow()
    assert is_in_the_files()
    await phone.unfollow()
    monkeypatch.setattr("storage.checkpoints.SOON", 0.1)
    await until(lambda: not is_in_the_files())


async def test_nothing_is_kept_to_be_looked_up_where_the_unfollow_is_pushed_before_the_follow(
    bot: World, tmp_path: Path
) -> None:
    bot.faults.arm("busy", times=None, where="/cgi-bin/user/info/batchget")
    phone = bot.wechat.phone()
    follow = phone.followed("ADD_SCENE_SEARCH", "")
    bot.clock.advance(5)
    await phone.unfollow()
    await bot.wechat.pushes.deliver(follow)
    assert asked(tmp_path / "wxqr.db", "select count(*) from scans") == 2
    assert holds(tmp_path / "wxqr.db", phone.open_id) == []


async def test_forget_deletes_what_is_remembered_and_unlinks_the_events_and_the_figures_stay(
    world: World, tmp_path: Path
) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as running:
        world.wechat.callback_url = str(world.slack.request_url).replace("/slack/events", "/wechat/callback")
        ada, bob = world.wechat.phone(), world.wechat.phone()
        ticket = world.wechat.codes.mint_elsewhere("shop-17").ticket
        for phone in (ada, ada, bob):
            await phone.scan(ticket)
            world.clock.advance(1)
        await until(lambda: asked(database, "select count(*) from persons") == 2)
        environment = {**environment_of(world, database), "WXQR_LANGUAGE": "en"}
        assert (await wxqr(tmp_path, "forget", ada.open_id, **environment)).stdout.startswith("Forgotten: ")
        assert asked(database, "select count(*) from persons") == 1
        assert asked(database, "select count(distinct person) from scans") == 3
        assert asked(database, "select sum(scans) from days") == 3
        assert (
            await wxqr(tmp_path, "forget", ada.open_id, **environment)
        ).stdout == "Nothing was kept of that person.\n"
        assert await running.stop() == 0


async def test_forget_finds_people_of_an_account_that_is_no_longer_in_the_settings(
    world: World, tmp_path: Path
) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as running:
        world.wechat.callback_url = str(world.slack.request_url).replace("/slack/events", "/wechat/callback")
        phone = world.wechat.phone()
        await phone.scan(world.wechat.codes.mint_elsewhere("shop-17").ticket)
        person = rows(database, "select person from scans")
        assert await running.stop() == 0
    environment = {**environment_of(world, database), "WXQR_LANGUAGE": "en", "WECHAT_APP_ID": "wx0000000000other"}
    told = (await wxqr(tmp_path, "forget", phone.open_id, **environment)).stdout
    assert told == "Forgotten: 2 rows. The daily figures stay.\n"
    assert rows(database, "select person from scans") != person
    assert asked(database, "select count(*) from persons") == 0


async def test_forget_also_drops_the_scans_that_another_system_was_not_told_of_yet(
    world: World, receiver: Receiver, tmp_path: Path
) -> None:
    receiver.answers.extend([500] * 2)
    database = tmp_path / "wxqr.db"
    async with started(world, database, **receiver.environment("scans")):
        world.wechat.callback_url = str(world.slack.request_url).replace("/slack/events", "/wechat/callback")
        ada, bob = world.wechat.phone(), world.wechat.phone()
        for phone in (ada, bob):
            await phone.follow()
        await until(lambda: asked(database, "select coalesce(sum(tries), 0) from outbox where owner = ''") == 2)
        environment = {**environment_of(world, database), "WXQR_LANGUAGE": "en"}
        await wxqr(tmp_path, "forget", ada.open_id, **environment)
        assert asked(database, "select count(*) from outbox") == 1
        assert asked(database, "select count(*) from outbox, scans where instr(body, lower(hex(scans.person)))") == 1


async def test_forget_needs_an_open_id_and_a_database(world: World, tmp_path: Path) -> None:
    assert (await wxqr(tmp_path, "forget")).returncode == 2
    environment = {**environment_of(world, tmp_path / "nowhere" / "wxqr.db"), "WXQR_LANGUAGE": "en"}
    ended = await wxqr(tmp_path, "forget", "oSomebody", **environment)
    assert (ended.returncode, ended.stderr.startswith("Not forgotten: ")) == (1, True)
