// What the tour's controls say; what is told beside each step comes from the sandbox.

export const ENGLISH = {
  tour: "Guided tour", tour_play: "Show me", tour_play_why: "A tour of two minutes, played by the real bot",
  tour_step: "Step {step} of {of}", tour_next: "Next", tour_stop: "Stop", tour_again: "Play it again", tour_close: "Close",
  tour_try: "Try it", tour_first: "/wxqr help",
};

export const CHINESE = {
  tour: "导览", tour_play: "看演示", tour_play_why: "两分钟的导览，由真正的机器人演示",
  tour_step: "第 {step} 步，共 {of} 步", tour_next: "下一步", tour_stop: "停止", tour_again: "再播一次", tour_close: "关闭",
  tour_try: "试一试", tour_first: "/wxqr 帮助",
};
