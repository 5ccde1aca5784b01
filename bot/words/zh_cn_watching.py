"""What is said of watched codes, digests and exports, in Chinese."""

from collections.abc import Mapping

WATCHING: Mapping[str, str] = {
    "place.here": "此处",
    "place.in": " {channel} ",
    "place.elsewhere": "另一频道",
    "dates": "{first} 至 {last}",
    "forbidden.channel": "在这里只能操作公开频道。私有频道请到该频道内输入，让频道成员看到是谁操作的。",
    "watch.made": (
        "已开始在{where}跟踪 `{scene}` ：在二维码下方的消息列里计数，最多每分钟更新一次；"
        "新增关注达到 10、50、100、500 等数目时各发一条消息。"
    ),
    "watch.waits": (
        "暂时无法在{where}跟踪 `{scene}` ：我还不在该频道中。请在该频道输入 `/invite @wxqr` ，之后会自动开始跟踪。"
    ),
    "watch.there": "`{scene}` 已在{where}跟踪中。",
    "watch.ended": "已停止在{where}跟踪 `{scene}` ，已发的消息会保留。",
    "watch.never": "已取消在{where}跟踪 `{scene}` 。此前还没有开始，没有发过消息。",
    "watch.listed": "{where}正在跟踪 {count} 个码。",
    "watch.none": "{where}没有正在跟踪的码。用 `/wxqr watch SCENE` 开始跟踪。",
    "watch.entry": "`{scene}` · 累计扫码 {scans} 次 · 累计新增关注 {follows} · 由 {who} 于 {at} 开始跟踪",
    "watch.root": "`{scene}` 的扫码数在本消息列中更新。",
    "watch.counter": "扫码 *{scans}* 次 / *{people}* 人 · 新增关注 *{follows}* · 截至 {at}",
    "watch.milestone": "{code} 的新增关注已达到 *{milestone}* ，目前为 {follows}。",
    "watch.unable": "无法在{where}跟踪 `{scene}` ：我不在该频道中。",
    "watch.invite": "在该频道输入 `/invite @wxqr` 后会自动更新计数。",
    "watch.invite.private": "在该频道输入 `/invite @wxqr` 后会自动更新计数；也可在该频道输入 `/wxqr {command}` 停止。",
    "watch.trouble": ":warning: Slack 不让我发送计数。我可能不在该频道中，请输入 `/invite @wxqr` 。",
    "watch.archived": "不再在{where}跟踪 `{scene}` ：该频道已归档。",
    "watch.button.off": "停止跟踪",
    "watch.button.again": "重新跟踪",
    "not_found.watch": "该频道没有跟踪 `{scene}` 。",
    "digest.set.daily": "{where}每天 09:00（{zone}）会收到前一天的日报。",
    "digest.set.weekly": "{where}每周一 09:00（{zone}）会收到上一周的周报。",
    "digest.waits.daily": (
        "暂时无法向{where}发送日报：我还不在该频道中。请在该频道输入 `/invite @wxqr` ，"
        "之后每天 09:00（{zone}）会发送前一天的日报。"
    ),
    "digest.waits.weekly": (
        "暂时无法向{where}发送周报：我还不在该频道中。请在该频道输入 `/invite @wxqr` ，"
        "之后每周一 09:00（{zone}）会发送上一周的周报。"
    ),
    "digest.off": "{where}不再接收报告。",
    "digest.none": "{where}没有订阅报告。用 `/wxqr digest daily` 订阅日报，用 `/wxqr digest weekly` 订阅周报。",
    "digest.next": "下一期：{at}。没有数据则不发。",
    "digest.shanghai": "上海时间",
    "digest.asked_by": "由 {who} 设置。",
    "digest.trouble": ":warning: 上一期没有发出：我不在该频道中。请在该频道输入 `/invite @wxqr` ，下一期会照常发送。",
    "digest.button.daily": "日报",
    "digest.button.weekly": "周报",
    "digest.button.off": "停止",
    "digest.button.top": "排行",
    "digest.button.expiring": "即将到期",
    "digest.headline.daily": "日报 {dates}：扫码 *{scans}* 次，新增关注 *{follows}*",
    "digest.headline.weekly": "周报 {dates}：扫码 *{scans}* 次，新增关注 *{follows}*",
    "digest.headline.daily.named": "{account} 日报 {dates}：扫码 *{scans}* 次，新增关注 *{follows}*",
    "digest.headline.weekly.named": "{account} 周报 {dates}：扫码 *{scans}* 次，新增关注 *{follows}*",
    "digest.sums": "其中首次 {first}，重新关注 {returning} · 取关 {unfollows} · 净增 *{net}*",
    "digest.change.daily": "与前一天相比：扫码 {scans}，新增关注 {follows}",
    "digest.change.weekly": "与前一周相比：扫码 {scans}，新增关注 {follows}",
    "digest.best": "第一名：{code}，新增关注 {follows}，扫码 {scans} 次",
    "digest.table": "新增关注最多的二维码",
    "digest.expiring": ":warning: 7 天内到期的码：{count} 个",
    "digest.repaired": "向微信补查来源的关注：{share}。",
    "digest.chart": "每日扫码与关注",
    "digest.external": "外部场景的扫码：{share}。",
    "digest.days": "{dates}（上海时间）。",
    "digest.end": "在此输入 `/wxqr {command}` 即可停止此报告。",
    "digest.no_member": "{where}的报告没有发出：我不在该频道中。请在该频道输入 `/invite @wxqr` ，下一期会照常发送。",
    "digest.archived": "不再向{where}发送报告：该频道已归档。",
    "export.stats": "{what}（{dates}），CSV 和 XLSX 各一份，共 {rows} 行。",
    "export.scans": "{what}（{dates}），CSV 和 XLSX 各一份，共 {rows} 行。用户以化名表示，同一人的化名不变。",
    "export.what.stats.all": "所有码的统计",
    "export.what.stats.some": "`{scenes}` 的统计",
    "export.what.scans.all": "全部事件",
    "export.what.scans.some": "`{scenes}` 的事件",
    "export.cut": ":warning: 文件只含 {most} 行，其余请指定场景值或减少天数后再导出。",
    "export.nothing": "{what}（{dates}）：没有数据，无需导出。",
    "export.title.csv": "{what}（{dates}）· CSV",
    "export.title.xlsx": "{what}（{dates}）· XLSX",
    "export.days": "含今天。各列含义可用 `/wxqr help export` 查看。",
    "help.watch": "跟踪扫码：在二维码下方的消息列里计数。不写 SCENE 则列出本频道跟踪的码。",
    "help.watch.more": (
        "计数在原消息上更新，最多每分钟一次。新增关注达到 10、50、100、500、1,000 等数目时，"
        "各在频道里通知一次。用 `--off` 停止。"
    ),
    "help.digest": "订阅报告：每天早上的日报，或每周一的周报。不带参数则显示本频道的设置。",
    "help.digest.more": (
        "按机器人的时区在 09:00 发送，没有数据则不发。内容包括总数、前五名、7 天内到期的码，以及与微信官方数据的比对。"
    ),
    "help.export": "导出统计或全部事件（仅限运维人员），以 CSV 和 XLSX 私信发给你。",
    "help.export.more": (
        "`stats` 每个码一行：扫码次数、扫码人数、新增关注、重新关注、取关、净增。"
        "用 `scans` 则每条事件一行，用户以化名表示。最多 100,000 行。"
    ),
    "cli.export.days": "只导出最近这么多天（含今天）；不写则导出全部",
    "cli.export.app_id": "有多个公众号时，导出哪一个",
    "cli.export.which": "有多个公众号，请用 --app-id 指定：{app_ids}",
    # adopt
    "adopt.done.named": (
        "场景 `{scene}` 已由你认领，名称 *{name}* ，会在 `stats` 、 `top` 和 `digest` 中计入你和 {channel} 名下。"
    ),
    "adopt.done.plain": "场景 `{scene}` 已由你认领，会在 `stats` 、 `top` 和 `digest` 中计入你和 {channel} 名下。",
    "adopt.elsewhere": "二维码仍由其他系统生成：我能统计，但不能重绘、续期或停用。认领前的扫码也计算在内。",
    "adopt.stats": "查看统计",
    "adopt.button": "认领此场景",
    "help.adopt": "认领由其他系统生成的场景，使它有名称和归属，一起参与统计。",
    "help.adopt.more": "归属人或运维人员可以再次认领，以更改名称或所属频道。",
    "conflict.own_scene": "`{scene}` 的二维码就是在这里生成的，已有归属。",
    "conflict.invalid_scene": "`{scene}` 不是有效的场景值：某处生成二维码时出了错，无法认领。",
    "not_found.scanned": "还没有人扫过场景 `{scene}` 的二维码，无从认领。",
    "forbidden.adopted": "`{scene}` 属于 {owner}：只有其本人或运维人员可以更改。",
}
