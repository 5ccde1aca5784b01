"""How WeChat says no: an errcode, and an errmsg that nobody should match exactly."""

# https://developers.weixin.qq.com/doc/oplatform/developers/troubleshooting
ERRMSG = {
    -1: "system error",
    40001: (
        "invalid credential, access_token is invalid or not latest, could get access_token by "
        "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r"
    ),
    40002: "invalid grant_type",
    40003: "invalid openid",
    40008: "invalid message type",
    40013: "invalid appid",
    40014: "invalid access_token",
    40032: "invalid openid list size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40052: "invalid action name",
    40053: "invalid action info",
    40066: "invalid url",
    40125: "invalid appsecret",
    40164: "invalid ip, not in whitelist",
    40201: "callback url is not set",
    40202: "invalid action",
    40203: "invalid check_operator",
    40243: "appsecret has been frozen, please unfreeze it first",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45029: "qrcode count out of limit",
    45047: "out of response count limit",
    45056: "too many tag now, no need to add new",
    45059: "can't add that many tags to a user",
    45157: "invalid tag name",
    45158: "tag name too long",
    45159: "invalid tag id",
    47001: "data format error",
    48001: "api unauthorized",
    48004: "api forbidden for irregularities",
    48006: "forbid to clear quota because of reaching the limit",
    49003: "not match openid with appid",
    50002: "user limited",
    61500: "date format error",
    61501: "date range error",
    76001: "rid not found",
    76002: "rid is error",
    76003: "cgi_path prefix error",
    76021: "cgi_path not found, please check",
    76004: "rid is expired",
    76022: "could not use this cgi_path, no permission",
    89503: "this ip call must be confirmed by the administrator",
}


class Refusal(Exception):
    """WeChat's answer is an errcode; `errmsg` defaults to the documented sentence for it."""

    def __init__(self, errcode: int, errmsg: str = "") -> None:
        self.errcode = errcode
        self.errmsg = errmsg or ERRMSG.get(errcode, "unknown error")
        super().__init__(f"{self.errcode} {self.errmsg}")
