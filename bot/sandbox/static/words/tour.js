// What the tour's controls say; what is told beside each step comes from the sandbox.

export const ENGLISH = {
  tour: "Guided tour", tour_play: "Show me", tour_play_why: "A tour of two minutes, played by the real bot",
  tour_step: "Step {step} of {of}", tour_next: "Next", tour_stop: "Stop", tour_again: "Play it again",
  tour_close: "Close", tour_try: "Try it", tour_first: "/wxqr help",
  tour_invitation: "What is this?", tour_what: "wxqr makes WeChat QR codes in Slack",
  tour_what_more: " and tells who scanned them. This is a Slack and a WeChat to try it in.",
  tour_begin: "See it in two minutes", tour_or: "or type", tour_dismiss: "Dismiss",
};

export const CHINESE = {
  tour: "导览", tour_play: "看演示", tour_play_why: "两分钟的导览，由真正的机器人演示",
  tour_step: "第 {step} 步，共 {of} 步", tour_next: "下一步", tour_stop: "停止", tour_again: "再播一次", tour_close: "关闭",
  tour_try: "试一试", tour_first: "/wxqr 帮助",
  tour_invitation: "这是什么？", tour_what: "wxqr 在 Slack 里生成微信二维码",
  tour_what_more: "，并告诉您有谁扫了码。这里有一套 Slack 和微信供您试用。",
  tour_begin: "两分钟看完整个故事", tour_or: "或输入", tour_dismiss: "不再显示",
};
