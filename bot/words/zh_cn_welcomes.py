"""What is said about welcomes and tags, in Chinese."""

from collections.abc import Mapping

WELCOMES: Mapping[str, str] = {
    # what scanners are told
    "reply.codes.scene": "`{pattern}`",
    "reply.codes.many": "所有以此开头的码 `{pattern}`",
    "reply.codes.every": "没有单独设置的所有码，以及不经扫码的关注",
    "reply.set": ":white_check_mark: 已生效（第 {version} 版）。",
    "reply.removed": ":white_check_mark: 已取消（第 {version} 版），不再发送。",
    "reply.same": "没有改动：与第 {version} 版的内容相同。",
    "reply.decided": "*扫码回复* · {codes} · 第 {version} 版 · {by} · {at}",
    "reply.silent": "*扫码回复* · {codes} · 已由 {by} 于 {at} 取消",
    "reply.never": "*扫码回复* · {codes} · 尚未设置",
    "reply.newcomers": ":wave: *扫码后新关注的人会收到*",
    "reply.newcomers.nothing": ":wave: *扫码后新关注的人* 不会收到回复",
    "reply.followers": ":bust_in_silhouette: *已关注的人扫码会收到*",
    "reply.followers.same": ":bust_in_silhouette: *已关注的人扫码* 收到同样的内容",
    "reply.followers.nothing": ":bust_in_silhouette: *已关注的人扫码* 不会收到回复",
    "reply.text": "{text}",
    "reply.article": "{text}\n点击打开 {link} · 图片 {picture}",
    "reply.further": "一分钟内接着发送",
    "reply.nothing": "扫码的人不会收到回复。",
    "reply.covered": "单独设置之前，使用 `{pattern}` 的回复：",
    "reply.elsewhere": (
        "这里没有为这个场景值生成过二维码，也没有见过它的扫码。其他系统生成的码同样有效；否则请检查场景值是否写对。"
    ),
    "reply.draft": "*尚未生效* · 扫码回复 · {codes}",
    "reply.draft.off": "*尚未生效* · 取消扫码回复 · {codes}",
    "reply.draft.until": "涉及许多二维码，需要你确认后才生效；确认之前一切照旧。",
    "reply.hold": "确认生效",
    "reply.hold.confirm": "今后扫这些码的人都会收到这个内容。确认生效吗？",
    "reply.write": "设置回复",
    "reply.edit": "修改",
    "reply.revert": "撤销上次修改",
    "reply.revert.confirm": "撤销上次修改？将恢复第 {version} 版的内容，作为新的一版。{then}",
    "reply.again": "恢复第 {version} 版",
    "reply.again.confirm": "恢复第 {version} 版？恢复后会成为新的一版。{then}",
    "reply.then": "之后扫码的人会收到：{text}",
    "reply.then.nothing": "该版没有内容：之后扫码的人会收到范围更大的回复；如果没有，就不会收到回复。",
    "reply.history": "历史版本",
    "reply.off": "取消回复",
    "reply.off.confirm": "取消这个回复？之后扫码的人会收到范围更大的回复；如果没有，就不会收到回复。",
    "reply.versions": "*扫码回复* · {codes} · 历史版本",
    "reply.entry": "*{version}* · {by} · {at} · {text}",
    "reply.entry.off": "已取消",
    "reply.every": "本公众号的扫码回复：{welcomes} 个",
    "reply.every.none": "本公众号还没有扫码回复。可用 `/wxqr reply SCENE` 设置。",
    "reply.every.entry": "`{pattern}` · {text}",
    "reply.default": "所有码的回复",
    "usage.pattern": (
        "`{typed}` 不能用来指定二维码：请写场景值，或写开头加星号（如 `activity_*` 这样），或用 `*` 代表所有码。"
    ),
    "usage.passage_empty": (
        "文字是空的，没有做任何改动。请写明扫码的人会收到的内容；不回复请写 `none` ，取消回复请用 `--off` 选项。"
    ),
    "usage.passage_empty.form": "文字是空的，请填写扫码的人会收到的内容。",
    "usage.passage_long": "微信最多接受 {most} 字节（约 680 个汉字），这段文字有 {bytes} 字节。",
    "usage.title_long": "标题最多 {most} 个字符，这个有 {length} 个。",
    "usage.address": "`{typed}` 不是微信能打开的网址：必须以 `https://` 开头。",
    "usage.article": "图文需要同时填写 `--title --picture --link` 三项，还缺 `{missing}` 一项。",
    "usage.article.form": "标题、图片和点击后打开的网址要一起填写，这里还缺一项。",
    "usage.nothing_written": "请填写扫码的人会收到的内容：一段文字，或标题、图片和点击后打开的网页。",
    "usage.no_tag": "请填写标签，或在下面选择停止。",
    "usage.more": "接着发送的文字最多 {most} 条，合计不超过 {characters} 个字符。",
    "forbidden.owner": "`{scene}` 属于 {owner} ：只有本人和运维人员可以修改扫码后的内容。",
    "forbidden.nobodys": (
        "这里没有为场景值 `{scene}` 生成过二维码。请检查是否写对；只有运维人员可以为它设置回复或标签。"
        "如果二维码由其他系统生成，并且已有人扫过，可用 `/wxqr adopt {scene}` 认领。"
    ),
    "forbidden.pattern": (
        "`{pattern}` 可能包含别人的二维码，包括以后生成的，只有运维人员可以修改它的回复。"
        "请联系他们，或为自己的场景值逐个设置。"
    ),
    "not_found.version": "`{pattern}` 没有第 {version} 版。可用 `/wxqr reply {pattern} --history` 查看有哪些版本。",
    "not_found.draft": "`{pattern}` 的那份草稿已不在，请重新填写。",
    "help.reply": "设置扫码后的自动回复：文字，或点击打开网页的图片。",
    "help.reply.more": (
        "`/wxqr reply SCENE` 显示现在的回复，并可用表单修改。写下的就是完整的回复： `--text` 是新关注的人收到的文字，"
        "加上 `--title --picture --link` 则成为图文； `--more` （最多 3 次）在一分钟内接着发送； `--followers` "
        "是已关注的人收到的文字（不写则相同，写 `none` 则不回复）。用 `--history` 查看历史版本，用 `--off` 取消。"
        "把 SCENE 换成 `activity_*` 则对所有以此开头的码有效，换成 `*` 则对所有码有效：仅限运维人员，预览确认后生效。"
    ),
    "help.reply.example": 'reply spring-booth --text "欢迎关注，这是你的优惠券：……"',
    # tags
    "tag.rule": "扫 `{scene}` 关注的人会打上标签 *{tag}* 。",
    "tag.none": "扫 `{scene}` 关注的人不打标签。可用 `/wxqr tag {scene} TAG` 设置。",
    "tag.counted": "至今已打 {tagged} 人。由 {by} 于 {at} 设置。",
    "tag.refused": ":warning: 有 {refused} 人没能打上：他们已有 {most} 个标签，达到微信上限。",
    "tag.lost": ":warning: 微信在 {at} 已查不到这个标签。可用 `/wxqr tag SCENE TAG` 重新设置。",
    "tag.new": "这是新建的标签：本公众号的 {most} 个标签已用 {used} 个。",
    "tag.few_left": ":warning: 本公众号的 {most} 个标签已用 {used} 个。",
    "tag.removed": "扫 `{scene}` 关注的人不再打标签 *{tag}* ；已打上的 {tagged} 人保持不变。",
    "tag.off": "不再打标签",
    "tag.off.confirm": "今后扫这个码关注的人不再打标签，确定吗？",
    "tag.every": "关注后打标签的码：{rules} 个",
    "tag.every.none": "本公众号还没有关注后打标签的码。可用 `/wxqr tag SCENE TAG` 设置。",
    "tag.entry": "`{scene}` · *{tag}* · {tagged} 人",
    "usage.tag_long": "标签名最多 10 个汉字或 {most} 个字母，这个有 {length} 个字符。",
    "conflict.tags_full": (
        "本公众号已有 {most} 个标签，达到微信上限，其中没有 `{tag}` 这个标签。"
        "请改用已有的（ `/wxqr groups` 可查看），或在公众号后台删除一个。"
    ),
    "not_found.tag": "扫 `{scene}` 关注的人本来就不打标签，无需取消。",
    "help.tag": "给扫码关注的人打标签。",
    "help.tag.more": (
        "`/wxqr tag SCENE` 显示标签和已打上的人数， `--off` 停止打标签。微信还没有的标签会自动新建："
        "每个公众号最多 100 个，每位粉丝最多 20 个。用 `/wxqr tag` 查看所有会打标签的码。"
    ),
}
