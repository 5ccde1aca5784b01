"""The official accounts the bot acts for: the first from the environment, further ones from a TOML file."""

import tomllib
from collections.abc import Callable, Mapping

from bot.environment import Environment, Problem, aes_key, is_stable
from bot.model import Account, AppID

ReadFile = Callable[[str], str]


class _NotAesKey(Exception):
    """An account's key is none; it says which, and not what it is."""


class _NotChannels(Exception):
    """An account's channels are no list of texts."""


def accounts(reader: Environment, read_file: ReadFile) -> tuple[Account, ...]:
    """Return all of them; what is wrong is remembered by `reader`."""
    every = _all_accounts(reader, read_file)
    names = [account.name for account in every]
    twice = sorted({name for name in names if names.count(name) > 1})
    reader.problems.extend(Problem("WXQR_ACCOUNTS", "settings.account_twice", name) for name in twice)
    return every


def _all_accounts(reader: Environment, read_file: ReadFile) -> tuple[Account, ...]:
    path = reader.text("WXQR_ACCOUNTS", "")
    further = _further_accounts(reader, path, read_file) if path else ()
    if further and not reader.variables.get("WECHAT_APP_ID"):
        return further
    first = Account(
        name=reader.text("WECHAT_ACCOUNT_NAME", "default"),
        app_id=AppID(reader.text("WECHAT_APP_ID")),
        app_secret=reader.text("WECHAT_APP_SECRET"),
        callback_token=reader.text("WECHAT_CALLBACK_TOKEN", ""),
        encoding_aes_key=reader.parsed("WECHAT_ENCODING_AES_KEY", "", aes_key, "settings.not_aes_key"),
        previous_aes_key=reader.parsed("WECHAT_PREVIOUS_AES_KEY", "", aes_key, "settings.not_aes_key"),
        stable=reader.parsed("WECHAT_TOKEN_API", "stable_token", is_stable, "settings.not_token_api"),
    )
    return (first, *further)


def _further_accounts(reader: Environment, path: str, read_file: ReadFile) -> tuple[Account, ...]:
    try:
        tables = tomllib.loads(read_file(path)).get("accounts", {})
        return tuple(_account(name, table) for name, table in tables.items())
    except _NotChannels as error:
        reader.problems.append(Problem("WXQR_ACCOUNTS", "settings.not_channels", f"{path}: {error}"))
        return ()
    except _NotAesKey as error:
        reader.problems.append(Problem(f"WXQR_ACCOUNTS ({error})", "settings.not_aes_key"))
        return ()
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        reader.problems.append(Problem("WXQR_ACCOUNTS", "settings.bad_accounts", f"{path}: {error}"))
        return ()


def _account(name: str, table: Mapping[str, object]) -> Account:
    return Account(
        name=name,
        app_id=AppID(str(table["app_id"])),
        app_secret=str(table["app_secret"]),
        callback_token=str(table.get("callback_token", "")),
        encoding_aes_key=_aes_key(name, table, "encoding_aes_key"),
        previous_aes_key=_aes_key(name, table, "previous_aes_key"),
        stable=is_stable(str(table.get("token_api", "stable_token"))),
        channels=_channels(name, table.get("channels", [])),
    )


def _channels(name: str, channels: object) -> tuple[str, ...]:
    if not isinstance(channels, list) or not all(isinstance(channel, str) for channel in channels):
        raise _NotChannels(f"{name}: {channels!r}")
    return tuple(channels)


def _aes_key(name: str, table: Mapping[str, object], field: str) -> str:
    try:
        return aes_key(str(table.get(field, "")))
    except ValueError:
        raise _NotAesKey(f"{name}.{field}") from None
