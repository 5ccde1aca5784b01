"""What the bot says in Chinese, and the Chinese names of its commands.

Slack reads `…` and *…* only where no Chinese character touches them, so a space stands on either side.
"""

from collections.abc import Mapping

from bot.words.zh_cn_binding import BINDING
from bot.words.zh_cn_doctor import DOCTOR
from bot.words.zh_cn_figures import FIGURES
from bot.words.zh_cn_forms import FORMS
from bot.words.zh_cn_program import PROGRAM
from bot.words.zh_cn_refusals import REFUSALS
from bot.words.zh_cn_stats import STATS
from bot.words.zh_cn_watching import WATCHING
from bot.words.zh_cn_wechat import WECHAT
from bot.words.zh_cn_welcomes import WELCOMES

# what people type instead of a command's English name, in simplified and in traditional characters
_NAMES: Mapping[str, str] = {
    "temp": "临时 临时码 生成 臨時 臨時碼",
    "perm": "永久 永久码 永久碼",
    "renew": "续 续期 续码 續 續期 續碼",
    "show": "看 查看 查 查询 显示 查詢 顯示",
    "draw": "下载 打印 印刷 下載 列印",
    "list": "列表 清单 搜索 清單 搜尋",
    "groups": "分组 分組",
    "reply": "回复 欢迎语 回覆 歡迎語",
    "tag": "标签 打标签 標籤 打標籤",
    "status": "状态 狀態",
    "refresh": "刷新 重新整理",
    "watch": "跟踪 观察 跟蹤 觀察",
    "adopt": "认领 認領",
    "digest": "报告 日报 周报 订阅 報告 日報 週報 訂閱",
    "export": "导出 匯出 導出",
    "help": "帮助 说明 幫助 說明 ?",
    "bind": "绑定 綁定",
    "stats": "统计 統計 数据",
    "top": "排行 排行榜 排名",
    "unbind": "解绑 解綁",
    "whoami": "我是谁 我是誰",
}
COMMANDS: Mapping[str, str] = {name: command for command, names in _NAMES.items() for name in names.split()}

SENTENCES: Mapping[str, str] = {
    **PROGRAM,
    **WECHAT,
    **DOCTOR,
    **REFUSALS,
    **BINDING,
    **FIGURES,
    **FORMS,
    **STATS,
    **WELCOMES,
    **WATCHING,
    # the post of a code
    "code.headline.temp.named": "*{name}* · 临时码 · 场景值 `{scene}` · 有效期至{until}",
    "code.headline.temp.plain": "临时码 · 场景值 `{scene}` · 有效期至{until}",
    "code.headline.perm.named": "*{name}* · 永久码 · 场景值 `{scene}`",
    "code.headline.perm.plain": "永久码 · 场景值 `{scene}`",
    "code.title": "公众号二维码，场景值 {scene}",
    "code.verified": ":white_check_mark: 微信官方图片，发布前已解码核对",
    "code.drawn": (
        ":warning: 微信图片未能下载，或解码后与二维码的 url 不一致，这张图由我按 url 重新绘制，扫码效果完全相同。"
    ),
    "code.was_there": "这个场景值已有永久码：由 {owner} 于 {at} 申请，现在返回的就是它。",
    "code.generation": "这是该场景值的第 {generation} 代二维码。此前印出去的是旧码，到期即失效。",
    "code.invite": "我不在本频道，只能显示图片，无法上传文件。在此输入一次 `/invite @wxqr` 即可。",
    "code.in_dm": "文件发不到这里，已改为私信发给你。输入 `/invite @wxqr` 可邀请我进入频道。",
    "code.in_dm.several": "这些文件发不到这里，已改为私信发给你。输入 `/invite @wxqr` 可邀请我进入频道。",
    "code.elsewhere": "文件已私信发给你。",
    "code.elsewhere.several": "这些文件已私信发给你。",
    "show.expired": ":warning: 此码已过期，扫码的人会看到过期提示。续期会得到一张新的图片。",
    "show.drawn": "发布时未能验证微信的原图；按 url 重新绘制的图片扫码效果相同。",
    "code.not_here": "我不能在此会话中发文件，所以只显示图片。",
    "forbidden.outside": "此机器人属于另一个工作区，按钮只供该工作区的成员使用。",
    "draw.expired": ":warning: 这个码已过期，请勿印刷，先续期。",
    "draw.temporary": ":warning: 这是临时码，到期后印刷品即失效。印刷请用 `/wxqr perm` 生成永久码。",
    "draw.lasting": "按二维码的 url 绘制，四周留白 4 个模块。印刷宽度请不小于 2 厘米。",
    "label.asked_by": "申请人",
    "label.asked_at": "申请时间",
    "label.channel": "频道",
    "label.direct": "私信",
    "label.value": "*{label}*\n{value}",
    # buttons
    "button.renew": "续期",
    "button.renew.confirm": "为场景值 {scene} 生成新的临时码并发到这里？已经印出去的仍是旧码。",
    "button.svg": "SVG",
    "button.pdf": "PDF",
    "button.png": "PNG 大图",
    "button.show": "查看原码",
    "button.post": "发到频道",
    "button.help": "帮助",
    "button.form": "填写表单",
    "usage.form": "表单中有内容无法识别。",
    "button.meant": "/wxqr {command}",
    "button.mine": "我的二维码",
    "button.status": "状态",
    "button.again": "再查一次",
    "button.previous": "上一页",
    "button.next": "下一页",
    "confirm.title": "确认操作",
    "confirm.yes": "确定",
    "confirm.no": "取消",
    # lists
    "list.counted": "找到 {total} 个二维码；永久码已用 {used} / 100,000。",
    "list.nothing": "没有找到。这里只列出有效的二维码，已过期的可用 `/wxqr show SCENE` 查看。",
    "list.code": "`{scene}`",
    "list.code.named": "`{scene}` · {name}",
    "list.entry.temp": "{code} · 临时，有效期至{until} · {owner}",
    "list.entry.perm": "{code} · 永久 · {owner}",
    "list.entry.unknown": ":warning: {code} · 待确认微信是否已生成 · {owner}",
    "list.page": "第 {page} 页，共 {pages} 页",
    "groups.counted": "共 {groups} 个粉丝分组（微信现称“标签”）",
    "groups.largest": "只显示人数最多的 {shown} 个，共 {groups} 个。",
    "groups.none": "这个公众号还没有粉丝分组。",
    "groups.entry": "*{name}* · {size} 人",
    # status and refresh
    "status.good": ":large_green_circle: {whose}access_token 正常",
    "status.bad": ":red_circle: {whose}没有可用的 access_token",
    "status.refused": ":red_circle: {whose}微信拒绝了 access_token，也获取不到新的",
    "status.troubled": ":large_yellow_circle: {whose}access_token 正常，但下面有问题需要处理",
    "status.whose": "*{account}* · ",
    "status.token": (
        "*调用凭据 access_token* · 剩余 {left}；{age}前（{at}）在 `{host}` 上从 `{source}` 获取；"
        "24 小时内强制刷新 {forced} / 20 次"
    ),
    "status.token.none": "*调用凭据 access_token* · 无。{why}",
    "status.failure": "*最近一次失败* · {at} · `{host}` · errcode {errcode} · rid {rid} · {what}",
    "status.failure.same": "*最近一次失败* · {at} · `{host}` · errcode {errcode} · rid {rid}",
    "status.quota": "*今日额度* `{path}` · 已用 {used} / {limit}，剩余 {remain}",
    "status.quota.none": "*今日额度* `{path}` · 未知。{why}",
    "status.permanent": "*永久码* · 本工具已生成 {used} 个；100,000 个额度最多还剩 {left} 个",
    "status.callback.reached": "*消息推送* · 微信可以访问（{times}）",
    "status.callback.lost": ":warning: *消息推送* · 微信无法访问（{times}）。请检查服务器地址（URL）所在的主机。",
    "status.callback.none": "*消息推送* · {why}",
    "status.slack.http": "*Slack* · 通过 HTTP 调用",
    "status.slack.up": "*Slack* · 已通过 Socket Mode 连接",
    "status.slack.down": ":warning: *Slack* · 未连接，正在不断重连",
    "status.scheduler.up": "*定时任务* · 运行中",
    "status.scheduler.down": ":warning: *定时任务* · 已停止，请重启机器人。",
    "status.database": "*数据库* · {kilobytes} KB；处理中的命令 {waiting} 条",
    "status.version": "wxqr {version}",
    "refresh.done": "已启用新的 access_token，剩余 {left}。24 小时内强制刷新 {forced} / {a_day} 次。",
    # alerts
    "alert.token_broken": ":rotating_light: *{account}* ：拿不到 access_token，暂时无法生成二维码。",
    "alert.token_healed": ":white_check_mark: *{account}* ：access_token 已恢复正常，故障始于 {since}。",
    # help
    "help.accounts": "公众号：{names}。用 `--account NAME` 选择。",
    "help.about": "*wxqr* 为公众号生成带参数二维码，并替你记住每一个。",
    "help.entry": "`/wxqr {usage}`\n{what}",
    "help.example": "示例 `/wxqr {example}`",
    "help.scene": "SCENE 是场景值：1–9 位数字按数字处理；其他写法限 `A-Z a-z 0-9 _ . -` 这些字符，最多 64 个。",
    "help.footer": (
        "`/wxqr help COMMAND` 可看某个命令的详细说明。"
        "命令也可以用中文：临时、永久、续期、查看、下载、列表、统计、排行、认领、跟踪、报告、导出、回复、标签、绑定、解绑、我是谁、"
        "分组、状态、刷新、帮助。"
        "后面的词和选项也一样，如：列表 我的、统计 --按 周、临时 --有效期 两天。"
        "二维码和印刷文件会发到频道，所有人可见；其他回复只有你能看到。"
    ),
    "help.temp": "生成临时码：默认 30 分钟，最长 30 天。不写 SCENE 则取下一个空闲数字。",
    "help.temp.more": (
        "`--ttl` 可写 30m、12h、7d；用 `--name` 起一个给人看的名称；用 `--private` 则二维码只有你能看到。"
        "如果场景值正在别的频道或被别人使用，我会先告诉你。"
    ),
    "help.perm": "生成永久码：每个场景值只有一个，永久有效，谁再申请得到的都是它。",
    "help.perm.more": (
        "微信给每个公众号 100,000 个永久码，用掉就无法删除。"
        "数字场景值限 1 到 100000，其他情况请用 `campaign-x` 这样的名称。"
    ),
    "help.renew": "续期：为已有的场景值生成新的临时码。",
    "help.renew.more": "微信不能延长已有的码：续期得到的是一张新图，需要重新发布、重新印刷。",
    "help.show": "查看二维码：谁、何时、为什么申请，何时到期。",
    "help.show.more": "只有你能看到；加上 `--post` 会发到频道里。",
    "help.draw": "下载印刷用的二维码文件，按 url 绘制。",
    "help.draw.more": (
        "SVG 和 PDF 是矢量文件，PNG 宽约 2000 像素。文件会发到频道；"
        "点二维码下方的按钮，则发到该消息的消息列；如果那个码只有你能看到，则私信发给你。"
    ),
    "help.list": "列出二维码：全部、临时、永久、我的，或 7 天内到期的。",
    "help.list.more": "TEXT 可以是场景值或名称中的一段，例如用 `/wxqr list poster` 查找。",
    "help.groups": "列出公众号的粉丝分组及人数。",
    "help.groups.more": "微信现在把分组称为“标签”，按人数从多到少排列。",
    "help.status": "值班用：调用凭据、额度、消息推送、定时任务、数据库的状态。",
    "help.status.more": "不会显示任何密钥。需要向微信查询，请稍等片刻。",
    "help.refresh": "强制刷新 access_token，仅限运维人员。",
    "help.refresh.more": "旧的 access_token 会立即失效，其他程序也不能再用。每天最多 20 次，间隔至少 30 秒。",
    "help.help": "显示本帮助，或某个命令的详细说明。",
    "help.help.more": "`/wxqr help temp`",
    # choices
    "either": "{others} 或 {last}",
    "either.comma": "、",
    # durations
    "span.day": "{number} 天",
    "span.days": "{number} 天",
    "span.hour": "{number} 小时",
    "span.hours": "{number} 小时",
    "span.minute": "{number} 分钟",
    "span.minutes": "{number} 分钟",
    "span.second": "{number} 秒",
    "span.seconds": "{number} 秒",
}
