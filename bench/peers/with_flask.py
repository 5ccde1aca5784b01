"""Wechatpy behind Flask, as its first page shows it: https://docs.wechatpy.org/zh-cn/stable/quickstart.html."""

import os

from flask import Flask, request  # type: ignore[import-not-found]  # the peers' libraries are in a venv of their own
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bench.peers.events import Events

TOKEN, AES_KEY = os.environ["WECHAT_CALLBACK_TOKEN"], os.environ["WECHAT_ENCODING_AES_KEY"]

crypto = WeChatCrypto(TOKEN, AES_KEY, os.environ["WECHAT_APP_ID"]) if AES_KEY else None
events = Events()
app = Flask(__name__)


def callback() -> str:
    """Keep an event; a forged one raises and is answered 500, as on that page."""
    told = request.args
    if crypto:
        xml = crypto.decrypt_message(request.data, told["msg_signature"], told["timestamp"], told["nonce"])
    else:
        check_signature(TOKEN, told["signature"], told["timestamp"], told["nonce"])
        xml = request.data
    message = parse_message(xml)
    events.keep(
        open_id=message.source,
        created_at=message.time,
        event=message.event,
        event_key=getattr(message, "scene_id", ""),
        ticket=getattr(message, "ticket", ""),
    )
    return "success"


def readyz() -> str:
    """Say that it is up."""
    return "ok"


app.add_url_rule("/wechat/callback", view_func=callback, methods=["POST"])
app.add_url_rule("/readyz", view_func=readyz)
