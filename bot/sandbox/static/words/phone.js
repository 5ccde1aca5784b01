// What WeChat itself says on the phone, in the language of whose phone it is: WeChat's own words.

export const ENGLISH = {
  "wx.app": "WeChat", "wx.account": "wxqr sandbox", "wx.about": "A Service Account that lives in this sandbox.",
  "wx.kind": "Service Account", "wx.back": "Back", "wx.more": "More", "wx.discover": "Discover", "wx.scan": "Scan",
  "wx.search": "Search for the account", "wx.card": "A friend's contact card", "wx.payment": "After a payment",
  "wx.no_chat": "No chats yet", "wx.follow": "Follow", "wx.message": "Message", "wx.unfollow": "Unfollow",
  "wx.unfollow_ask": "Unfollow “{account}”? You will receive no more messages from it.", "wx.cancel": "Cancel",
  "wx.align": "Align the code within the frame to scan", "wx.choose": "Choose a code on the page",
  "wx.paste": "Or paste a code's address", "wx.read": "Scan it", "wx.expired": "This QR code has expired",
  "wx.expired_more": "Ask whoever showed it for a new one.", "wx.unknown": "No valid QR code was recognised",
  "wx.unknown_more": "Nothing of a WeChat account is behind it.", "wx.ok": "OK", "wx.write": "Message",
  "wx.send": "Send", "wx.chat": "Chat with {account}", "wx.empty": "Say hello.",
  "wx.unavailable": "The service provided by this Official Account is unavailable. Please try again later.",
  "wx.odd": "[{kind}]", "wx.followers_only": "Follow the account to write to it.",
};

export const CHINESE = {
  "wx.app": "微信", "wx.account": "wxqr 沙盒", "wx.about": "住在这个沙盒里的服务号。", "wx.kind": "服务号", "wx.back": "返回",
  "wx.more": "更多", "wx.discover": "发现", "wx.scan": "扫一扫", "wx.search": "搜一搜公众号", "wx.card": "朋友推荐的名片",
  "wx.payment": "支付后关注", "wx.no_chat": "暂无消息", "wx.follow": "关注公众号", "wx.message": "发消息", "wx.unfollow": "不再关注",
  "wx.unfollow_ask": "不再关注“{account}”后将不再收到其下发的消息", "wx.cancel": "取消", "wx.align": "将二维码放入框内，即可自动扫描",
  "wx.choose": "选择页面上的二维码", "wx.paste": "或粘贴二维码的链接", "wx.read": "识别", "wx.expired": "该二维码已过期",
  "wx.expired_more": "请向对方索取新的二维码。", "wx.unknown": "未识别到有效的二维码", "wx.unknown_more": "它不属于任何公众号。", "wx.ok": "确定",
  "wx.write": "消息", "wx.send": "发送", "wx.chat": "与{account}的聊天", "wx.empty": "打个招呼吧。",
  "wx.unavailable": "该公众号提供的服务出现故障，请稍后再试", "wx.odd": "[{kind}]",
  "wx.followers_only": "关注公众号后才能发消息。",
};
