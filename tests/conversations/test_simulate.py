"""`wxqr simulate`: on-call sees a scan go through the bot that runs, and no figure changes."""

from pathlib import Path

from bot.sandbox.world import World
from tests.bot.test_main import wxqr
from tests.conversations.bot_process import environment_of, started
from tests.conversations.talk import SPRING, ask, asked, said


async def test_it_goes_through_the_running_bot_and_counts_for_nothing(world: World, tmp_path: Path) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as running:
        environment = {**world.environment(database), "WXQR_LANGUAGE": "en"}
        environment["WXQR_PORT"] = str(world.slack.request_url).split(":")[2].split("/")[0]
        ended = await wxqr(tmp_path, "simulate", "shop-17", **environment)
        assert ended.returncode == 0, ended.stderr
        assert " answered 200 after " in ended.stdout
        assert "The scanner gets: success" in ended.stdout
        assert "under no scene: no code was made here for shop-17, and nobody has scanned one" in ended.stdout
        assert asked(database, "select count(*) from scans where event = 'simulated'") == 1
        assert asked(database, "select count(*) from days") == 0
        elsewhere = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_CALLBACK_TOKEN": "another"})
        assert (elsewhere.returncode, elsewhere.stderr.startswith("Refused: ")) == (1, True)
        plain = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_ENCODING_AES_KEY": ""})
        assert (plain.returncode, plain.stderr.startswith("Refused: ")) == (1, True)
        assert await running.stop() == 0


async def test_it_says_what_the_scanner_reads_and_where_the_scan_is(world: World, tmp_path: Path) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database):
        environment = {**world.environment(database), "WXQR_LANGUAGE": "en"}
        environment["WXQR_PORT"] = str(world.slack.request_url).split(":")[2].split("/")[0]
        await ask(world, "ana", SPRING, "temp spring")
        await ask(world, "ana", SPRING, "reply spring --text 'Hello, spring!'")
        ours = (await wxqr(tmp_path, "simulate", "spring", **environment)).stdout
        assert "<Content><![CDATA[Hello, spring!]]></Content>" in ours
        assert "<Encrypt>" not in ours
        assert "attributed to scene spring" in ours
        binding = (await wxqr(tmp_path, "simulate", "bind_AbC-_123xyz0", **environment)).stdout
        assert "I do not know this code" in binding
        assert "under no scene: bind_AbC-_123xyz0 has the form" in binding
        await wxqr(tmp_path, "simulate", "sprin", **environment)
        assert "Did you mean `spring`" in said(await ask(world, "ana", SPRING, "stats sprin"))


async def test_it_says_that_no_bot_runs_and_that_no_account_or_token_is_there(world: World, tmp_path: Path) -> None:
    environment = {**environment_of(world, tmp_path / "wxqr.db"), "WXQR_LANGUAGE": "en"}
    ended = await wxqr(tmp_path, "simulate", "shop-17", **environment)
    assert (ended.returncode, ended.stderr.startswith("No bot answers at ")) == (1, True)
    ended = await wxqr(tmp_path, "simulate", "shop-17", "--account", "nobody", **environment)
    assert (ended.returncode, ended.stderr) == (1, "There is no official account nobody.\n")
    ended = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_CALLBACK_TOKEN": ""})
    assert (ended.returncode, ended.stderr.startswith("WECHAT_CALLBACK_TOKEN is not set")) == (1, True)
