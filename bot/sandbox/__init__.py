"""A Slack workspace and a WeChat Official Account on this machine: the second assembly, for tests, demo and bench."""
