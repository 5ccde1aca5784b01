"""wechatpy, which knows nothing of the sandbox, talks to it: only the host it dials is another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from requests.adapters import HTTPAdapter
from wechatpy import WeChatClient
from wechatpy.exceptions import APILimitedException, WeChatClientException

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

PERMANENT = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "门店"}}}


class Redialled(HTTPAdapter):
    """Sends what is meant for https://api.weixin.qq.com to the sandbox."""

    def __init__(self, sandbox: str) -> None:
        super().__init__()
        self._sandbox = sandbox

    def send(self, request: "PreparedRequest", *args: Any, **kwargs: Any) -> "Response":
        assert request.url is not None
        parts = urlsplit(str(request.url))
        request.url = f"{self._sandbox}{parts.path}?{parts.query}"
        return super().send(request, *args, **kwargs)


@pytest.fixture
def client(wechat: "World") -> Iterator[WeChatClient]:
    client = WeChatClient(wechat.account.app_id, wechat.account.app_secret)
    client._http.trust_env = False
    client._http.mount("https://api.weixin.qq.com", Redialled(wechat.url))
    yield client
    client._http.close()


def test_wechatpy_creates_a_code_whose_picture_is_found_at_the_url_it_builds(
    wechat: "World", client: WeChatClient
) -> None:
    answer = client.qrcode.create(PERMANENT)
    found = wechat.account.codes.find(answer["ticket"])
    assert found is not None
    assert found.scene == "门店"
    shown = client.qrcode.get_url(answer).replace("https://mp.weixin.qq.com", wechat.url)
    assert wechat.http.get(shown).status_code == 200


def test_wechatpy_reads_tags_and_groups(wechat: "World", client: WeChatClient) -> None:
    assert [tag["name"] for tag in client.tag.get()] == [tag.name for tag in wechat.account.tags]
    assert client.group.get() == client.tag.get()


def test_wechatpy_reads_followers(wechat: "World", client: WeChatClient) -> None:
    open_ids = list(client.user.iter_followers())
    assert open_ids == [person.openid for person in wechat.account.followers.values() if person.subscribe]
    assert client.user.get(open_ids[0])["subscribe"] == 1


def test_wechatpy_reads_wechats_addresses(client: WeChatClient) -> None:
    assert client.misc.get_wechat_ips()


def test_wechatpy_fetches_a_new_access_token_when_its_own_was_revoked(wechat: "World", client: WeChatClient) -> None:
    client.tag.get()
    wechat.faults.arm("token_revoked")
    assert client.tag.get()
    assert wechat.account.count("/cgi-bin/token") == 2


def test_wechatpy_raises_what_wechat_refuses(client: WeChatClient) -> None:
    with pytest.raises(WeChatClientException) as refused:
        client.qrcode.create({"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 100001}}})
    assert refused.value.errcode == 40053


def test_wechatpy_knows_the_used_up_quota(wechat: "World", client: WeChatClient) -> None:
    client.fetch_access_token()
    wechat.faults.arm("quota_used_up")
    with pytest.raises(APILimitedException):
        client.tag.get()


def test_wechatpy_is_told_of_a_wrong_secret(wechat: "World", client: WeChatClient) -> None:
    client.secret = "f" * 32
    with pytest.raises(WeChatClientException) as refused:
        client.tag.get()
    assert refused.value.errcode == 40125
    assert wechat.account.count("/cgi-bin/tags/get") == 0
