"""What WeChat's "no" means and what to do about it, in Chinese. The errcode and rid are added beside it."""

from collections.abc import Mapping

# 40164, and what a platform that stands between says: 45035, 61004
_NOT_LET_IN = (
    "微信拒绝了本服务器的请求：IP `{ip}` 不在白名单中。请运维人员登录公众号后台"
    "（设置与开发 → 基本配置 → IP白名单），添加 `{ip}` 后再试。"
)

WECHAT: Mapping[str, str] = {
    "wechat.code": "微信接口 `{path}` · errcode {errcode} · rid {rid}",
    "wechat.-1": "微信系统繁忙，已重试多次仍未成功，请一分钟后再试。",
    "wechat.40001": "微信不认可 access_token，更换后仍被拒绝。请运维人员用 `/wxqr status` 排查。",
    "wechat.40001_secret": "AppSecret 不正确。请运维人员在 `WECHAT_APP_SECRET` 中填写正确的值。",
    "wechat.40003": "微信查不到这位粉丝（OpenID 无效）。",
    "wechat.40013": "AppID 无效。请运维人员改正 `WECHAT_APP_ID` 的配置。",
    "wechat.40014": "access_token 格式不合法。请运维人员用 `/wxqr status` 排查。",
    "wechat.40032": "此接口一次最多处理 50 位粉丝。",
    "wechat.40033": "微信不接受请求中的字符。这是我的问题，请告知运维人员。",
    "wechat.40052": "微信不支持这种二维码类型。这是我的问题，请告知运维人员。",
    "wechat.40053": "微信不接受这个场景值：可能过长、超出范围或格式不对。请换一个更短、更简单的。",
    "wechat.40125": "AppSecret 无效。请运维人员在 `WECHAT_APP_SECRET` 中填写正确的值。",
    "wechat.40164": _NOT_LET_IN,
    "wechat.40164_unknown": (
        "微信拒绝了本服务器的请求：出口 IP 不在白名单中。请运维人员查明本服务器的出口 IP，登录公众号后台"
        "（设置与开发 → 基本配置 → IP白名单）添加后再试。"
    ),
    "wechat.40201": "公众号后台尚未配置服务器地址（URL），微信不会推送扫码事件",
    "wechat.40202": "微信不接受网络检测的 action 参数。这是我的问题，请告知运维人员。",
    "wechat.40203": "微信不接受网络检测的 check_operator 参数。这是我的问题，请告知运维人员。",
    "wechat.40243": "AppSecret 已被冻结，无法获取 access_token。请运维人员在公众号后台解冻。",
    "wechat.41001": "请求缺少 access_token。这是我的问题，请告知运维人员。",
    "wechat.41002": "缺少 AppID。请运维人员补上 `WECHAT_APP_ID` 的配置。",
    "wechat.41004": "缺少 AppSecret。请运维人员补上 `WECHAT_APP_SECRET` 的配置。",
    "wechat.42001": "access_token 已过期，更换后仍被拒绝。请运维人员用 `/wxqr status` 排查。",
    "wechat.43002": "微信要求使用 POST 请求。请运维人员检查 `WECHAT_API_URL` 是否经过了代理。",
    "wechat.44002": "微信收到的请求内容为空。请运维人员检查 `WECHAT_API_URL` 是否经过了代理。",
    "wechat.45009": "该接口今日调用额度已用完，北京时间 00:00 恢复。运维人员可在公众号后台清零额度（每月 10 次）。",
    "wechat.45011": "短时间内调用微信接口过于频繁，请一分钟后再试。",
    "wechat.45015": "这位粉丝近期没有发消息或扫码，微信暂时不允许下发消息。",
    "wechat.45029": (
        "本公众号的 100,000 个永久码已全部用完，微信不提供删除功能。可以用 `/wxqr list perm` 找一个已有的码复用，"
        "或用 `--account` 换一个公众号。我没有用临时码代替。"
    ),
    "wechat.45035": _NOT_LET_IN,
    "wechat.45047": "给这位粉丝的消息数已达上限，对方再次发消息或扫码后才能继续下发。",
    "wechat.45059": "这位粉丝已有 20 个标签，达到微信上限。请先移除一个。",
    "wechat.45103": "微信已下线该接口。",
    "wechat.45158": "标签名过长，最多 30 个字节。",
    "wechat.45159": "微信查不到这个标签。",
    "wechat.47001": "微信无法解析请求内容。这是我的问题，请告知运维人员。",
    "wechat.48001": (
        "这个公众号没有调用该接口的权限。请运维人员在公众号后台查看接口权限；多数接口只对已认证的服务号开放。"
    ),
    "wechat.48001_code": (
        "这个公众号没有生成带参数二维码的权限：微信只对已认证的服务号开放。请运维人员完成认证，或换一个账号。"
    ),
    "wechat.48004": "微信已封禁本公众号的该接口。请运维人员查看公众号后台的通知。",
    "wechat.48006": "本月 10 次额度清零机会已用完。调用额度会在北京时间 00:00 自动恢复。",
    "wechat.50002": "本公众号已被微信限制使用。请运维人员查看公众号后台的通知。",
    "wechat.61004": _NOT_LET_IN,
    "wechat.76003": "微信不认识这个接口路径。这是我的问题，请告知运维人员。",
    "wechat.76021": "微信不提供该接口的额度数据。",
    "wechat.76022": "微信不向这类账号提供该接口的额度数据。",
    "wechat.89501": "本服务器的 IP 正在等待公众号管理员确认。管理员已在微信里收到消息，请其点击同意。",
    "wechat.89503": (
        "微信要求公众号管理员确认来自本服务器 IP 的调用。管理员会在微信里收到消息，请其点击同意；"
        "如果拒绝，该 IP 约一小时内不能再调用。"
    ),
    "wechat.89506": (
        "公众号管理员已两次拒绝本服务器的 IP，24 小时内不能再调用。请运维人员先与管理员沟通，或把 IP 加入白名单。"
    ),
    "wechat.89507": (
        "公众号管理员拒绝了本服务器的 IP，1 小时内不能再调用。请运维人员先与管理员沟通，或把 IP 加入白名单。"
    ),
    "wechat.other": "微信返回错误：{errmsg}。运维人员可凭 rid 在公众号后台查询原因。",
    "wechat.token_still_refused": (
        "微信拒绝了 access_token，重新获取到的还是同一个。运维人员可用 `/wxqr refresh` 强制刷新。"
    ),
    "wechat.slow": "微信在 {seconds} 秒内没有响应。",
    "wechat.unavailable": "微信没有响应。已重试多次仍未成功，请一分钟后再试。",
    "wechat.refresh_unknown": "微信没有回应强制刷新，旧的 access_token 可能已失效，请查看 `/wxqr status` 。",
    "wechat.outcome_unknown": (
        "生成永久码的请求已发给微信，但没有收到结果，不确定是否已生成。这个码已标记为“待确认”。"
        "我不会自动重试，以免再占用 100,000 个额度中的一个。"
    ),
}
