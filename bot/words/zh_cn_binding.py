"""What the bot says in Chinese about who is who, in Slack and to whoever scans a binding code."""

from collections.abc import Mapping

BINDING: Mapping[str, str] = {
    "bind.offered": "请在 {until} 前用你的微信扫描此码，确认后即与你的 Slack 账号绑定。",
    "bind.how": "只能扫一次，只有你能看到。扫码后我会在这里问你是不是本人；你确认之前不会绑定。",
    "bind.done": ":white_check_mark: 你的微信已于 {since} {where}绑定。",
    "bind.was_done": "你的微信早已于 {since} {where}绑定。要绑定另一个微信，请先解绑。",
    "bind.refused": "没有绑定，那个码已作废。如果不是你扫的，说明有别人看到了它。",
    "unbind.done": "你的微信已{where}解除绑定。",
    "unbind.confirm": "确定解除微信绑定吗？以后要重新扫码才能再绑定。",
    "whoami.bound": "你的微信已于 {since} {where}绑定。",
    "whoami.nobody": "你的微信还没有{where}绑定。输入 `/wxqr bind` 扫一次码即可绑定。",
    "binding.account": "公众号",
    "binding.account.named": " *{account}* ",
    "binding.where": "在公众号 *{account}* ",
    # what the asker is told, without having asked just now
    "binding.scanned.follower": "你的绑定码于 {at} 被一位已关注{account}的用户扫描。是你本人吗？",
    "binding.scanned.newcomer": "你的绑定码于 {at} 被一位用户扫描，并由此关注了{account}。是你本人吗？",
    "binding.until": "请在 {until} 前确认，并且仅在确实是你本人扫码时确认。",
    "binding.other": ":warning: 你的绑定码于 {at} 又被第二个人扫描，我已将它作废，没有绑定。请不要让别人看到绑定码。",
    "binding.late": "你的绑定码于 {at} 被扫描，但已超时，没有绑定。",
    "binding.taken": "扫描你绑定码的微信已绑定另一位 Slack 用户，没有绑定。",
    "binding.scanner.unfollowed": "于 {at} 扫描你绑定码的微信已取消关注{account}，我已将该码作废，没有绑定。",
    "binding.scanner.forgotten": "于 {at} 扫描你绑定码的微信在{account}的资料已被删除，我已将该码作废，没有绑定。",
    "binding.unfollowed": "你的微信已取消关注{account}，绑定随之解除。",
    "binding.forgotten": "你的微信在{account}的资料已被删除，绑定随之解除。",
    # refusals
    "conflict.binding_over": "那个码已失效：已超时，或已作废。请重新获取。",
    "conflict.binding_unfollowed": "扫描那个码的微信在你确认之前已取消关注，没有绑定。请重新获取。",
    "conflict.binding_forgotten": "扫描那个码的微信的资料已被删除，没有绑定。请重新获取。",
    "conflict.binding_made": "你已经确认过了。",
    "not_found.binding": "你的微信没有{where}绑定。",
    "not_found.binding_request": "我已没有那个码的记录，请重新获取。",
    "forbidden.binding": "只有申请那个码的人才能确认。",
    "button.confirm_binding": "是我本人",
    "button.refuse_binding": "不是我",
    "button.bind": "绑定微信",
    "button.unbind": "解绑",
    # what whoever scans reads in WeChat: no marks there
    "scanner.confirm": (
        "此码会把你的微信与在 Slack 中申请它的人绑定。如果就是你本人，请到 Slack 中确认；"
        "如果不是，请取消关注本公众号，绑定随即终止。"
    ),
    "scanner.other": "此码只能扫一次，已有别人扫过，现已失效。请在 Slack 中输入 /wxqr bind 重新获取。",
    "scanner.taken": "此微信已绑定一位 Slack 用户。请先在那边的 Slack 中输入 /wxqr unbind 解绑。",
    "scanner.late": "此码的有效期是 5 分钟，现已超时。请在 Slack 中输入 /wxqr bind 重新获取。",
    "scanner.over": "此码已失效：一个码只能扫一次，5 分钟内有效。如需绑定微信，请在 Slack 中输入 /wxqr bind 重新获取。",
    "scanner.unknown": "我不认识此码。请在 Slack 中输入 /wxqr bind 重新获取。",
    # on-call
    "alert.webhook_gone": (
        ":rotating_light: Webhook 接收方返回 410 Gone，我已停止发送。请更正 `WXQR_WEBHOOK_URL` 或接收方，"
        "然后重启我，积压的消息会补发，最多保留 7 天。"
    ),
    "alert.webhook_given_up": (
        ":rotating_light: Webhook 接收方 3 天内都没有接收一条消息，我已放弃该条 `{id}` ，"
        "最后一次返回 {status}；其他消息仍会继续尝试。请检查 `WXQR_WEBHOOK_URL` 是否正确。"
    ),
    "alert.webhook_healed": ":white_check_mark: Webhook 接收方已恢复接收消息。",
    # help
    "help.bind": "绑定：扫一次只有你能看到的码，把你的微信与 Slack 账号绑定。",
    "help.bind.more": (
        "码的有效期是 5 分钟，只能扫一次；重新获取后，之前的码作废。"
        "扫码后我会在这里问你是不是本人。取消关注公众号后，绑定自动解除。"
    ),
    "help.unbind": "解绑：解除你的微信与 Slack 账号的绑定。",
    "help.unbind.more": "曾收到绑定通知的其他系统也会收到解绑通知。再次绑定请用 `/wxqr bind` 命令。",
    "help.whoami": "查看你的微信是否已与 Slack 账号绑定，以及绑定时间。",
    "help.whoami.more": "只有你能看到。每个公众号的绑定各自独立。",
}
