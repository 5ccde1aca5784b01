"""What people type in Chinese after a command's name: its options and choices, as forms, buttons and help say them."""

from collections.abc import Mapping

# by option, in simplified and in traditional characters
OPTIONS: Mapping[str, str] = {
    "ttl": "有效期 时长 期限 時長",
    "name": "名称 名字 名稱",
    "private": "仅自己可见 私密 僅自己可見",
    "post": "发到频道 發到頻道",
    "days": "天数 天數",
    "by": "按 按什么统计 排行对象 按什麼統計 排行對象",
    "owner": "负责人 谁的二维码 負責人 誰的二維碼",
    "channel": "频道 在哪个频道申请的 頻道",
    "retention": "留存 显示留存 顯示留存",
    "text": "文字 内容 內容",
    "title": "标题 標題",
    "picture": "图片 图片的网址 圖片",
    "link": "链接 点击后打开的网址 連結",
    "more": "接着发送的文字 接着 接著",
    "followers": "已关注 已关注的人收到的文字 已關注",
    "off": "停止 停止跟踪 关闭 取消 停止跟蹤 關閉",
    "account": "公众号 公眾號",
}

# by field and choice
CHOICES: Mapping[str, Mapping[str, str]] = {
    "which": {
        "temp": "临时 临时码 臨時 臨時碼",
        "perm": "永久 永久码 永久碼",
        "mine": "我的 我的二维码 我的二維碼",
        "expiring": "即将到期 快到期 到期 即將到期",
    },
    "form": {"png": "大图 大圖"},
    "by": {
        "hour": "小时 按小时 时段 一周中的小时 小時 時段",
        "day": "天 日 按天 按日",
        "week": "周 星期 按周 週 按週",
        "code": "二维码 按二维码 二維碼",
        "owner": "负责人 按负责人 人 負責人",
        "channel": "频道 按频道 頻道",
    },
    "period": {"week": "周 本周 一周 7天 週 本週", "month": "月 本月 一个月 30天 一個月"},
    "what": {"stats": "统计 数据 統計", "scans": "扫码 事件 全部事件 明细 掃碼 明細"},
    "rhythm": {
        "daily": "每天 每日 日报 每天早上 日報",
        "weekly": "每周 周报 每周一 每週 週報",
        "off": "停止 不再发送 关闭 取消 退订 關閉 退訂",
    },
}
