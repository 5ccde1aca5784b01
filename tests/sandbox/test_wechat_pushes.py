"""What WeChat pushes, and how: read by wechatpy, which knows nothing of the sandbox."""

import asyncio
import re
from typing import get_args

import pytest
from starlette.responses import RedirectResponse, Response
from wechatpy.exceptions import InvalidSignatureException

from bot.sandbox.wechat.envelope import Mode
from bot.sandbox.wechat.push import EXPIRED, UNAVAILABLE, UNKNOWN
from tests.sandbox.wechat_callback import AES_KEY, APP_ID, OTHER_KEY, TOKEN, Callback, Heard, never

pytest_plugins = ["tests.sandbox.wechat_callback_fixture"]

MODES = get_args(Mode)
every_mode = pytest.mark.parametrize("mode", MODES)


@every_mode
async def test_a_newcomer_who_scans_follows_and_the_event_names_scene_and_ticket(
    callback: Callback, mode: Mode
) -> None:
    callback.account.callback_mode = mode
    code = callback.account.codes.mint_elsewhere("spring")
    phone = callback.account.phone()
    push = await phone.scan(code.url)
    message = callback.last.message
    assert (message.event, message.scene_id, message.ticket) == ("subscribe_scan", "spring", code.ticket)
    assert (message.source, message.target) == (phone.open_id, callback.account.original_id)
    assert push.event_key == "qrscene_spring"
    assert phone.follows
    assert (phone.person.subscribe_scene, phone.person.qr_scene_str) == ("ADD_SCENE_QR_CODE", "spring")


@every_mode
async def test_a_follower_who_scans_is_a_scan_by_the_bare_scene(callback: Callback, mode: Mode) -> None:
    callback.account.callback_mode = mode
    phone = callback.account.phone()
    await phone.follow()
    code = callback.account.codes.mint_elsewhere(42)
    push = await phone.scan(code.ticket)
    message = callback.last.message
    assert (message.event, message.scene_id, message.ticket) == ("scan", "42", code.ticket)
    assert push.event == "SCAN"
    assert phone.person.qr_scene == 0


@every_mode
async def test_who_writes_is_heard_word_for_word(callback: Callback, mode: Mode) -> None:
    callback.account.callback_mode = mode
    phone = callback.account.phone()
    await phone.follow()
    await phone.write("]]> <b> & 你好")
    await phone.write("again")
    heard = [one.message for one in callback.heard[-2:]]
    assert [message.content for message in heard] == ["]]> <b> & 你好", "again"]
    assert heard[1].id == heard[0].id + 1


async def test_following_without_a_code_names_none(callback: Callback) -> None:
    phone = callback.account.phone()
    await phone.follow()
    fields = callback.last.fields
    assert (fields["Event"], fields["EventKey"]) == ("subscribe", "")
    assert "Ticket" not in fields
    assert "MsgId" not in fields
    assert phone.person.subscribe_scene == "ADD_SCENE_SEARCH"


async def test_following_by_a_card_is_known_by_the_card(callback: Callback) -> None:
    phone = callback.account.phone()
    push = await phone.follow_by_card()
    assert (push.event_key, phone.person.subscribe_scene) == ("", "ADD_SCENE_PROFILE_CARD")


async def test_following_after_a_payment_names_the_trade(callback: Callback) -> None:
    await callback.account.phone().follow_after_payment()
    assert re.fullmatch(r"last_trade_no_\d+", callback.last.fields["EventKey"])


async def test_unfollowing_is_told_without_a_scene_and_tells_nobody_anything_back(callback: Callback) -> None:
    phone = callback.account.phone()
    await phone.follow()
    callback.says("what is this")
    push = await phone.unfollow()
    assert callback.last.message.event == "unsubscribe"
    assert (push.fate, push.shown, phone.received) == ("failed", "", [])
    assert not phone.follows


async def test_a_push_that_is_not_answered_yet_is_under_way(callback: Callback) -> None:
    seen: list[str] = []

    async def look(_: Heard) -> Response:
        seen.append(callback.account.pushes.journal[-1].fate)
        return Response("success")

    callback.says(look)
    push = await callback.account.phone().follow()
    assert (seen, push.fate) == (["under_way"], "answered")


async def test_following_twice_and_leaving_twice_are_told_once(callback: Callback) -> None:
    phone = callback.account.phone()
    for act in (phone.unfollow, phone.follow, phone.follow, phone.unfollow, phone.unfollow):
        await act()
    assert [one.fields["Event"] for one in callback.heard] == ["subscribe", "unsubscribe"]


async def test_who_does_not_follow_cannot_write(callback: Callback) -> None:
    push = await callback.account.phone().write("hello")
    assert (push.fate, callback.heard) == ("none", [])


async def test_an_expired_code_tells_the_person_and_nobody_else(callback: Callback) -> None:
    code = callback.account.codes.mint_elsewhere("spring", 60)
    callback.clock.advance(61)
    phone = callback.account.phone()
    push = await phone.scan(code.url)
    assert (push.shown, push.attempts, callback.heard, phone.follows) == (EXPIRED, [], [], False)


async def test_a_code_of_nobody_does_nothing(callback: Callback) -> None:
    push = await callback.account.phone().scan("http://weixin.qq.com/q/02somebodyElse")
    assert (push.shown, push.attempts, callback.heard) == (UNKNOWN, [], [])


async def test_a_code_created_without_a_scene_has_the_scene_0(callback: Callback) -> None:
    phone = callback.account.phone()
    code = callback.account.codes.mint_elsewhere(0)
    assert (await phone.scan(code.url)).event_key == "qrscene_0"
    assert (await phone.scan(code.url)).event_key == "0"


async def test_a_stranger_has_no_phone(callback: Callback) -> None:
    with pytest.raises(LookupError, match="nobody here has the open id o123"):
        callback.account.phone("o123")


async def test_newcomers_have_open_ids_as_real_ones_are(callback: Callback) -> None:
    open_ids = {callback.account.phone().open_id for _ in range(100)}
    assert len(open_ids) == 100
    assert all(re.fullmatch(r"o[A-Za-z0-9_-]{27}", open_id) for open_id in open_ids)


async def test_with_nowhere_to_push_to_things_happen_untold(callback: Callback) -> None:
    callback.account.callback_url = ""
    phone = callback.account.phone()
    push = await phone.follow()
    assert (push.fate, push.attempts, push.shown, phone.follows) == ("none", [], "", True)


# signatures and seals


async def test_plain_mode_sends_nothing_sealed(callback: Callback) -> None:
    phone = callback.account.phone()
    await phone.follow()
    assert set(callback.last.query) == {"signature", "timestamp", "nonce", "openid"}
    assert callback.last.query["openid"] == phone.open_id
    assert "<Encrypt>" not in callback.last.body


async def test_compat_mode_sends_both_and_they_say_the_same(callback: Callback) -> None:
    callback.account.callback_mode = "compat"
    phone = callback.account.phone()
    await phone.follow()
    assert callback.last.query["encrypt_type"] == "aes"
    assert f"<FromUserName><![CDATA[{phone.open_id}]]></FromUserName>" in callback.last.body
    assert f"<FromUserName><![CDATA[{phone.open_id}]]></FromUserName>" in callback.last.opened()


async def test_safe_mode_shows_nothing_of_the_person_in_the_body(callback: Callback) -> None:
    callback.account.callback_mode = "safe"
    phone = callback.account.phone()
    await phone.follow()
    assert phone.open_id not in callback.last.body
    assert phone.open_id in callback.last.opened()


async def test_a_changed_key_takes_effect_after_the_pushes_that_linger(callback: Callback) -> None:
    callback.account.callback_mode = "safe"
    callback.account.change_key(OTHER_KEY, lingering=1)
    await callback.account.phone().follow()
    await callback.account.phone().follow()
    assert "subscribe" in callback.heard[0].opened(AES_KEY)
    assert "subscribe" in callback.heard[1].opened(OTHER_KEY)


async def test_a_forged_push_has_wrong_signatures(callback: Callback) -> None:
    callback.account.callback_mode = "safe"
    callback.faults.arm("push_forged")
    await callback.account.phone().follow()
    with pytest.raises(InvalidSignatureException):
        callback.last.verify()
    with pytest.raises(InvalidSignatureException):
        callback.last.opened()


async def test_signatures_can_keep_another_time_than_the_sandbox(callback: Callback) -> None:
    callback.account.pushes.now = lambda: 1_714_112_445
    push = await callback.account.phone().follow()
    assert callback.last.query["timestamp"] == "1714112445"
    assert push.created_at > 1_714_112_445


# delivery


@pytest.mark.parametrize("answer", ["success", ""])
async def test_one_delivery_is_enough_where_it_is_answered(callback: Callback, answer: str) -> None:
    callback.says(answer)
    push = await callback.account.phone().follow()
    assert (push.fate, push.shown, push.fault, push.reply) == ("answered", "", "", None)
    assert [(one.status, one.answer, one.failure) for one in push.attempts] == [(200, answer, "")]


async def test_after_a_servers_error_the_same_message_comes_again_with_a_new_nonce(callback: Callback) -> None:
    callback.says(Response("", 500), Response("", 503))
    push = await callback.account.phone().follow()
    assert [one.status for one in push.attempts] == [500, 503, 200]
    assert push.is_answered
    assert len({one.body for one in callback.heard}) == 1
    assert len({one.query["nonce"] for one in callback.heard}) == 3
    for one in callback.heard:
        one.verify()


@every_mode
async def test_a_nonce_can_be_repeated_too(callback: Callback, mode: Mode) -> None:
    callback.account.callback_mode = mode
    callback.account.pushes.repeats_nonce = True
    callback.says(Response("", 500))
    await callback.account.phone().follow()
    assert callback.heard[0] == callback.heard[1]


async def test_after_three_deliveries_wechat_gives_up_and_the_person_is_told(callback: Callback) -> None:
    callback.says(*[Response("", 500)] * 4)
    push = await callback.account.phone().follow()
    assert len(callback.heard) == len(push.attempts) == 3
    assert (push.fate, push.shown, push.fault) == ("failed", UNAVAILABLE, "it was answered with HTTP status 500")


async def test_an_answer_after_the_deadline_is_none(callback: Callback) -> None:
    callback.account.pushes.deadline = 0.05
    callback.says(never)
    push = await callback.account.phone().follow()
    assert [(one.status, one.failure) for one in push.attempts] == [(0, "no answer within 0.05 s"), (200, "")]
    assert push.attempts[0].seconds >= 0.05


async def test_the_deadline_is_5_seconds(callback: Callback) -> None:
    assert callback.account.pushes.deadline == 5


async def test_a_callback_that_is_not_there_is_tried_three_times(callback: Callback) -> None:
    callback.account.callback_url = "http://127.0.0.1:1/wechat/callback"
    push = await callback.account.phone().follow()
    assert [one.status for one in push.attempts] == [0, 0, 0]
    assert push.attempts[0].failure.startswith("ClientConnectorError")
    assert push.shown == UNAVAILABLE


@pytest.mark.parametrize("answer", [Response("", 403), RedirectResponse("/elsewhere")])
async def test_a_refusal_is_not_asked_twice_nor_a_redirection_followed(callback: Callback, answer: Response) -> None:
    callback.says(answer)
    push = await callback.account.phone().follow()
    assert len(callback.heard) == 1
    assert (push.fate, push.shown) == ("failed", UNAVAILABLE)


async def test_each_attempt_knows_when_it_was_and_how_long_it_took(callback: Callback) -> None:
    callback.clock.advance(86_400)
    push = await callback.account.phone().follow()
    [attempt] = push.attempts
    assert push.created_at <= attempt.at <= callback.clock.now()
    assert 0 < attempt.seconds < 5
    assert list(callback.account.pushes.journal) == [push]


async def test_many_pushes_are_delivered_side_by_side(callback: Callback) -> None:
    meeting = asyncio.Barrier(20)

    async def together(_: object) -> Response:
        await meeting.wait()
        return Response("success")

    callback.says(*[together] * 20)
    pushes = await asyncio.gather(*(callback.account.phone().follow() for _ in range(20)))
    assert {len(push.attempts) for push in pushes} == {1}


async def test_whoever_waits_is_woken_when_a_push_was_answered(callback: Callback) -> None:
    phone = callback.account.phone()
    waiting = asyncio.ensure_future(callback.account.wait_for(lambda: callback.account.pushes.journal))
    await phone.follow()
    assert len(await waiting) == 1
    with pytest.raises(TimeoutError):
        await callback.account.wait_for(lambda: False, timeout=0.01)


# faults


async def test_a_push_can_come_three_times_though_it_was_answered(callback: Callback) -> None:
    callback.faults.arm("push_thrice")
    push = await callback.account.phone().follow()
    assert (len(callback.heard), push.fate) == (3, "answered")
    await callback.account.phone().follow()
    assert len(callback.heard) == 4


async def test_pushes_can_come_in_the_wrong_order(callback: Callback) -> None:
    phone = callback.account.phone()
    callback.faults.arm("push_shuffled", times=3)
    pushes = [await phone.follow(), await phone.write("hello")]
    assert (callback.heard, [push.fate for push in pushes]) == ([], ["held", "held"])
    pushes.append(await phone.unfollow())
    assert [one.fields.get("Event", "text") for one in callback.heard] == ["unsubscribe", "text", "subscribe"]
    assert [push.fate for push in pushes] == ["answered"] * 3


async def test_what_is_held_back_for_ever_can_be_released(callback: Callback) -> None:
    callback.faults.arm("push_shuffled", times=None)
    await callback.account.phone().follow()
    callback.faults.clear()
    assert [push.fate for push in await callback.account.pushes.release()] == ["answered"]
    assert len(callback.heard) == 1


async def test_a_push_can_be_late_by_its_own_time(callback: Callback) -> None:
    callback.faults.arm("push_late", seconds=3600)
    push = await callback.account.phone().follow()
    assert callback.clock.now() - int(callback.last.fields["CreateTime"]) == pytest.approx(3600, abs=5)
    assert int(callback.last.query["timestamp"]) == pytest.approx(callback.clock.now(), abs=5)
    assert push.created_at == int(callback.last.fields["CreateTime"])


async def test_a_push_can_be_lost(callback: Callback) -> None:
    callback.faults.arm("push_lost", where="/unsubscribe")
    phone = callback.account.phone()
    await phone.follow()
    assert (await phone.unfollow()).fate == "lost"
    assert [one.fields["Event"] for one in callback.heard] == ["subscribe"]


async def test_a_follow_by_a_code_can_come_without_saying_so_though_wechat_knows(callback: Callback) -> None:
    callback.faults.arm("push_empty_key", times=None)
    phone = callback.account.phone()
    push = await phone.scan(callback.account.codes.mint_elsewhere("spring").url)
    assert (callback.last.fields["EventKey"], push.ticket) == ("", "")
    assert (phone.person.qr_scene_str, phone.person.subscribe_time) == ("spring", push.created_at)
    assert (await phone.scan(callback.account.codes.mint_elsewhere("spring").url)).event_key == "spring"


# WeChat's console


async def test_the_console_keeps_an_address_that_gives_the_echo_back(callback: Callback) -> None:
    async def echo(heard: Heard) -> Response:
        heard.verify()
        return Response(heard.query["echostr"])

    url, callback.account.callback_url, callback.account.callback_token = callback.account.callback_url, "", "old"
    callback.says(echo)
    verification = await callback.account.verify(url, TOKEN)
    assert (verification.is_verified, verification.status) == (True, 200)
    assert (callback.account.callback_url, callback.account.callback_token) == (url, TOKEN)


@pytest.mark.parametrize("answer", [Response("success"), Response("", 403), never])
async def test_the_console_does_not_keep_an_address_that_does_not_know_the_token(
    callback: Callback, answer: Response
) -> None:
    callback.account.pushes.deadline = 0.1
    callback.says(answer)
    verification = await callback.account.verify(token="another")
    assert not verification.is_verified
    assert callback.account.callback_token == TOKEN


async def test_the_account_knows_who_it_is(callback: Callback) -> None:
    assert callback.account.app_id == APP_ID
    assert re.fullmatch(r"gh_[0-9a-f]{12}", callback.account.original_id)
