"""What the bot says in English about who is who, in Slack and to whoever scans a binding code."""

from collections.abc import Mapping

BINDING: Mapping[str, str] = {
    "bind.offered": "Scan this code with your WeChat by {until}, and it is linked to you.",
    "bind.how": (
        "For one scan; only you see it. I then ask you here whether it was you, and link nothing before you confirm."
    ),
    "bind.done": ":white_check_mark: Your WeChat is linked to you{where} since {since}.",
    "bind.was_done": "Your WeChat is linked to you{where} since {since} already. To link another, unlink it.",
    "bind.refused": "Nothing is linked, and that code is no longer good. If you did not scan it, somebody else saw it.",
    "unbind.done": "Your WeChat is no longer linked to you{where}.",
    "unbind.confirm": "Shall your WeChat no longer be linked to you? To link it again you scan a new code.",
    "whoami.bound": "Your WeChat is linked to you{where} since {since}.",
    "whoami.nobody": "No WeChat is linked to you{where}. `/wxqr bind` links yours, by one scan.",
    "binding.where": " in *{account}*",
    "binding.account": "the official account",
    "binding.account.named": "*{account}*",
    # what the asker is told, without having asked just now
    "binding.scanned.follower": ("Your code was scanned {at}, by somebody who followed {account} already. Was it you?"),
    "binding.scanned.newcomer": "Your code was scanned {at}, by somebody who followed {account} with it. Was it you?",
    "binding.until": "Confirm by {until}, and only if you scanned it yourself.",
    "binding.other": (
        ":warning: A second person scanned your code {at}, so I cancelled it: nothing is linked. "
        "Let nobody else see the code."
    ),
    "binding.late": "Your code was scanned {at}, too late: nothing is linked.",
    "binding.taken": "The WeChat that scanned your code is linked to another Slack user already: nothing is linked.",
    "binding.scanner.unfollowed": (
        "The WeChat that scanned your code {at} no longer follows {account}, so I cancelled the code: "
        "nothing is linked."
    ),
    "binding.scanner.forgotten": (
        "What is known in {account} of the WeChat that scanned your code {at} was erased, so I cancelled the code: "
        "nothing is linked."
    ),
    "binding.unfollowed": "Your WeChat no longer follows {account}, so it is no longer linked to you.",
    "binding.forgotten": "What is known of your WeChat in {account} was erased, so it is no longer linked to you.",
    # refusals
    "conflict.binding_over": "That code is no longer good: its time is over, or it was cancelled. Ask for a new one.",
    "conflict.binding_unfollowed": (
        "The WeChat that scanned that code unfollowed before you confirmed it, so nothing is linked. Ask for a new one."
    ),
    "conflict.binding_forgotten": (
        "What is known of the WeChat that scanned that code was erased, so nothing is linked. Ask for a new one."
    ),
    "conflict.binding_made": "You confirmed that already.",
    "not_found.binding": "No WeChat is linked to you{where}.",
    "not_found.binding_request": "I no longer know that code. Ask for a new one.",
    "forbidden.binding": "Only whoever asked for that code can confirm it.",
    "button.confirm_binding": "Yes, it was me",
    "button.refuse_binding": "Not me",
    "button.bind": "Link my WeChat",
    "button.unbind": "Unlink",
    # what whoever scans reads in WeChat: no marks there
    "scanner.confirm": (
        "This code links your WeChat to whoever asked for it in Slack. If that is you, please confirm it there. "
        "If it is not, unfollow this account: that ends it."
    ),
    "scanner.other": "This code was for one scan, and somebody else scanned it, so it is no longer good. "
    "Type /wxqr bind in Slack for a new one.",
    "scanner.taken": "This WeChat is linked to a Slack user already. Type /wxqr unbind in Slack there first.",
    "scanner.late": "This code was good for 5 minutes, and they are over. Type /wxqr bind in Slack for a new one.",
    "scanner.over": (
        "This code is no longer good: it is for one scan, within 5 minutes. "
        "To link a WeChat, type /wxqr bind in Slack for a new one."
    ),
    "scanner.unknown": "I do not know this code. Type /wxqr bind in Slack for a new one.",
    # on-call
    "alert.webhook_gone": (
        ":rotating_light: The webhook’s receiver answered 410 Gone, so I tell it nothing more. Correct "
        "`WXQR_WEBHOOK_URL` or the receiver and restart me: what waits is then sent. It waits for 7 days."
    ),
    "alert.webhook_given_up": (
        ":rotating_light: The webhook’s receiver has not taken a message in 3 days, so I gave that one up: `{id}`, "
        "last answer {status}. Others are still tried. Is `WXQR_WEBHOOK_URL` right?"
    ),
    "alert.webhook_healed": ":white_check_mark: The webhook’s receiver takes messages again.",
    # help
    "help.bind": "Links your WeChat to your Slack user, by one scan of a code that only you see.",
    "help.bind.more": (
        "The code is good for 5 minutes and one scan; a new one cancels the one before. "
        "I ask you here whether it was you who scanned. Who unfollows the account is unlinked."
    ),
    "help.unbind": "Unlinks your WeChat from your Slack user.",
    "help.unbind.more": "Other systems that were told of the link are told of its end. `/wxqr bind` links again.",
    "help.whoami": "Whether your WeChat is linked to your Slack user, and since when.",
    "help.whoami.more": "Only you see the answer. Each official account has links of its own.",
}
