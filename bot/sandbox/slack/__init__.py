"""The Slack half of the sandbox: one workspace, strict, over real HTTP."""

from bot.sandbox.slack.app import slack_app
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import PEOPLE, Person
from bot.sandbox.slack.workspace import Workspace

__all__ = ["PEOPLE", "Delivery", "Message", "Person", "Workspace", "slack_app"]
