"""mp.weixin.qq.com/cgi-bin/showqrcode: a picture for a ticket, and neither login nor access token.

https://developers.weixin.qq.com/doc/offiaccount/Account_Management/Generating_a_Parametric_QR_Code.html
"""

from starlette.responses import Response

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.picture import drawn
from bot.sandbox.wechat.trouble import page

SHOWQRCODE = "/cgi-bin/showqrcode"
_HEADERS = {"Content-Type": "image/jpg", "Cache-control": "max-age=604800"}
_SOMEBODY_ELSES = "http://weixin.qq.com/q/02NotTheOneYouMinted"
_DAMAGE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 this is where the picture ended"


def shown(account: OfficialAccount, asked: Asked) -> Response:
    """Return the picture of a living ticket; HTTP 404 for any other (an unencoded one has lost its `+`)."""
    if account.faults.take("image_host_down", asked.path):
        return page(503, "503 Service Temporarily Unavailable")
    code = account.codes.find(asked.query.get("ticket", ""))
    if code is None or asked.method != "GET":
        return page(404, "404 Not Found")
    if account.faults.take("image_damaged", asked.path):
        return Response(_DAMAGE, headers=_HEADERS)
    wrong = account.faults.take("image_wrong", asked.path)
    return Response(drawn(_SOMEBODY_ELSES if wrong else code.url), headers=_HEADERS)
