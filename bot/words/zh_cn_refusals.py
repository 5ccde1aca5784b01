"""Every "no" that is not WeChat's, in Chinese."""

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    # what cannot be read
    "usage.line": "用法 `/wxqr {usage}`",
    "usage.command": "没有 `{typed}` 这个命令。",
    "usage.command_near": "没有 `{typed}` 这个命令。想用的是不是 `{near}` ？",
    "usage.form_which": "要填哪个表单？ `form` 后面可写 {which}。",
    "usage.form_none": "`{typed}` 没有表单，无需填写，直接使用即可。",
    "usage.open_quote": "从 {typed} 开始的引号没有闭合。",
    "usage.scene_long": "场景值最多 64 个字符，这个有 {length} 个。",
    "usage.scene_characters": ("`{typed}` 不能用作场景值：只能用 `A-Z a-z 0-9 _ . -` 这些字符，最多 64 个。"),
    "usage.scene_one": "这里只能写一个场景值，不能用逗号隔开多个： `{typed}` 。",
    "usage.scene_or_name": (
        "`{typed}` 不能用作场景值：只能用 `A-Z a-z 0-9 _ . -` 这些字符，最多 64 个。想用中文名称请写在 `--name` 后面。"
    ),
    "usage.scene_or_name.form": (
        "`{typed}` 不能用作场景值：只能用 `A-Z a-z 0-9 _ . -` 这些字符，最多 64 个。中文可以写在下面的名称里。"
    ),
    "usage.scene_zero": "场景值不能为 0：数字请从 1 开始，或改用名称。",
    "usage.permanent_number": "`{scene}` 超出范围：永久码的数字场景值限 1 到 100000。可改用 `n-{scene}` 这样的名称。",
    "usage.permanent_ttl": "永久码永久有效，不能写 `--ttl` 。有期限的码请用 `/wxqr temp` 生成。",
    "usage.scene_dash": "`{typed}` 不能用作新的场景值：请以字母或数字开头。",
    "usage.ttl": "`{typed}` 不是有效期的写法。请写成 30m、12h 或 7d。",
    "usage.ttl_unit": "{typed} 后面少了单位。请写成 {likely}。",
    "usage.ttl_range": "`{typed}` 超出范围：临时码的有效期是 1 分钟到 30 天。需要更久请用 `/wxqr perm` 生成永久码。",
    "usage.name_long": "名称最多 80 个字符，这个有 {length} 个。",
    "usage.number": "`{typed}` 不是正整数。",
    "usage.number.option": "`{option}` 只能写正整数，不能写 `{typed}` 。",
    "usage.days.option": "`{option}` 只能写 1 到 400 之间的数字，不能写 `{typed}` 。",
    "usage.choice": "这里只能写 {allowed}，不能写 `{typed}` 。",
    "usage.choice.option": "`{option}` 只能写 {allowed}，不能写 `{typed}` 。",
    "usage.option": "没有 `{typed}` 这个选项。",
    "usage.option_near": "没有 `{typed}` 这个选项。想用的是不是 `{near}` ？",
    "usage.option_empty": "`{option}` 后面要写内容，例如 {allowed}。",
    "usage.option_which": "`{option}` 后面要写 {allowed}。",
    "usage.twice": "`{option}` 写了两次，请只保留一个。",
    "usage.word": "不明白 `{typed}` 的用途。",
    "usage.word_quotes": "不明白 `{typed}` 的用途。内容中有空格时请加引号，写成 `{near}` 这样。",
    "usage.word_near": "不明白 `{typed}` 的用途。想写的是不是 `{near}` ？",
    "usage.missing": "缺少 {missing}。",
    "usage.missing.form": "请填写这一项。",
    "usage.which": "请写明是哪一个：{allowed}。",
    # other refusals
    "not_found.scene": "这里没有为场景值 `{scene}` 生成过二维码。",
    "not_found.scene_near": "这里没有为场景值 `{scene}` 生成过二维码。想找的是不是 `{near}` ？",
    "not_found.account": "没有 `{typed}` 这个公众号。可选：{names}。",
    "conflict.live": "场景值 `{scene}` 的二维码仍在有效期内：由 {owner} 在 {channel} 申请。",
    "conflict.live.anyway": "仍要生成",
    "conflict.live.confirm": "两个码的扫码都会计入同一个场景值。确定再生成一个吗？",
    "conflict.unknown": (
        "曾于 {at} 向微信申请 `{scene}` 的永久码，但没有收到可读的答复，不确定是否已生成。"
        "我不会自动重试，以免再永久占用 100,000 个额度中的一个。"
    ),
    "conflict.unknown.anyway": "重新申请",
    "conflict.unknown.confirm": "可能会再占用本公众号 100,000 个永久码额度中的一个。确定重新申请吗？",
    "conflict.being_minted": "`{scene}` 的永久码正在生成中，请稍后再试。",
    "conflict.being_minted.anyway": "再试一次",
    "conflict.being_minted.confirm": "确定再试一次吗？",
    "conflict.no_number": "从 {first} 到 {last}，我试过的数字都已被占用。请自己指定一个场景值。",
    "conflict.no_number.anyway": "再试一次",
    "conflict.no_number.confirm": "确定再试一次吗？",
    "conflict.renew_permanent": "`{scene}` 是永久码，永久有效，无需续期。",
    "conflict.refresh_soon": "刚刚强制刷新过。按微信的要求，请再等 {wait} 秒。",
    "conflict.refresh_often": "微信只允许 24 小时内强制刷新 {a_day} 次，次数已用完。",
    "forbidden.operators": (
        "`/wxqr {command}` 仅限运维人员使用。运维人员的 Slack 用户 ID 列在 `WXQR_OPERATORS` 中，请联系他们。"
    ),
    "forbidden.operators.form": "仅限运维人员使用，请联系他们。",
    "not_kept.now": "无法写入记录，因此没有执行任何操作：{why}。请稍后再试。",
    "not_kept.busy": "数据库繁忙，这条命令没有受理，也没有执行任何操作。请再试一次。",
    "not_kept.minted": (
        ":rotating_light: 微信已生成 `{scene}` 的二维码，但未能写入记录。请务必保存 {url} 并告知运维人员。"
    ),
    "bug": "我出了故障。详情已记入日志，请把编号 `{reference}` 转告运维人员。",
    # Slack
    "slack.refused": "Slack 拒绝了请求：{method} 返回 `{error}` 错误，请运维人员查看。",
    "slack.not_in_channel": "我不在这个频道里。请在此输入 `/invite @wxqr` 邀请我。",
    "slack.unavailable": "Slack 没有响应（{method}）。",
    "slack.unknown": (
        "我对 `/wxqr {command}` 作了回复，但 Slack 中途断开（{method}），不确定你是否收到。如果没看到，请点按钮。"
    ),
    "slack.given_up": "很久都没能把 `/wxqr {command}` 的结果发给你：Slack 一直没有接收。点按钮可重试。",
    "slack.never_shown": "Slack 接收了 `/wxqr {command}` 的文件，却没有显示。没有东西丢失，点按钮可重新发布。",
    "slack.repeat": "再执行一次",
}
