"""What `wxqr doctor`, `wxqr backup` and `wxqr export` say in Chinese."""

from collections.abc import Mapping

DOCTOR: Mapping[str, str] = {
    "doctor.good": "一切正常。",
    "doctor.wrong": "需要处理的问题：{wrong} 项。",
    # this machine
    "doctor.settings": "配置：公众号 {accounts}；Slack 接入方式为 {door}。",
    "doctor.door.http": "HTTP（POST /slack/events）",
    "doctor.door.socket": "Socket Mode",
    "doctor.operators": "运维人员：{operators} 位。",
    "doctor.operators.none": (
        "运维人员：未设置，没有人能使用 `/wxqr refresh` 命令。请在 WXQR_OPERATORS 中填写 Slack 用户 ID，"
        "例如 U012ABCDEF。"
    ),
    "doctor.operators.wrong": (
        "运维人员：{nobody} 不是 Slack 用户 ID。请在 Slack 中打开个人资料 → ⋮ → 复制成员 ID，填入 WXQR_OPERATORS。"
    ),
    "doctor.database.new": "数据库 {database}：尚不存在，机器人启动时会自动创建。",
    "doctor.database.whole": "数据库 {database}：完好，可以写入，{kilobytes} KB。",
    "doctor.database.damaged": (
        "数据库 {database}：已损坏（{found}）。请停止机器人，保留该文件，再换上最近一次 `wxqr backup` 的备份。"
    ),
    "doctor.database.unusable": "数据库 {database}：无法使用：{why}。请检查该文件及其属主。",
    "doctor.database.no_folder": "数据库：文件夹 {folder} 不存在。请创建它，或改正 WXQR_DATABASE。",
    "doctor.database.closed_folder": (
        "数据库：文件夹 {folder} 不可写。请把它交给运行机器人的用户；SQLite 还要在数据库旁边写文件。"
    ),
    "doctor.disk.free": "磁盘 {folder}：剩余 {free} MB。",
    "doctor.disk.full": "磁盘 {folder}：仅剩 {free} MB。请清理，至少留出 {least} MB。",
    "doctor.port.free": "端口 {where}：空闲。",
    "doctor.port.running": "端口 {where}：已有 wxqr 在运行。",
    "doctor.clock.right": "时钟：准确（与 {hosts} 一致）。",
    "doctor.clock.ahead": "时钟：比 {host} 快 {off}。请用 NTP 校时；相差超过 5 分钟，签名会被拒绝。",
    "doctor.clock.behind": "时钟：比 {host} 慢 {off}。请用 NTP 校时；相差超过 5 分钟，签名会被拒绝。",
    "doctor.clock.unknown": "时钟：未能核对，没有任何一方告知时间。",
    # Slack
    "doctor.slack.bot_token": "Slack bot token：{team} 中的 {user}。",
    "doctor.slack.bot_token.refused": (
        "Slack bot token：被拒绝 (`{error}`) 。请把“OAuth & Permissions”中的 Bot User OAuth Token（xoxb-…）"
        "填入 SLACK_BOT_TOKEN。"
    ),
    "doctor.slack.bot_token.person": (
        "Slack bot token：它属于个人而不是机器人。请把 Bot User OAuth Token（xoxb-…）填入 SLACK_BOT_TOKEN。"
    ),
    "doctor.slack.app_token": "Slack app token：可以打开 Socket Mode 连接。",
    "doctor.slack.app_token.refused": (
        "Slack app token：被拒绝 (`{error}`) 。请启用 Socket Mode，并把带有 connections:write 权限的 app-level token"
        "（xapp-…）填入 SLACK_APP_TOKEN；如改用 HTTP 接入，请不要设置它。"
    ),
    "doctor.slack.scopes": "Slack 权限：{scopes}。",
    "doctor.slack.scopes.missing": (
        "Slack 权限：缺少 {missing}。请按 manifest.yml 在“OAuth & Permissions”中添加，然后重新安装应用。"
    ),
    "doctor.slack.silent": "Slack 没有响应 {method}（{url}）。请检查网络、代理和 SLACK_API_URL，然后重试。",
    # WeChat
    "doctor.wechat.token": "微信 {account}：access_token 来自 {source}，剩余 {left}。",
    "doctor.wechat.not_asked": (
        "微信 {account}：未检查。WECHAT_TOKEN_API=token 时，重新获取 access_token 会使正在使用的失效，"
        "而数据库中没有可用的。请用 `/wxqr status` 查看运行中的机器人，或改用 stable_token。"
    ),
    "doctor.wechat.quota": "微信 {account}：今日还可生成 {remain} / {limit} 个二维码。",
    "doctor.wechat.callback": "微信 {account}：消息推送可以到达（{times}）。",
    "doctor.wechat.callback.lost": (
        "微信 {account}：消息推送无法到达（{times}）。请检查服务器地址（URL）所在的主机及其防火墙。"
    ),
    "doctor.wechat.refused": "微信 {account}：{what}（errcode {errcode}，rid {rid}）",
    "doctor.wechat.silent": "微信 {account}：{path} 没有响应（{url}）。请检查网络、代理和 WECHAT_API_URL，然后重试。",
    # backup and export
    "cli.export.no": "未导出：{why}",
    "safekeeping.no_database": "数据库 {database} 不存在，请用 WXQR_DATABASE 指明位置",
    "safekeeping.exists": "{file} 已经存在，不会覆盖任何文件",
    "safekeeping.damaged": "数据库已损坏（{found}），副本也会是坏的",
}
