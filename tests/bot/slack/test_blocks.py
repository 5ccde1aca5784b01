"""Whatever the bot says, Slack takes it, and says it as it was meant."""

import string
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import handlers
from bot import words
from bot.card import about, card
from bot.errors import Conflict, Usage
from bot.handler import Answer, Commands, refused
from bot.model import Allocation, AppID, Group, Kind, Language, Scene, State, Ticket
from bot.reply import (
    Button,
    Buttons,
    Channel,
    Moment,
    Note,
    Person,
    Picture,
    Reply,
    Row,
    Sentence,
    Span,
    Text,
    say,
)
from bot.slack.blocks import blocks, message
from bot.slack.mrkdwn import mrkdwn, plain
from handlers.commands import draw, groups, perm, show, temp
from handlers.commands import list as listing
from storage.listing import Page

Complaints = Callable[[list[dict[str, Any]]], list[str]]
EN, ZH = Language.ENGLISH, Language.CHINESE
NOW = 1_800_000_000
COMMANDS = Commands(handlers.subcommands(), words.ALIASES, words.VOCABULARY)

any_text = st.text(max_size=400) | st.text("&<>`*_~|\n\"'", max_size=400) | st.just("&" * 4000)
facts: st.SearchStrategy[Any] = st.one_of(
    any_text,
    st.integers(),
    st.builds(Moment, st.integers(0, 4_000_000_000)),
    st.builds(Span, st.integers(0, 10**9)),
    st.builds(Person, st.from_regex("U[A-Z0-9]{8,10}", fullmatch=True)),
    st.builds(Channel, st.from_regex("[CDG][A-Z0-9]{8,10}", fullmatch=True)),
)
PLACEHOLDERS = {
    key: [name for _, name, _, _ in string.Formatter().parse(template) if name]
    for key, template in words.CATALOGUES[EN].items()
    if not key.startswith(("cli.", "settings.", "doctor."))
}
# what a sentence names one or many of, as `{n:scan|scans}`, is a number
COUNTED = {
    (key, name)
    for catalogue in words.CATALOGUES.values()
    for key, template in catalogue.items()
    for _, name, nouns, _ in string.Formatter().parse(template)
    if nouns
}


def filled(key: str) -> st.SearchStrategy[Sentence]:
    fitting = {name: st.integers() if (key, name) in COUNTED else facts for name in PLACEHOLDERS[key]}
    return st.fixed_dictionaries(fitting).map(lambda given: Sentence(key, given))


sentences = st.sampled_from(sorted(PLACEHOLDERS)).flatmap(filled)
languages = st.sampled_from(Language)
labels = st.sampled_from(sorted(key for key in PLACEHOLDERS if key.startswith("button."))).flatmap(filled)
cell_labels = st.sampled_from(["label.asked_by", "label.asked_at", "label.channel"]).map(say)
buttons = st.builds(Button, labels, st.text(min_size=1) | st.just("x" * 2001), st.booleans(), st.none() | sentences)
parts = st.one_of(
    st.builds(Text, sentences),
    st.builds(Note, st.tuples(sentences, sentences)),
    st.builds(Row, st.tuples(st.tuples(cell_labels, facts), st.tuples(cell_labels, facts))),
    st.builds(Buttons, st.lists(buttons, min_size=1, max_size=5).map(tuple)),
)
pictures = st.builds(
    Picture, st.just(b"x"), st.just("x.png"), sentences, st.sampled_from(["", "https://example.com/x"])
)
replies = st.builds(Reply, sentences, st.lists(parts, max_size=6).map(tuple), st.none() | pictures)

names = st.text(max_size=80).map(lambda text: " ".join(text.split()))
allocations = st.builds(
    Allocation,
    id=st.integers(1),
    app_id=st.just(AppID("wx1")),
    scene=st.from_regex(r"[A-Za-z0-9_.-]{1,64}", fullmatch=True).map(Scene),
    kind=st.sampled_from(Kind),
    generation=st.integers(1, 9),
    state=st.sampled_from([State.LIVE, State.UNKNOWN]),
    name=names,
    owner=st.just("U0123456789"),
    channel_id=st.sampled_from(["C0123456789", "D0123456789"]),
    asked_at=st.integers(0, 4_000_000_000),
    lifetime=st.none() | st.integers(60, 2_592_000),
    ticket=st.builds(Ticket, st.just("gQ=="), st.just("http://weixin.qq.com/q/1"), st.none() | st.just(NOW)),
    verified=st.booleans(),
)
PICTURE = Picture(
    b"jpeg", "wxqr-spring.jpg", say("code.title", scene="spring"), "https://example.com/showqrcode?ticket=gQ"
)
ALLOCATION = Allocation(
    id=1,
    app_id=AppID("wx1"),
    scene=Scene("spring"),
    kind=Kind.TEMPORARY,
    generation=1,
    state=State.LIVE,
    name="Tom & Anna <b>`s`",
    owner="U0123456789",
    channel_id="C0123456789",
    asked_at=NOW,
    lifetime=600,
    ticket=Ticket("gQ==", "http://weixin.qq.com/q/1", NOW + 600),
    verified=True,
)


@settings(max_examples=60, deadline=None)
@given(replies, languages, st.booleans())
def test_whatever_is_said_slack_takes_it(
    complaints: Complaints, reply: Reply, language: Language, picture: bool  # noqa: FBT001 - hypothesis gives it
) -> None:  # fmt: skip
    said = message(reply, language, picture=picture)
    assert complaints(said["blocks"]) == []
    assert 1 <= len(said["text"]) <= 4000


@given(sentences, languages)
def test_every_sentence_fits_whatever_fills_it(sentence: Sentence, language: Language) -> None:
    assert 1 <= len(mrkdwn(sentence, language)) <= 3000
    assert 1 <= len(plain(sentence, language)) <= 2000


@settings(max_examples=20, deadline=None)
@given(allocations, st.lists(allocations, max_size=8), languages)
def test_every_reply_about_codes_is_taken(
    complaints: Complaints, one: Allocation, others: list[Allocation], language: Language
) -> None:
    drawn = replace(PICTURE, image_url="")
    told = [
        *(card(one, picture, "default", private=True, notes=(say("code.invite"),)) for picture in (PICTURE, drawn)),
        perm.minted(perm.Minted(one, PICTURE, "default", private=False, was_there=True)),
        temp.minted(temp.Minted(one, PICTURE, "default", private=True)),
        *(show.found(show.Found(one, picture, "default", is_live=True, posted=False)) for picture in (PICTURE, None)),
        draw.drawn(draw.Drawn(one, drawn, expired=True)),
        listing.listed(listing.Listed(listing.List(text=one.name, page=2), Page(tuple(others), 99), 7)),
        Reply(say("help.about"), about(one)),
    ]
    for reply in told:
        assert complaints(message(reply, language)["blocks"]) == []


@given(st.lists(st.builds(Group, st.integers(0), st.text(), st.integers(0)), max_size=100), languages)
@settings(max_examples=20, deadline=None)
def test_any_number_of_groups_is_taken(complaints: Complaints, found: list[Group], language: Language) -> None:
    assert complaints(message(groups.told(found), language)["blocks"]) == []


@settings(max_examples=30, deadline=None)
@given(
    st.text() | st.text(min_size=2001).map("tmep ".__add__) | st.sampled_from("x\"'").map(lambda x: f"temp {x * 3000}")
)
def test_every_answer_to_what_cannot_be_read_is_taken(complaints: Complaints, typed: str) -> None:
    found = COMMANDS.understand(typed)
    if isinstance(found, Answer):
        for language in Language:
            assert complaints(message(found.reply, language)["blocks"]) == []


def test_the_address_of_the_picture_stands_after_the_first_paragraph(complaints: Complaints) -> None:
    shown = blocks(card(ALLOCATION, PICTURE, "default", private=True), EN)
    assert complaints(shown) == []
    assert [block["type"] for block in shown] == ["section", "image", "section", "context", "actions"]
    assert shown[1]["image_url"] == PICTURE.image_url
    assert "spring" in shown[1]["alt_text"]


def test_a_picture_that_is_posted_as_a_file_is_not_shown_by_its_address() -> None:
    shown = blocks(card(ALLOCATION, PICTURE, "default", private=False), EN, picture=False)
    assert "image" not in {block["type"] for block in shown}


def test_a_name_cannot_become_markup() -> None:
    code = say("list.code.named", scene="a`b", name="<!channel> & <@U1|x>")
    shown = mrkdwn(say("list.entry.perm", code=code, owner=Person("U0123456789")), EN)
    assert "`a'b`" in shown
    assert "&lt;!channel&gt; &amp; &lt;@U1|x&gt;" in shown
    assert "<@U0123456789>" in shown


def test_a_name_cannot_become_markup_in_a_notification() -> None:
    headline = say("code.headline.temp.plain", scene="<!channel> & <@U1|x>", until=Moment(NOW))
    assert "&lt;!channel&gt; &amp; &lt;@U1|x&gt;" in message(Reply(headline), EN)["text"]


def test_a_button_shows_a_name_as_it_is_because_plain_text_is_not_escaped() -> None:
    button = Button(say("button.renew"), "renew a", confirm=say("button.renew.confirm", scene="<a> & b"))
    shown = blocks(Reply(say("help.about"), (Buttons((button,)),)), EN)[0]["elements"][0]
    assert "<a> & b" in shown["confirm"]["text"]["text"]


def mrkdwn_objects(value: Any) -> list[dict[str, Any]]:
    match value:
        case {"type": "mrkdwn"}:
            return [value]
        case dict():
            return [found for inner in value.values() for found in mrkdwn_objects(inner)]
        case list():
            return [found for inner in value for found in mrkdwn_objects(inner)]
        case _:
            return []


def test_slack_makes_no_mention_and_no_link_of_a_bare_word() -> None:
    row = Row(((say("label.asked_by"), Person("U0123456789")), (say("label.channel"), Channel("C0123456789"))))
    shown = blocks(Reply(say("help.about"), (Text(say("help.about")), Note((say("help.about"),)), row)), EN)
    assert [found.get("verbatim") for found in mrkdwn_objects(shown)] == [True] * 4


def test_a_long_fact_is_cut_before_it_is_escaped() -> None:
    shown = mrkdwn(say("usage.option", typed="&" * 500), EN)
    assert "&amp;" * 160 + "…" in shown
    assert "&amp;" * 161 not in shown


def test_a_sentence_that_is_cut_ends_before_half_an_escape() -> None:
    ampersands = dict.fromkeys(PLACEHOLDERS["status.token"], "&" * 500)
    shown = mrkdwn(Sentence("status.token", ampersands), EN)
    assert 2990 <= len(shown) <= 3000
    assert not shown.replace("&amp;", "").count("&")


def test_a_time_is_shown_in_the_readers_own_zone() -> None:
    sentence = say("code.headline.temp.plain", scene="spring", until=Moment(NOW))
    assert f"<!date^{NOW}^{{date_short}} {{time}}|2027-01-15 08:00 UTC>" in mrkdwn(sentence, EN)
    assert plain(sentence, EN) == "Temporary code for scene spring, until 2027-01-15 08:00 UTC"


def test_today_is_said_where_it_needs_no_capital_within_a_sentence() -> None:
    sentence = say("code.headline.temp.plain", scene="spring", until=Moment(NOW))
    assert ["date_short_pretty" in mrkdwn(sentence, language) for language in (EN, ZH)] == [False, True]


def test_a_star_that_was_typed_is_no_mark() -> None:
    assert plain(say("forbidden.pattern", pattern="act_*"), EN).startswith("act_* may match")


def test_a_channel_is_linked_and_a_direct_message_is_named() -> None:
    linked = Row(((say("label.channel"), Channel("C0123456789")),))
    direct = Row(((say("label.channel"), Channel("D0123456789")),))
    shown = [blocks(Reply(say("help.about"), (row,)), EN)[0]["fields"][0]["text"] for row in (linked, direct)]
    assert shown == ["*In*\n<#C0123456789>", "*In*\na direct message"]


def test_every_button_has_an_id_of_its_own_and_carries_its_command() -> None:
    row = Buttons((Button(say("button.svg"), "draw a svg"), Button(say("button.pdf"), "draw a pdf")))
    actions = [block["elements"] for block in blocks(Reply(say("help.about"), (row, row)), EN)]
    assert len({button["action_id"] for buttons in actions for button in buttons}) == 4
    assert [button["value"] for button in actions[0]] == ["draw a svg", "draw a pdf"]


def test_a_button_asks_before_it_does_what_should_be_asked() -> None:
    button = Button(say("button.renew"), "renew a", primary=True, confirm=say("button.renew.confirm", scene="a"))
    shown = blocks(Reply(say("help.about"), (Buttons((button,)),)), ZH)[0]["elements"][0]
    assert shown["style"] == "primary"
    assert set(shown["confirm"]) == {"title", "text", "confirm", "deny"}


def test_a_button_whose_command_slack_would_not_carry_is_left_out(complaints: Complaints) -> None:
    long, short = Button(say("slack.repeat"), "x" * 2001), Button(say("button.help"), "help")
    shown = [blocks(Reply(say("help.about"), (Buttons(row),)), EN) for row in ((long, short), (short, long), (long,))]
    assert [len(block["elements"]) for each in shown for block in each if block["type"] == "actions"] == [1, 1]
    assert [complaints(each) for each in shown] == [[], [], []]


def test_no_more_is_said_than_slack_shows(complaints: Complaints) -> None:
    shown = blocks(Reply(say("help.about"), (Text(say("help.about")),) * 60), EN)
    assert len(shown) == 50
    assert complaints(shown) == []


def test_a_reply_of_one_sentence_is_that_sentence() -> None:
    said = message(Reply(say("help.about")), EN)
    assert [block["text"]["text"] for block in said["blocks"]] == [mrkdwn(say("help.about"), EN)]
    assert said["text"] == "wxqr makes WeChat QR codes with scenes, and keeps them."


@pytest.mark.parametrize("language", Language)
def test_what_a_conflict_offers_can_be_pressed(complaints: Complaints, language: Language) -> None:
    understood = COMMANDS.understand(f'perm {"s" * 64} --name "{"&" * 80}"')
    assert not isinstance(understood, Answer)
    error = Conflict("conflict.live", scene="s" * 64, owner=Person("U0123456789"), channel=Channel("C0123456789"))
    assert complaints(blocks(refused(error, understood), language)) == []


def test_a_no_without_a_command_offers_help() -> None:
    assert blocks(refused(Usage("usage.command", typed="x")), EN)[-1]["elements"][0]["value"] == "help"
