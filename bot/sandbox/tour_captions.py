"""What is told beside each step of the tour, in both languages."""

from collections.abc import Mapping

Caption = Mapping[str, str]

BEGIN = {
    "en": "This is wxqr at work: the real bot, in a Slack and a WeChat on this machine. It takes two minutes.",
    "zh-CN": "wxqr 正在工作：机器人是真的，Slack 和微信都在这台机器上。全程约两分钟。",
}
ASKED = {
    "en": "Ana needs a QR code for her spring poster. She asks for it where she works: in the channel.",
    "zh-CN": "王芳的春季海报需要一个二维码。她在平时干活的频道里直接要。",
}
POSTED = {
    "en": "Here it is, for everybody: made by WeChat, and read back by wxqr before it was posted. "
    "Whoever asks for this scene again gets this very code.",
    "zh-CN": "码来了，频道里人人可见：由微信生成，发布前 wxqr 已解码核对。以后谁再要这个场景值，拿到的都是这同一个码。",
}
GREETED = {
    "en": "What will people hear who scan it? Ana types the welcome, and it holds at once.",
    "zh-CN": "扫码的人会收到什么？王芳写下欢迎语，立即生效。",
}
SCANNED = {
    "en": "Emma walks past the poster, scans it and taps Follow. The welcome is on her phone before she looks up.",
    "zh-CN": "林小雨路过海报，扫了码，点了“关注公众号”，抬头之前欢迎语就到了手机上。",
}
WATCHED = {
    "en": "Ben, the manager, wants to hear how it goes: from now on its scans are counted under the code.",
    "zh-CN": "陈洁想随时知道效果：从现在起，扫码数会记在这个码下面的消息列里。",
}
CROWDED = {
    "en": "A whole day passes in a moment, and a hundred people come. "
    "Every push from WeChat is answered, kept, and counted once.",
    "zh-CN": "一整天转眼过去，来了一百个人。微信的每次推送都有应答、有记录，而且只算一次。",
}
COUNTED = {
    "en": "What did the poster bring? Ben asks: who scanned, who followed, and who has left again.",
    "zh-CN": "海报带来了什么？陈洁问一声：多少人扫码，多少人关注，多少人又走了。",
}
BROKEN = {
    "en": "Then something breaks: WeChat revokes the access token, and whoever uses it will be refused.",
    "zh-CN": "接着出了故障：微信吊销了 access_token，谁再用它都会被拒绝。",
}
HEALED = {
    "en": "Ana asks for another code and notices nothing: "
    "wxqr is refused (40001), fetches a new access token, and asks again.",
    "zh-CN": "王芳又要了一个码，毫无察觉：wxqr 被拒（40001）后，自己换了新的 access_token，再问一次就成了。",
}
CHECKED = {
    "en": "Li Wei is on call and asks for the status, in Chinese: what one person reads is in their own language, "
    "what a whole channel reads in the team's.",
    "zh-CN": "Ben 值班，用英文查看状态：一个人看的，用他自己的语言；整个频道看的，用团队设定的语言。",
}
END = {
    "en": "Now you: type /wxqr help. Be anybody, scan anything, break whatever you like.",
    "zh-CN": "轮到你了：输入 /wxqr 帮助。想当谁就当谁，想扫什么就扫什么，想弄坏什么都行。",
}
LOST = {
    "en": "The bot did not answer as expected, so the tour ends here. Look at WeChat's side, or play it again.",
    "zh-CN": "机器人没有按预期应答，导览到此为止。可以看看微信一侧，或者再播一次。",
}
