"""`/wxqr tag`: which tag of WeChat's who follows by a scene gets; made where there is none of the name."""

from dataclasses import dataclass

from bot.context import Context
from bot.errors import Conflict, NotFound, Usage, WeChatError
from bot.fields import account_name, flag, word
from bot.follower import LONGEST_TAG, MOST_TAGS, MOST_TAGS_OF_A_FOLLOWER
from bot.grammar import written
from bot.handler import Subcommand
from bot.model import Group, Scene
from bot.reading import scene
from bot.reply import Button, Buttons, Moment, Note, Part, Person, Reply, Sentence, Text, say
from bot.rights import owner_or_operator
from storage import ownership, tag_rules
from storage.tag_rules import Rule

# 0 to 2 are WeChat's own; of these people may only be starred
FIRST_OWN, STARRED = 3, 2
# of an account's 100: from here on it is said that they run out
FEW_LEFT = 95
TAKEN_NAME = 45157
# a message has 50 blocks: https://docs.slack.dev/reference/block-kit/blocks
LISTED = 45


def tag_name(text: str) -> str:
    """Read a tag's name: one line of at most 30 characters."""
    name = " ".join(text.split())
    if len(name) > LONGEST_TAG:
        raise Usage("usage.tag_long", length=len(name), most=LONGEST_TAG)
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    scene: Scene | None = word(scene, "SCENE", asked=True, default=None)
    tag: str = word(tag_name, "TAG", verbatim=True, default="")
    off: bool = flag()
    account: str = account_name()

    def __post_init__(self) -> None:
        """Refuse a tag for no scene, as a form may be filled in."""
        if self.scene is None and (self.tag or self.off):
            raise Usage("usage.missing", missing="SCENE", field="scene")


@dataclass(frozen=True, slots=True)
class Shown:
    """The rule of a scene; `used` counts the account's tags where WeChat was asked."""

    scene: Scene
    rule: Rule | None
    account: str
    is_known: bool
    used: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    rule: Rule


@dataclass(frozen=True, slots=True)
class Every:
    rules: list[Rule]


async def rule(wanted: Tag, context: Context) -> Shown | Removed | Every:
    app_id = context.wechat.account.app_id
    if wanted.scene is None:
        return Every(await context.db.read(tag_rules.every, app_id))
    if wanted.off:
        return await _remove(wanted.scene, context)
    if wanted.tag:
        return await _set(wanted.scene, wanted.tag, context)
    return await _shown(wanted.scene, await context.db.read(tag_rules.find, app_id, wanted.scene.text), context)


async def check(wanted: Tag, context: Context) -> None:
    """Refuse while its form is open what would change nothing, or is not the caller's to change."""
    if not (wanted.tag or wanted.off):
        raise Usage("usage.no_tag", field="tag")
    if wanted.scene is not None:
        await owner_or_operator(context, wanted.scene)


async def _set(scene: Scene, name: str, context: Context) -> Shown:
    await owner_or_operator(context, scene)
    groups = await context.wechat.groups()
    if any(group.name == name and group.id < STARRED for group in groups):
        raise Conflict("wechat.45058", final=True)
    used = sum(group.id >= FIRST_OWN for group in groups)
    there_is = _named(groups, name)
    if there_is is None and used >= MOST_TAGS:
        raise Conflict("conflict.tags_full", tag=name, most=MOST_TAGS)
    tag = there_is or await _made(context, name)
    is_new = there_is is None
    wish = Rule(scene.text, tag.id, tag.name, context.caller.user_id, context.now())
    rule = await context.db.write(tag_rules.set_rule, context.wechat.account.app_id, wish)
    return await _shown(scene, rule, context, used=used + is_new, is_new=is_new)


async def _made(context: Context, name: str) -> Group:
    try:
        return await context.wechat.create_tag(name)
    except WeChatError as error:
        # somebody has made it meanwhile: perhaps we, and the answer was lost
        there_is = _named(await context.wechat.groups(), name) if error.errcode == TAKEN_NAME else None
        if there_is is None:
            raise
        return there_is


def _named(groups: list[Group], name: str) -> Group | None:
    return next((group for group in groups if group.name == name and group.id >= STARRED), None)


async def _remove(scene: Scene, context: Context) -> Removed:
    await owner_or_operator(context, scene)
    removed = await context.db.write(tag_rules.remove, context.wechat.account.app_id, scene.text)
    if removed is None:
        raise NotFound("not_found.tag", scene=scene.text)
    return Removed(removed)


async def _shown(scene: Scene, rule: Rule | None, context: Context, *, used: int = 0, is_new: bool = False) -> Shown:
    account = context.wechat.account
    is_known = await context.db.read(ownership.is_known, account.app_id, scene)
    return Shown(scene, rule, account.name, is_known, used, is_new)


def told(found: Shown | Removed | Every) -> Reply:
    match found:
        case Every(rules):
            headline = say("tag.every" if rules else "tag.every.none", rules=len(rules))
            entries = (Text(say("tag.entry", scene=one.scene, tag=one.tag, tagged=one.tagged)) for one in rules)
            return Reply(headline, (Text(headline), *list(entries)[:LISTED]))
        case Removed(rule):
            headline = say("tag.removed", scene=rule.scene, tag=rule.tag, tagged=rule.tagged)
            return Reply(headline)
        case Shown():
            return _about(found)


def _about(found: Shown) -> Reply:
    rule = found.rule
    if rule is None:
        headline = say("tag.none", scene=found.scene.text)
        return Reply(headline, (Text(headline), *_notes(found)))
    headline = say("tag.rule", scene=rule.scene, tag=rule.tag)
    off = Button(
        say("tag.off"), f"tag {rule.scene} --off --account {written(found.account)}", confirm=say("tag.off.confirm")
    )
    return Reply(headline, (Text(headline), *map(Text, _counted(rule)), *_notes(found), Buttons((off,))))


def _counted(rule: Rule) -> list[Sentence]:
    sentences = [say("tag.counted", tagged=rule.tagged, by=Person(rule.made_by), at=Moment(rule.made_at))]
    if rule.refused:
        sentences.append(say("tag.refused", refused=rule.refused, most=MOST_TAGS_OF_A_FOLLOWER))
    if rule.lost_at is not None:
        sentences.append(say("tag.lost", tag=rule.tag, at=Moment(rule.lost_at)))
    return sentences


def _notes(found: Shown) -> tuple[Part, ...]:
    notes = [] if found.is_known else [say("reply.elsewhere")]
    if found.is_new or found.used >= FEW_LEFT:
        notes.append(say("tag.few_left" if found.used >= FEW_LEFT else "tag.new", used=found.used, most=MOST_TAGS))
    return (Note(tuple(notes)),) if notes else ()


subcommand = Subcommand(
    Tag,
    rule,
    told,
    example="tag spring-booth VIP",
    local=lambda wanted: not (wanted.tag or wanted.off),
    checks=check,
)
