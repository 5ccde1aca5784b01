"""`/wxqr export`: figures of codes, or every event, as CSV and XLSX in the caller's direct messages."""

import asyncio
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import sheets
from bot.context import Context
from bot.counting import up_to_date
from bot.digest import dates
from bot.errors import Forbidden
from bot.exporting import events_sheet, figures_sheet
from bot.fields import account_name, option, several_words, word
from bot.figures import Window, full_date_of
from bot.handler import Subcommand
from bot.reading import days, one_of, pattern
from bot.reply import Fact, File, Note, Reply, Sentence, Text, say
from bot.sheets import MOST_ROWS, Sheet
from storage import choosing, exports
from storage.choosing import Choice
from storage.exports import Wanted

# of a file's name, which is told apart at a glance
LONGEST_SCENES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    what: str = word(one_of("stats", "scans"), "stats|scans")
    scenes: tuple[str, ...] = several_words(pattern, "SCENE")
    days: int = option(days, "30", default=30)
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Exported:
    wanted: Export
    window: Window
    rows: int
    is_cut: bool
    csv: bytes
    xlsx: bytes


async def export(wanted: Export, context: Context) -> Exported:
    await check(wanted, context)
    await up_to_date(context.db)
    window = Window.of(wanted.days, context.now())
    sheet, is_cut = await _sheet(wanted, window, context)
    # rows by the ten thousand take seconds, in which others want their answers
    csv = await asyncio.to_thread(sheets.as_csv, sheet)
    xlsx = await asyncio.to_thread(sheets.as_xlsx, sheet)
    return Exported(wanted, window, len(sheet.rows), is_cut, csv, xlsx)


async def check(wanted: Export, context: Context) -> None:
    """Refuse what is for operators, and a scene that nobody ever heard of. Raises Forbidden, NotFound."""
    if wanted.what == "scans" and not context.caller.is_operator:
        raise Forbidden("forbidden.operators", command="export scans", field="what")
    if wanted.scenes:
        await context.db.read(choosing.choose, Choice(context.wechat.account.app_id, wanted.scenes), context.now())


async def _sheet(wanted: Export, window: Window, context: Context) -> tuple[Sheet, bool]:
    """Return the sheet, and whether there would have been more rows."""
    which = Wanted(context.wechat.account.app_id, window, wanted.scenes)
    if wanted.what == "stats":
        brought = await context.db.read(exports.by_scene, which, MOST_ROWS + 1, context.now())
        return figures_sheet(brought[:MOST_ROWS]), len(brought) > MOST_ROWS
    happened = await context.db.read(exports.newest_events, which, MOST_ROWS + 1)
    zone = ZoneInfo(context.means.settings.time_zone)
    return await asyncio.to_thread(events_sheet, happened[-MOST_ROWS:], zone), len(happened) > MOST_ROWS


def exported(result: Exported) -> Reply:
    asked: dict[str, Fact] = {"what": _what(result.wanted), "dates": dates(result.window)}
    if not result.rows:
        return Reply(say("export.nothing", **asked))
    headline = say(f"export.{result.wanted.what}", rows=result.rows, **asked)
    cut = (Text(say("export.cut", most=MOST_ROWS)),) if result.is_cut else ()
    name = filename(result.wanted, result.window)
    files = (
        File(result.csv, f"{name}.csv", say("export.title.csv", **asked)),
        File(result.xlsx, f"{name}.xlsx", say("export.title.xlsx", **asked)),
    )
    return Reply(headline, (Text(headline), *cut, Note((say("export.days"),))), files=files)


def _what(wanted: Export) -> Sentence:
    if not wanted.scenes:
        return say(f"export.what.{wanted.what}.all")
    return say(f"export.what.{wanted.what}.some", scenes=", ".join(wanted.scenes))


def filename(wanted: Export, window: Window) -> str:
    """Return a file's name without its ending: what, of which codes (their first letters), from when to when."""
    scenes = "+".join(scene.rstrip("*") for scene in wanted.scenes)[:LONGEST_SCENES]
    days = "_".join(dict.fromkeys((full_date_of(window.first), full_date_of(window.last))))
    return "-".join(filter(None, ("wxqr", wanted.what, scenes, days)))


subcommand = Subcommand(Export, export, exported, example="export stats --days 30", checks=check)
