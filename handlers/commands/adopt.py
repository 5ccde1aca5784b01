"""`/wxqr adopt`: a scene whose codes another system makes gets a name and an owner here."""

from dataclasses import dataclass

from bot.context import Context
from bot.fields import account_name, option, word
from bot.grammar import written
from bot.handler import Subcommand
from bot.model import Scene
from bot.reading import label, scene
from bot.reply import Button, Buttons, Channel, Note, Reply, Text, say
from storage import adoptions
from storage.adoptions import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    scene: Scene = word(scene, "SCENE")
    name: str = option(label, '"…"', free=True, default="")
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Adopted:
    scene: Scene
    name: str
    channel_id: str
    account: str


async def adopt(wanted: Adopt, context: Context) -> Adopted:
    account = context.wechat.account
    wish = Wish(account.app_id, wanted.scene, wanted.name, context.caller, context.channel_id, context.now())
    name = await context.db.write(adoptions.adopt, wish)
    return Adopted(wanted.scene, name, context.channel_id, account.name)


def adopted(result: Adopted) -> Reply:
    how = "named" if result.name else "plain"
    headline = say(f"adopt.done.{how}", scene=result.scene.text, name=result.name, channel=Channel(result.channel_id))
    stats = Button(say("adopt.stats"), f"stats {result.scene} --account {written(result.account)}")
    return Reply(headline, (Text(headline), Note((say("adopt.elsewhere"),)), Buttons((stats,))))


subcommand = Subcommand(Adopt, adopt, adopted, example='adopt shop-17 --name "Shop 17"')
