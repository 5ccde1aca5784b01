"""auth.test and apps.connections.open: who am I, and where do I connect."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.workspace import Workspace


def auth_test(workspace: Workspace, _: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/auth.test
    return {
        "url": f"https://{workspace.team_domain}.slack.com/", "team": workspace.team_name, "user": "wxqr",
        "team_id": workspace.team_id, "user_id": BOT_USER, "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }  # fmt: skip


def open_connection(workspace: Workspace, _: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/apps.connections.open
    return {"url": workspace.sockets.invite()}


METHODS = {"auth.test": Method(auth_test), "apps.connections.open": Method(open_connection, token="app")}
