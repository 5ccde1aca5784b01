// What the page itself says, in the language of the person it is looked at with.

const ENGLISH = {
  workspace: "Sandbox", channels: "Channels", apps: "Apps", people: "Look with the eyes of", home: "Home",
  members: "{count} members", bot_absent: "wxqr is not in this channel: /invite @wxqr",
  only_you: "Only visible to you", app: "APP", edited: "(edited)", replies: "Replies: {count}",
  placeholder: "Message {where} — or type /wxqr help", send: "Send", message: "Message",
  acknowledged: "{what} — acknowledged in {ms} ms", failed: "{what} failed with the error “{error}”",
  no_command: "{what} is not a valid command.", lost: "The sandbox is gone; waiting for it to come back.",
  nothing_said: "Nothing has been said here yet.", no_home: "The app has not published a home.",
  download: "Download", not_kept: "no longer kept", close: "Close", enlarge: "Enlarge", optional: "optional",
  wechat: "WeChat", access_token: "Access token", none: "none",
  seconds_left: "{count} s left", permanent: "Permanent codes", quotas: "Quotas today", calls: "Last calls to WeChat",
  slack_calls: "Last calls to Slack", clock: "Clock", moved: "{days} d {hours} h ahead of this machine",
  hour: "+1 hour", day: "+1 day", month: "+30 days", faults: "Faults", once: "Once", always: "On", heal: "Heal all",
  token_revoked: "Access token revoked", busy: "WeChat busy (-1)", quota_used_up: "Quota used up (45009)",
  permanent_full: "100,000 permanent codes used (45029)",
  ip_not_allowed: "IP not allowed (40164), at the next access token", image_host_down: "Image host down",
  image_wrong: "Image of another code", slow: "WeChat slow (2 s)", slack_429: "Slack: too many requests (429)",
  slack_5xx_after: "Slack: 500 after doing it", not_in_channel: "Slack: bot not in the channel",
  push_thrice: "Each push three times", push_empty_key: "Follow by a code without EventKey", push_lost: "Push lost",
  share_never: "Slack: file is never shown", duplicate_delivery: "Slack: command sent twice", open_panel: "WeChat",
  scan: "Scan with a phone", who_scans: "Who scans", newcomer: "a newcomer", follower: "a follower", crowd: "a crowd of 100",
  crowd_came: "{people} people came; pushes answered: {answered}", pushes: "Last pushes from WeChat",
  pushed: "WeChat pushed {event} {key}", nowhere: "WeChat has nowhere to push to.", answered: "answered in silence",
  held: "held back", lost_push: "lost", failed_push: "not answered",
  rows: "{from}–{to} of {count}", back: "Back", forth: "Forward", invalid_charts: "Slack: charts and tables refused",
};
const CHINESE = {
  workspace: "沙盒", channels: "频道", apps: "应用", people: "切换身份", home: "主页",
  members: "{count} 位成员", bot_absent: "wxqr 不在此频道中：/invite @wxqr",
  only_you: "仅对您可见", app: "应用", edited: "（已编辑）", replies: "{count} 条回复",
  placeholder: "发消息到 {where}，或输入 /wxqr 帮助", send: "发送", message: "消息",
  acknowledged: "{what} — {ms} 毫秒内已确认", failed: "{what} 失败，错误为“{error}”",
  no_command: "{what} 不是有效的命令。", lost: "沙盒已断开，正在等待恢复。",
  nothing_said: "这里还没有消息。", no_home: "应用尚未发布主页。",
  download: "下载", not_kept: "已不再保留", close: "关闭", enlarge: "放大", optional: "选填",
  wechat: "微信", access_token: "access_token", none: "无",
  seconds_left: "剩余 {count} 秒", permanent: "永久码", quotas: "今日额度", calls: "最近的微信调用",
  slack_calls: "最近的 Slack 调用", clock: "时钟", moved: "比本机快 {days} 天 {hours} 小时",
  hour: "+1 小时", day: "+1 天", month: "+30 天", faults: "故障", once: "一次", always: "持续", heal: "全部恢复",
  token_revoked: "access_token 被吊销", busy: "微信系统繁忙（-1）", quota_used_up: "额度用尽（45009）",
  permanent_full: "10 万个永久码已用完（45029）",
  ip_not_allowed: "IP 不在白名单（40164），下次获取 access_token 时", image_host_down: "图片服务器故障",
  image_wrong: "图片是别的码", slow: "微信很慢（2 秒）", slack_429: "Slack：请求过多（429）",
  slack_5xx_after: "Slack：做完之后返回 500", not_in_channel: "Slack：机器人不在频道中",
  push_thrice: "每次推送三遍", push_empty_key: "扫码关注但不带 EventKey", push_lost: "推送丢失",
  share_never: "Slack：文件始终不显示", duplicate_delivery: "Slack：命令送达两次", open_panel: "微信",
  scan: "用手机扫码", who_scans: "谁来扫", newcomer: "未关注的人", follower: "已关注的人", crowd: "一百人",
  crowd_came: "来了 {people} 人；已应答的推送：{answered}", pushes: "最近的微信推送",
  pushed: "微信推送了 {event} {key}", nowhere: "微信没有可推送的地址。", answered: "已应答，无回复",
  held: "暂缓推送", lost_push: "已丢失", failed_push: "未应答",
  rows: "第 {from}–{to} 行，共 {count} 行", back: "上一页", forth: "下一页", invalid_charts: "Slack：拒绝图表与表格",
};

/** Return a function that says a word in the language of `locale`. */
export function speaker(locale) {
  const words = locale.startsWith("zh") ? CHINESE : ENGLISH;
  return (key, facts = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}
