"""What WeChat's "no" means and what to do about it, in English. The errcode and rid are added beside it."""

from collections.abc import Mapping

# 40164, and what a platform that stands between says: 45035, 61004
_NOT_LET_IN = (
    "WeChat does not let this server in: its address `{ip}` is not on the allow-list. An operator must add `{ip}` "
    "in the WeChat console (Settings and Development → Basic Configuration → IP allow-list)."
)

WECHAT: Mapping[str, str] = {
    "wechat.code": "WeChat `{path}`: errcode {errcode}, rid {rid}",
    "wechat.-1": "WeChat is busy. I tried several times; please try again in a minute.",
    "wechat.40001": "WeChat refused the access token, and the new one too. An operator should look at `/wxqr status`.",
    "wechat.40001_secret": (
        "WeChat says the AppSecret is wrong. An operator must put the right one in `WECHAT_APP_SECRET`."
    ),
    "wechat.40003": "WeChat does not know this follower.",
    "wechat.40013": "WeChat does not know this AppID. An operator must correct `WECHAT_APP_ID`.",
    "wechat.40014": "WeChat says the access token is malformed. An operator should look at `/wxqr status`.",
    "wechat.40032": "WeChat takes at most 50 followers at once when tagging, and 100 when looking them up.",
    "wechat.40033": "WeChat refused the characters. This is a fault of mine; please tell an operator.",
    "wechat.40052": "WeChat does not know this kind of code. This is a fault of mine; please tell an operator.",
    "wechat.40053": (
        "WeChat does not take this scene: too long, out of range, or of the wrong form. Try a shorter, simpler one."
    ),
    "wechat.40125": "WeChat says the AppSecret is invalid. An operator must put the right one in `WECHAT_APP_SECRET`.",
    "wechat.40164": _NOT_LET_IN,
    "wechat.40164_unknown": (
        "WeChat does not let this server in: its address is not on the allow-list. An operator must find the address "
        "by which this server goes out, and add it in the WeChat console "
        "(Settings and Development → Basic Configuration → IP allow-list)."
    ),
    "wechat.40201": "no callback URL is set in the WeChat console, so scans are not reported",
    "wechat.40202": "WeChat did not take the check’s action. This is a fault of mine; please tell an operator.",
    "wechat.40203": "WeChat did not take the check’s operator. This is a fault of mine; please tell an operator.",
    "wechat.40243": (
        "The AppSecret is frozen, so no access token can be had. An operator must unfreeze it in the WeChat console."
    ),
    "wechat.41001": "The access token was missing. This is a fault of mine; please tell an operator.",
    "wechat.41002": "The AppID is missing. An operator must set `WECHAT_APP_ID`.",
    "wechat.41004": "The AppSecret is missing. An operator must set `WECHAT_APP_SECRET`.",
    "wechat.42001": (
        "WeChat says the access token has expired, and the new one too. An operator should look at `/wxqr status`."
    ),
    "wechat.43002": "WeChat wants a POST. Is there a proxy at `WECHAT_API_URL`? An operator should look.",
    "wechat.43004": "This person does not follow the account, so WeChat does not deliver it.",
    "wechat.44002": "WeChat got an empty request. Is there a proxy at `WECHAT_API_URL`? An operator should look.",
    "wechat.45002": "The message is too long for WeChat: a text has at most 2048 bytes.",
    "wechat.45009": (
        "Today’s quota of this WeChat API is used up. It starts anew at 00:00 Beijing time; an operator can clear it "
        "in the WeChat console (10 times a month)."
    ),
    "wechat.45011": "Too many calls to WeChat in a short time. Please try again in a minute.",
    "wechat.45015": "The follower has not written or scanned lately, so WeChat does not deliver a message now.",
    "wechat.45029": (
        "All 100,000 permanent codes of this account are used up, and WeChat gives no way to delete one. "
        "Reuse a code (`/wxqr list perm`), or use another account (`--account`). I made no temporary one in its place."
    ),
    "wechat.45035": _NOT_LET_IN,
    "wechat.45047": "WeChat delivers no further message to this follower until they write or scan again.",
    "wechat.45056": "The account has 100 tags already, WeChat’s limit. Delete one in the WeChat console first.",
    "wechat.45058": "WeChat’s own tags (0, 1, 2) cannot be given or changed.",
    "wechat.45059": "This follower has 20 tags already, which is WeChat’s limit. Remove one first.",
    "wechat.45103": "WeChat does not offer this API any more.",
    "wechat.45157": "There is a tag of this name already.",
    "wechat.45158": "The tag’s name is too long for WeChat: at most 30 letters, or 10 Chinese characters.",
    "wechat.45159": "WeChat does not know this tag.",
    "wechat.47001": "WeChat could not read the request. This is a fault of mine; please tell an operator.",
    "wechat.48001": (
        "This account may not call this WeChat API. An operator must look in the WeChat console what the account may "
        "do; most of it takes a verified service account."
    ),
    "wechat.48001_code": (
        "This account may not make QR codes with scenes: WeChat gives that to verified service accounts only. "
        "An operator must verify the account, or use another."
    ),
    "wechat.48002": "This follower has turned the account’s messages off.",
    "wechat.48004": (
        "WeChat has banned this API for the account. An operator must read the notice in the WeChat console."
    ),
    "wechat.48006": (
        "The quota can be cleared 10 times a month, and that is used up. It starts anew at 00:00 Beijing time."
    ),
    "wechat.49003": "This follower belongs to another account.",
    "wechat.50002": "WeChat has restricted the account. An operator must read the notice in the WeChat console.",
    "wechat.61004": _NOT_LET_IN,
    "wechat.61500": "WeChat did not take the date. This is a fault of mine; please tell an operator.",
    "wechat.61501": "WeChat did not take the range of dates. This is a fault of mine; please tell an operator.",
    "wechat.76003": "WeChat does not know this API path. This is a fault of mine; please tell an operator.",
    "wechat.76021": "WeChat keeps no quota of this API.",
    "wechat.76022": "WeChat tells no quota of this API for this kind of account.",
    "wechat.89501": (
        "This server’s address waits for the account’s administrator to confirm it. They have a message in WeChat: "
        "have them accept it."
    ),
    "wechat.89503": (
        "WeChat asks the account’s administrator to confirm calls from this server’s address. They get a message in "
        "WeChat: have them accept it. A refusal blocks the address for about an hour."
    ),
    "wechat.89506": (
        "The account’s administrator has refused this server’s address twice, so WeChat does not let it in for "
        "24 hours. An operator should agree with them first, or put the address on the IP allow-list."
    ),
    "wechat.89507": (
        "The account’s administrator has refused this server’s address, so WeChat does not let it in for one hour. "
        "An operator should agree with them first, or put the address on the IP allow-list."
    ),
    "wechat.other": "WeChat refused: {errmsg}. An operator can look the rid up in the WeChat console.",
    "wechat.token_still_refused": (
        "WeChat refused the access token and gave the same one again. An operator can force a new one: `/wxqr refresh`."
    ),
    "wechat.slow": "WeChat did not answer within {seconds} seconds.",
    "wechat.unavailable": (
        "WeChat gave no answer that I could use, though I asked several times. Please try again in a minute."
    ),
    "wechat.refresh_unknown": (
        "WeChat did not answer the forced refresh, so the old access token may be dead. Look at `/wxqr status`."
    ),
    "wechat.outcome_unknown": (
        "I asked WeChat, and no answer came that I could read, so it may or may not have been done. "
        "Look before you ask again."
    ),
    "wechat.code_unanswered": (
        "I asked WeChat for the permanent code of `{scene}`, and no answer came: it may or may not have been minted. "
        "I do not ask again by myself, for a second one may cost another of the 100,000 for ever. "
        "If you can spare one, press the button."
    ),
    "wechat.code_unread": (
        "I asked WeChat for the permanent code of `{scene}`, and an answer came that I could not read (HTTP {status}): "
        "it may or may not have been minted. I do not ask again by myself, for a second one may cost another of the "
        "100,000 for ever. If you can spare one, press the button."
    ),
}
