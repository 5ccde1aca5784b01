"""`wxqr simulate`: on-call sees a scan go through the bot that runs, and no figure changes."""

from pathlib import Path

from bot.sandbox.world import World
from tests.bot.test_main import wxqr
from tests.conversations.bot_process import environment_of, started
from tests.conversations.talk import asked


async def test_it_goes_through_the_running_bot_and_counts_for_nothing(world: World, tmp_path: Path) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as running:
        environment = {**world.environment(database), "WXQR_LANGUAGE": "en"}
        environment["WXQR_PORT"] = str(world.slack.request_url).split(":")[2].split("/")[0]
        ended = await wxqr(tmp_path, "simulate", "shop-17", **environment)
        assert ended.returncode == 0, ended.stderr
        assert " answered 200 after " in ended.stdout
        assert "The scanner gets: success" in ended.stdout
        assert "under scene shop-17, for which no code was made here" in ended.stdout
        assert asked(database, "select count(*) from scans where event = 'simulated'") == 1
        assert asked(database, "select count(*) from days") == 0
        elsewhere = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_CALLBACK_TOKEN": "another"})
        assert (elsewhere.returncode, elsewhere.stderr.startswith("Refused: ")) == (1, True)
        plain = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_ENCODING_AES_KEY": ""})
        assert (plain.returncode, plain.stderr.startswith("Refused: ")) == (1, True)
        assert await running.stop() == 0


async def test_it_says_that_no_bot_runs_and_that_no_account_or_token_is_there(world: World, tmp_path: Path) -> None:
    environment = {**environment_of(world, tmp_path / "wxqr.db"), "WXQR_LANGUAGE": "en"}
    ended = await wxqr(tmp_path, "simulate", "shop-17", **environment)
    assert (ended.returncode, ended.stderr.startswith("No bot answers at ")) == (1, True)
    ended = await wxqr(tmp_path, "simulate", "shop-17", "--account", "nobody", **environment)
    assert (ended.returncode, ended.stderr) == (1, "There is no official account nobody.\n")
    ended = await wxqr(tmp_path, "simulate", "shop-17", **{**environment, "WECHAT_CALLBACK_TOKEN": ""})
    assert (ended.returncode, ended.stderr.startswith("WECHAT_CALLBACK_TOKEN is not set")) == (1, True)
