"""`wxqr doctor`: one line a check, with what was found and what to do. Nothing is changed, nothing secret is shown."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from bot import words
from bot.app import clock
from bot.checks.clock import Watch
from bot.checks.finding import Finding, Mark
from bot.checks.machine import check_database, check_port, check_settings
from bot.checks.slack import check_slack
from bot.checks.wechat import check_accounts
from bot.model import Language
from bot.reply import Sentence, say
from bot.settings import Settings


async def examine(settings: Settings, *, now: Callable[[], int] = clock) -> int:
    """Check all that the bot needs and print it; return 0 where all is good, 1 where something must be put right.

    Harmless beside a running bot. A host that keeps silent costs about 20 seconds.
    """
    watch = Watch(now)
    findings = _shown(settings.language, check_settings(settings))
    findings += _shown(settings.language, await asyncio.to_thread(check_database, Path(settings.database)))
    findings += _shown(settings.language, [await check_port(settings.host, settings.port)])
    findings += _shown(settings.language, await check_slack(settings, watch))
    findings += _shown(settings.language, await check_accounts(settings, watch))
    findings += _shown(settings.language, watch.findings())
    return _conclude(settings.language, findings)


def _shown(language: Language, findings: Iterable[Finding]) -> list[Finding]:
    shown = list(findings)
    for finding in shown:
        _print(language, finding.mark, finding.sentence)
    return shown


def _conclude(language: Language, findings: Iterable[Finding]) -> int:
    wrong = sum(finding.mark is Mark.WRONG for finding in findings)
    if wrong:
        _print(language, Mark.WRONG, say("doctor.wrong", wrong=wrong))
        return 1
    _print(language, Mark.GOOD, say("doctor.good"))
    return 0


def _print(language: Language, mark: Mark, sentence: Sentence) -> None:
    print(f"{mark} {words.text(sentence, language)}", flush=True)
