"""What a person receives because of the answer to a push, and what makes WeChat say "unavailable"."""

from typing import get_args

import pytest
from starlette.responses import Response
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import ArticlesReply, TextReply

from bot.sandbox.wechat.envelope import Mode
from bot.sandbox.wechat.push import UNAVAILABLE, Article, Push, Received
from tests.sandbox.wechat_callback import AES_KEY, APP_ID, OTHER_KEY, TOKEN, Answer, Callback, Heard

pytest_plugins = ["tests.sandbox.wechat_callback_fixture"]

every_mode = pytest.mark.parametrize("mode", get_args(Mode))
NEWS = {
    "title": "春季",
    "description": "a < b",
    "image": "https://example.com/1.png",
    "url": "https://example.com/?a&b",
}


def text(content: str, key: str = AES_KEY, *, is_sealed: bool | None = None) -> Answer:
    """Answer with a text, sealed where the push was, made by wechatpy."""

    async def answer(heard: Heard) -> Response:
        reply = TextReply(content=content, message=heard.message).render()
        should = "encrypt_type" in heard.query if is_sealed is None else is_sealed
        return Response(sealed(reply, key) if should else reply)

    return answer


def sealed(reply: str, key: str = AES_KEY) -> str:
    return str(WeChatCrypto(TOKEN, key, APP_ID).encrypt_message(reply, "1234567890"))


async def news(heard: Heard) -> Response:
    reply = ArticlesReply(message=heard.message)
    reply.add_article(NEWS)
    return Response(reply.render())


def raw(template: str) -> Answer:
    """Answer with XML whose {to} and {from_} are the right ones."""

    async def answer(heard: Heard) -> Response:
        message = heard.message
        return Response(template.format(to=message.source, from_=message.target))

    return answer


async def followed(callback: Callback, answer: str | Response | Answer) -> Push:
    callback.says(answer)
    return await callback.account.phone().follow()


@every_mode
async def test_a_text_reaches_the_person(callback: Callback, mode: Mode) -> None:
    callback.account.callback_mode = mode
    phone = callback.account.phone()
    callback.says(text("欢迎 & <b>"))
    push = await phone.follow()
    assert phone.received == [push.reply]
    assert push.reply
    assert (push.reply.by, push.reply.kind, push.reply.text) == ("reply", "text", "欢迎 & <b>")
    assert push.reply.is_encrypted == (mode != "plain")
    assert (push.fate, push.shown) == ("answered", "")


async def test_in_compat_mode_a_reply_may_be_plain(callback: Callback) -> None:
    callback.account.callback_mode = "compat"
    push = await followed(callback, text("hello", is_sealed=False))
    assert push.reply
    assert not push.reply.is_encrypted


async def test_an_article_reaches_the_person(callback: Callback) -> None:
    push = await followed(callback, news)
    assert push.reply
    assert push.reply.articles == (Article("春季", "a < b", "https://example.com/1.png", "https://example.com/?a&b"),)


@every_mode
@pytest.mark.parametrize("silence", ["", "success"])
async def test_silence_need_not_be_sealed(callback: Callback, mode: Mode, silence: str) -> None:
    callback.account.callback_mode = mode
    push = await followed(callback, silence)
    assert (push.fate, push.reply, push.fault) == ("answered", None, "")


HEAD = "<ToUserName>{to}</ToUserName><FromUserName>{from_}</FromUserName><CreateTime>1</CreateTime>"
ITEM = "<item><Title>t</Title></item>"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('{"errcode": 0}', "it is no XML"),
        ("SUCCESS", "it is no XML"),
        ("<html></html>", "its root is <html>"),
        ("<!DOCTYPE xml><xml></xml>", "document type"),
        (Response("success", 201), "status 201"),
        (raw("<xml/>"), "its ToUserName is not o"),
        (raw("<xml><ToUserName>{from_}</ToUserName></xml>"), "its ToUserName"),
        (
            raw("<xml><ToUserName>{to}</ToUserName><FromUserName>{to}</FromUserName></xml>"),
            "its FromUserName is not gh_",
        ),
        (raw("<xml>" + HEAD.replace(">1<", ">now<") + "</xml>"), "its CreateTime"),
        (raw("<xml>" + HEAD + "</xml>"), "its MsgType is not there"),
        (raw("<xml>" + HEAD + "<MsgType>event</MsgType></xml>"), "its MsgType is event"),
        (raw("<xml>" + HEAD + "<MsgType>text</MsgType></xml>"), "its Content"),
        (text("长" * 683), "its Content does not have 1 to 2048 bytes"),
        (raw("<xml>" + HEAD + "<MsgType>news</MsgType><ArticleCount>1</ArticleCount></xml>"), "its ArticleCount"),
        (
            raw(
                f"<xml>{HEAD}<MsgType>news</MsgType><ArticleCount>9</ArticleCount><Articles>{ITEM * 9}</Articles></xml>"
            ),
            "it has 9 articles",
        ),
        (
            raw(f"<xml>{HEAD}<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles><item/></Articles></xml>"),
            "no Title",
        ),
        (text("hello", is_sealed=True), "in plain mode a reply must not be encrypted"),
    ],
)
async def test_an_odd_answer_is_shown_as_a_failure_and_not_asked_for_again(
    callback: Callback, answer: str | Response | Answer, why: str
) -> None:
    phone = callback.account.phone()
    callback.says(answer)
    push = await phone.follow()
    assert why in push.fault
    assert (push.fate, push.shown, push.reply, phone.received) == ("failed", UNAVAILABLE, None, [])
    assert len(push.attempts) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (text("hello", is_sealed=False), "in safe mode a reply must be encrypted"),
        (text("hello", OTHER_KEY), ""),  # what it says hangs on the random bytes: padding, or the app id
        ("<xml><Encrypt>x</Encrypt></xml>", "its MsgSignature is wrong"),
    ],
)
async def test_in_safe_mode_a_reply_must_be_sealed_and_signed(
    callback: Callback, answer: str | Answer, why: str
) -> None:
    callback.account.callback_mode = "safe"
    push = await followed(callback, answer)
    assert why in push.fault
    assert push.shown == UNAVAILABLE


async def test_a_reply_is_sealed_with_the_key_that_the_push_was_sealed_with(callback: Callback) -> None:
    callback.account.callback_mode = "safe"
    callback.account.change_key(OTHER_KEY, lingering=1)
    assert (await followed(callback, text("old", AES_KEY))).reply

    async def late(heard: Heard) -> Response:
        reply = TextReply(content="old", message=parse_message(heard.opened(OTHER_KEY))).render()
        return Response(sealed(reply, AES_KEY))

    assert (await followed(callback, late)).fate == "failed"


async def test_a_message_is_answered_with_one_article_at_most(callback: Callback) -> None:
    phone = callback.account.phone()
    await phone.follow()
    two = f"<xml>{HEAD}<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles>{ITEM * 2}</Articles></xml>"
    callback.says(raw(two), raw(two))
    assert (await phone.write("hello")).fault == "it has 2 articles, and not 1 to 1"
    await phone.unfollow()
    assert (await phone.follow()).is_answered


async def test_the_first_answer_counts_when_a_push_comes_three_times(callback: Callback) -> None:
    callback.faults.arm("push_thrice")
    callback.says(Response("", 500), text("second"), text("third"))
    phone = callback.account.phone()
    await phone.follow()
    assert [one.text for one in phone.received] == ["second"]


async def test_whoever_waits_for_a_message_is_woken_by_it(callback: Callback) -> None:
    phone = callback.account.phone()
    callback.account.receive(phone.open_id, Received(0, "custom", "text", "hello"))
    assert [one.text for one in await callback.account.wait_for(lambda: phone.received)] == ["hello"]
