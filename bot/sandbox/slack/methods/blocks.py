"""The blocks.validate method."""

from bot.sandbox.slack import block_rules, view_rules
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.refusals import Refusal, invalid_blocks
from bot.sandbox.slack.workspace import Workspace


def validate(_: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/blocks.validate
    if problems := _problems(arguments):
        raise invalid_blocks(problems)
    return {}


def _problems(arguments: Arguments) -> list[str]:
    if view := arguments.value("view"):
        return view_rules.problems(view, view.get("type", "modal"))
    message = arguments.value("message")
    blocks = message.get("blocks", []) if message else arguments.value("blocks")
    if blocks is None:
        raise Refusal("invalid_arguments", ["must provide one of blocks, message, view"])
    return block_rules.problems(blocks)


METHODS = {"blocks.validate": Method(validate)}
