// What is said around a message, in its blocks and in forms.

export const ENGLISH = {
  only_you: "Only visible to you", app: "APP", edited: "(edited)", download: "Download", not_kept: "no longer kept",
  files: "{count} files", close: "Close", enlarge: "Enlarge", optional: "optional",
  no_home: "The app has not published a home.",
  rows: "{from}–{to} of {count}", back: "Back", forth: "Forward", before: "Previous picture", after: "Next picture",
  see_more: "See more", see_less: "See less", part: "Part", value: "Value", table: "Table",
  carousel: "Cards", pending: "Waiting", in_progress: "In progress", complete: "Done", error: "Failed",
  remote: "Link", remote_file: "a file that lives elsewhere",
  not_drawn: "The sandbox does not draw {type}; this is its JSON.",
  required: "Please complete this required field.", too_short: "Please enter at least {least} characters.",
  wrong_email_text_input: "Please enter a valid email address.", wrong_url_text_input: "Please enter a valid URL.",
  wrong_number_input: "Please enter a valid number.", wrong_plain_text_input: "Please check this field.",
  wrong_datepicker: "Please enter a valid date.", wrong_timepicker: "Please enter a valid time.",
  go_back: "Go back", find: "Search", none_found: "No results", choose: "Select an option",
  more_actions: "More actions", date: "Date", time: "Time", bold: "Bold", italic: "Italic", strike: "Strikethrough",
  message_actions: "Message actions", reply: "Reply in thread", show_json: "Show JSON", json_of: "What the app sent",
  json_note: "The sandbox shows this; Slack does not.", came_by: "Came by {via}.", copy: "Copy", copied: "Copied",
  refused: "Slack refuses this:", no_problems: "Slack finds nothing wrong with it.", said: "{name}, {time}",
};

export const CHINESE = {
  only_you: "仅对您可见", app: "应用", edited: "（已编辑）", download: "下载", not_kept: "已不再保留",
  files: "{count} 个文件", close: "关闭", enlarge: "放大", optional: "选填",
  no_home: "应用尚未发布主页。", rows: "第 {from}–{to} 行，共 {count} 行", back: "上一页", forth: "下一页",
  before: "上一张图片", after: "下一张图片", see_more: "显示更多", see_less: "收起", part: "部分",
  value: "数值", table: "表格", carousel: "卡片", pending: "等待中", in_progress: "进行中", complete: "已完成", error: "失败",
  remote: "链接", remote_file: "存放在别处的文件", not_drawn: "沙盒不会绘制 {type}，以下是它的 JSON。",
  required: "请填写此必填字段。", too_short: "请至少输入 {least} 个字符。",
  wrong_email_text_input: "请输入有效的邮箱地址。", wrong_url_text_input: "请输入有效的网址。",
  wrong_number_input: "请输入有效的数字。", wrong_plain_text_input: "请检查此字段。",
  wrong_datepicker: "请输入有效的日期。", wrong_timepicker: "请输入有效的时间。",
  go_back: "返回", find: "搜索", none_found: "没有结果", choose: "选择一个选项",
  more_actions: "更多操作", date: "日期", time: "时间", bold: "加粗", italic: "斜体", strike: "删除线",
  message_actions: "消息操作", reply: "在消息列中回复", show_json: "查看 JSON", json_of: "应用发送的内容",
  json_note: "这是沙盒显示的内容，Slack 中没有。", came_by: "经由 {via} 发送。", copy: "复制", copied: "已复制",
  refused: "Slack 会拒绝：", no_problems: "Slack 没有发现问题。", said: "{name}，{time}",
};
