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
    44002: "empty post data",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45029: "qrcode count out of limit",
    47001: "data format error",
    48001: "api unauthorized",
    48004: "api forbidden for irregularities",
    48006: "forbid to clear quota because of reaching the limit",
    50002: "user limited",
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
