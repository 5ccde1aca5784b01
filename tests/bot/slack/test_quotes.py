"""What somebody wrote is shown word for word, and nothing in it does anything in Slack."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Language
from bot.reply import Quote, say
from bot.slack.mrkdwn import SECTION_TEXT, mrkdwn, plain


def shown(text: str) -> str:
    return mrkdwn(say("reply.text", text=Quote(text)), Language.ENGLISH)


def test_a_quotation_is_whole_and_literal() -> None:
    text = "*Hello* `you` <@U1> & co.\n\n" + "x" * 300
    assert shown(text) == "```\n" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "\n```"


def test_three_backticks_do_not_end_it() -> None:
    assert shown("a ``` b").count("```") == 2


@given(st.text(max_size=4000))
def test_a_quotation_of_any_length_is_closed_and_fits(text: str) -> None:
    quotation = shown(text)
    assert quotation.startswith("```\n")
    assert quotation.endswith("\n```")
    assert quotation.count("```") == 2
    assert len(quotation) <= SECTION_TEXT


def test_in_plain_text_it_is_itself() -> None:
    assert "x" * 300 in plain(say("reply.text", text=Quote("x" * 300)), Language.CHINESE)
