"""The users.* methods."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.people import BOT_USER, PEOPLE, as_user, bot_as_user
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace


def info(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/users.info
    user_id = arguments.required("user")
    if user_id == BOT_USER:
        return {"user": bot_as_user(workspace.team_id, workspace.app_id, workspace.bot_id)}
    person = next((person for person in PEOPLE if person.id == user_id), None)
    if person is None:
        raise Refusal("user_not_found")
    return {"user": as_user(person, workspace.team_id, with_locale=arguments.flag("include_locale"))}


def everybody(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/users.list
    with_locale = arguments.flag("include_locale")
    members = [as_user(person, workspace.team_id, with_locale=with_locale) for person in PEOPLE]
    members.append(bot_as_user(workspace.team_id, workspace.app_id, workspace.bot_id))
    return {"members": members, "response_metadata": {"next_cursor": ""}}


METHODS = {"users.info": Method(info, "users:read"), "users.list": Method(everybody, "users:read")}
