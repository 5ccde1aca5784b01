"""What is said about welcomes and tags, in English."""

from collections.abc import Mapping

WELCOMES: Mapping[str, str] = {
    # what scanners are told
    "reply.codes.scene": "`{pattern}`",
    "reply.codes.many": "every code that begins like `{pattern}`",
    "reply.codes.every": "every code that has no other welcome, and of whoever follows without a code",
    "reply.set": ":white_check_mark: Set: it holds from now on (version {version}).",
    "reply.removed": ":white_check_mark: Removed: it is said no more (version {version}).",
    "reply.same": "Nothing was changed: version {version} says the same.",
    "reply.decided": "*The welcome of* {codes} · version {version}, by {by}, {at}",
    "reply.silent": "*The welcome of* {codes} was removed by {by}, {at}.",
    "reply.never": "*The welcome of* {codes} was never written.",
    "reply.newcomers": ":wave: *Whoever follows by it reads*",
    "reply.newcomers.nothing": ":wave: *Whoever follows by it* gets no reply.",
    "reply.followers": ":bust_in_silhouette: *Whoever follows already, and scans it, reads*",
    "reply.followers.same": ":bust_in_silhouette: *Whoever follows already, and scans it,* reads the same.",
    "reply.followers.nothing": ":bust_in_silhouette: *Whoever follows already, and scans it,* gets no reply.",
    "reply.text": "{text}",
    "reply.article": "{text}\nopens {link} · picture {picture}",
    "reply.further": "and within a minute",
    "reply.nothing": "Scanners get no reply.",
    "reply.covered": "Until it has one, the welcome of `{pattern}` serves:",
    "reply.elsewhere": (
        "No code of this scene was made here, and no scan of one was seen. It works as well for a code that another "
        "system made; else look whether the scene is right."
    ),
    "reply.draft": "*Not in force yet:* this welcome of {codes}",
    "reply.draft.off": "*Not in force yet:* no welcome any more of {codes}.",
    "reply.draft.until": "It concerns many codes, so it waits for your yes. Until then nothing changes.",
    "reply.hold": "Let it hold",
    "reply.hold.confirm": "From now on this is what the scanners of all these codes get. Let it hold?",
    "reply.write": "Write one",
    "reply.edit": "Edit",
    "reply.revert": "Undo the last change",
    "reply.revert.confirm": "Undo the last change? Version {version} is restored, as a new one. {then}",
    "reply.again": "Restore version {version}",
    "reply.again.confirm": "Restore version {version}? It becomes a new one. {then}",
    "reply.then": "Scanners then read: {text}",
    "reply.then.nothing": "It says nothing: scanners then get what a more general welcome says, or no reply.",
    "reply.history": "History",
    "reply.off": "Remove",
    "reply.off.confirm": "Remove this welcome? Scanners then get what a more general welcome says, or no reply.",
    "reply.versions": "*The welcome of* {codes}, version by version",
    "reply.entry": "*{version}* · {by} · {at} · {text}",
    "reply.entry.off": "removed",
    "reply.every": "Welcomes of this account: {welcomes}",
    "reply.every.none": "No code of this account has a welcome. `/wxqr reply SCENE` writes one.",
    "reply.every.entry": "`{pattern}` · {text}",
    "reply.default": "The welcome of all codes",
    "usage.pattern": (
        "`{typed}` names no codes: write a scene, the beginning of some and a star, as in `activity_*`, "
        "or `*` for every code."
    ),
    "usage.passage_empty": (
        "The text is empty, so nothing was changed. Write what scanners shall read; `none` is for no reply, and "
        "`--off` removes the welcome."
    ),
    "usage.passage_empty.form": "This text is empty: write what scanners shall read.",
    "usage.passage_long": "WeChat takes {most} bytes at most (about 680 Chinese characters); this text has {bytes}.",
    "usage.title_long": "A title has at most {most} characters; this one has {length}.",
    "usage.address": "`{typed}` is no address that WeChat opens: it must begin with `https://`.",
    "usage.article": "A picture and link needs all three, `--title --picture --link`; `{missing}` is missing.",
    "usage.article.form": "A title, a picture and the page it opens go together: this one is missing.",
    "usage.nothing_written": "Write what scanners shall read: a text, or a title with a picture and the page it opens.",
    "usage.no_tag": "Name the tag, or choose below to end it.",
    "usage.more": "At most {most} further texts, of {characters} characters together.",
    "forbidden.owner": "`{scene}` belongs to {owner}: they, or an operator, may change what its scanners get.",
    "forbidden.nobodys": (
        "No code was ever made here for scene `{scene}`. Is it right? Only an operator can set a reply or a tag for it."
        " If another system makes its codes, and somebody scanned one, `/wxqr adopt {scene}` makes it yours."
    ),
    "forbidden.pattern": (
        "`{pattern}` may match other people’s codes, later ones too, so only operators may change its welcome. "
        "Ask one of them, or write one for each scene of yours."
    ),
    "not_found.version": "`{pattern}` has no version {version}. `/wxqr reply {pattern} --history` shows which it has.",
    "not_found.draft": "I no longer have that draft for `{pattern}`. Please write it anew.",
    "help.reply": "What the scanner of a code is told: a text, or a picture that opens a page.",
    "help.reply.more": (
        "`/wxqr reply SCENE` shows what there is, with a form to change it. What you type is the whole welcome: "
        "`--text` is what a newcomer reads; `--title --picture --link` make it a picture that opens a page; `--more` "
        "(3 times at most) follows within a minute; `--followers` is what those read who follow already (else the "
        "same; `none`: nothing). `--history` shows all versions, `--off` removes it. In place of SCENE, "
        "`activity_*` is for all codes that begin so, and `*` for every code: for operators, and shown before it holds."
    ),
    "help.reply.example": 'reply spring-booth --text "Welcome! Here is your coupon: …"',
    # tags
    "tag.rule": "Whoever follows by `{scene}` gets the tag *{tag}*.",
    "tag.none": "Whoever follows by `{scene}` gets no tag. `/wxqr tag {scene} TAG` gives them one.",
    "tag.counted": "So far: {tagged}. Decided by {by}, {at}.",
    "tag.refused": ":warning: Followers who could not get it, for they have {most} tags already: {refused}.",
    "tag.lost": ":warning: At {at} WeChat did not know this tag any more. To make it anew: `/wxqr tag SCENE TAG`.",
    "tag.new": "The tag is new: {used} of the account’s {most} are used.",
    "tag.few_left": ":warning: {used} of the account’s {most} tags are used.",
    "tag.removed": "Whoever follows by `{scene}` no longer gets the tag *{tag}*. Those who have it keep it: {tagged}.",
    "tag.off": "No tag any more",
    "tag.off.confirm": "Give no tag to whoever follows by this code from now on?",
    "tag.every": "Codes whose followers get a tag: {rules}",
    "tag.every.none": "No code of this account gives its followers a tag. `/wxqr tag SCENE TAG` does.",
    "tag.entry": "`{scene}` · *{tag}* · {tagged}",
    "usage.tag_long": "A tag has at most {most} letters, or 10 Chinese characters; this one has {length}.",
    "conflict.tags_full": (
        "The account has {most} tags already, which is WeChat’s limit, and `{tag}` is none of them. Take one of "
        "them (`/wxqr groups`), or delete one in the WeChat console."
    ),
    "not_found.tag": "Whoever follows by `{scene}` gets no tag, so there is none to remove.",
    "help.tag": "The tag that whoever follows by a code gets.",
    "help.tag.more": (
        "`/wxqr tag SCENE` shows it, with how many have got it; `--off` ends it. A tag that WeChat does not have yet "
        "is made: an account has 100 at most, and a follower 20. `/wxqr tag` shows all codes that give one."
    ),
}
