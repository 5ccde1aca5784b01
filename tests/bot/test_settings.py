"""Settings are read once; all that is missing or wrong is told at once."""

from collections.abc import Mapping

import pytest

from bot.model import Language
from bot.settings import Settings, WrongSettings, read_settings

ENOUGH = {
    "SLACK_BOT_TOKEN": "xoxb-secret",
    "SLACK_SIGNING_SECRET": "signing-secret",
    "WECHAT_APP_ID": "wx1",
    "WECHAT_APP_SECRET": "app-secret",
}
TWO_MORE = """
[accounts.shop]
app_id = "wx2"
app_secret = "shop-secret"
callback_token = "shop-callback"
encoding_aes_key = "ShopShopShopShopShopShopShopShopShopShopSho"
token_api = "token"
channels = ["C0SHOP0001"]

[accounts.academy]
app_id = "wx3"
app_secret = "academy-secret"
"""


def read(environment: Mapping[str, str], files: Mapping[str, str] | None = None) -> Settings:
    def read_file(path: str) -> str:
        if files is None or path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return read_settings(environment, read_file)


def problems(environment: Mapping[str, str], files: Mapping[str, str] | None = None) -> dict[str, str]:
    with pytest.raises(WrongSettings) as caught:
        read(environment, files)
    return {problem.setting: problem.key for problem in caught.value.problems}


def test_four_settings_are_enough() -> None:
    settings = read(ENOUGH)
    assert (settings.host, settings.port, settings.database) == ("127.0.0.1", 8080, "wxqr.db")
    assert (settings.language, settings.log_level, settings.socket_mode) == (Language.ENGLISH, "INFO", False)
    assert [(one.name, one.app_id, one.stable) for one in settings.accounts] == [("default", "wx1", True)]
    assert (settings.slack_url, settings.wechat_url) == ("https://slack.com/api/", "https://api.weixin.qq.com")


def test_all_problems_are_told_at_once() -> None:
    wrong = {
        "WXQR_PORT": "65536",
        "WXQR_LANGUAGE": "fr",
        "WXQR_SCENES": "9-1",
        "WXQR_LOG_LEVEL": "LOUD",
        "SLACK_API_URL": "slack.com",
        "WECHAT_API_URL": "ftp://wechat",
        "WECHAT_MP_URL": "https://",
        "WECHAT_TOKEN_API": "both",
        "WXQR_ACCOUNTS": "nowhere.toml",
    }
    missing = dict.fromkeys(ENOUGH, "settings.missing")
    assert problems(wrong) == missing | {
        "WXQR_PORT": "settings.not_port",
        "WXQR_LANGUAGE": "settings.not_language",
        "WXQR_SCENES": "settings.not_scenes",
        "WXQR_LOG_LEVEL": "settings.not_log_level",
        "SLACK_API_URL": "settings.not_url",
        "WECHAT_API_URL": "settings.not_url",
        "WECHAT_MP_URL": "settings.not_url",
        "WECHAT_TOKEN_API": "settings.not_token_api",
        "WXQR_ACCOUNTS": "settings.bad_accounts",
    }


@pytest.mark.parametrize("name", sorted(ENOUGH))
def test_a_setting_of_blanks_is_missing(name: str) -> None:
    assert problems(ENOUGH | {name: "  "}) == {name: "settings.missing"}


@pytest.mark.parametrize("port", ["-1", "65536", "http", "80.0", "8 080"])
def test_a_port_is_a_number_from_0_to_65535(port: str) -> None:
    assert problems(ENOUGH | {"WXQR_PORT": port}) == {"WXQR_PORT": "settings.not_port"}


@pytest.mark.parametrize("scenes", ["0-9", "1-1000000000", "5", "5-5", "a-b", "1-2-3"])
def test_scenes_are_a_range_of_what_wechat_takes_as_numbers(scenes: str) -> None:
    assert problems(ENOUGH | {"WXQR_SCENES": scenes}) == {"WXQR_SCENES": "settings.not_scenes"}


def test_a_range_of_scenes_has_its_two_ends() -> None:
    settings = read(ENOUGH | {"WXQR_SCENES": "1-999999999"})
    assert (settings.first_scene, settings.last_scene) == (1, 999_999_999)


def test_an_app_token_means_socket_mode_which_needs_no_signing_secret() -> None:
    environment = {**ENOUGH, "SLACK_APP_TOKEN": "xapp-secret", "SLACK_SIGNING_SECRET": ""}
    assert read(environment).socket_mode


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/slack/api", "http://127.0.0.1:9/slack/api/"])
def test_an_address_may_end_in_a_slash_or_not(url: str) -> None:
    assert read(ENOUGH | {"SLACK_API_URL": url}).slack_url == "http://127.0.0.1:9/slack/api/"


@pytest.mark.parametrize("operators", ["U1 U2", "U1,U2", " U1, U2 ,"])
def test_operators_are_set_apart_by_commas_or_blanks(operators: str) -> None:
    assert read(ENOUGH | {"WXQR_OPERATORS": operators}).operators == {"U1", "U2"}


def test_further_accounts_come_from_a_file_after_the_first() -> None:
    settings = read(ENOUGH | {"WXQR_ACCOUNTS": "accounts.toml"}, {"accounts.toml": TWO_MORE})
    assert [account.name for account in settings.accounts] == ["default", "shop", "academy"]
    _, shop, academy = settings.accounts
    assert (shop.app_id, shop.stable, shop.channels) == ("wx2", False, ("C0SHOP0001",))
    assert (academy.app_id, academy.stable, academy.channels) == ("wx3", True, ())


def test_the_file_alone_is_enough_for_accounts() -> None:
    environment = {name: value for name, value in ENOUGH.items() if name.startswith("SLACK")}
    settings = read(environment | {"WXQR_ACCOUNTS": "accounts.toml"}, {"accounts.toml": TWO_MORE})
    assert [account.name for account in settings.accounts] == ["shop", "academy"]


@pytest.mark.parametrize(
    "file",
    [
        "[accounts.shop\n",
        "[accounts.shop]\napp_id = 'wx2'\n",
        "accounts = 3\n",
        "[accounts.shop]\napp_id = 'wx2'\napp_secret = 's'\ntoken_api = 'both'\n",
    ],
    ids=["no TOML", "no secret", "no tables", "no such API"],
)
def test_a_file_of_accounts_that_cannot_be_read_is_named(file: str) -> None:
    found = problems(ENOUGH | {"WXQR_ACCOUNTS": "accounts.toml"}, {"accounts.toml": file})
    assert found == {"WXQR_ACCOUNTS": "settings.bad_accounts"}


@pytest.mark.parametrize(("name", "table"), [("shop", "shop"), ("", "default")])
def test_two_accounts_of_one_name_are_a_problem(name: str, table: str) -> None:
    file = f"[accounts.{table}]\napp_id = 'wx2'\napp_secret = 's'\n"
    environment = ENOUGH | {"WXQR_ACCOUNTS": "accounts.toml", "WECHAT_ACCOUNT_NAME": name}
    assert problems(environment, {"accounts.toml": file}) == {"WXQR_ACCOUNTS": "settings.account_twice"}


@pytest.mark.parametrize("channels", ["'C0SHOP0001'", "3", "[3]", "{ a = 'C0SHOP0001' }"])
def test_channels_that_are_no_list_of_texts_are_a_problem(channels: str) -> None:
    file = f"[accounts.shop]\napp_id = 'wx2'\napp_secret = 's'\nchannels = {channels}\n"
    found = problems(ENOUGH | {"WXQR_ACCOUNTS": "accounts.toml"}, {"accounts.toml": file})
    assert found == {"WXQR_ACCOUNTS": "settings.not_channels"}


def test_no_secret_is_in_the_repr() -> None:
    environment = {
        **ENOUGH,
        "SLACK_APP_TOKEN": "xapp-secret",
        "WECHAT_CALLBACK_TOKEN": "callback-secret",
        "WECHAT_ENCODING_AES_KEY": "AesSecretAesSecretAesSecretAesSecretAesSecr",
        "WXQR_ACCOUNTS": "accounts.toml",
    }
    settings = read(environment, {"accounts.toml": TWO_MORE})
    assert len(settings.secrets()) == 10
    assert [secret for secret in settings.secrets() if secret in repr(settings)] == []


def test_what_is_wrong_is_told_with_its_value_and_no_secret_is() -> None:
    with pytest.raises(WrongSettings) as caught:
        read({**ENOUGH, "WXQR_PORT": "http", "WECHAT_APP_ID": ""})
    told = {problem.setting: problem.value for problem in caught.value.problems}
    assert told == {"WXQR_PORT": "http", "WECHAT_APP_ID": ""}


SECRET = "whsec_" + "A" * 40


def test_a_webhook_is_told_of_bindings_by_an_address_that_nobody_overhears() -> None:
    webhook = read({**ENOUGH, "WXQR_WEBHOOK_URL": "https://crm.example/hook", "WXQR_WEBHOOK_SECRET": SECRET}).webhook
    assert webhook
    assert (webhook.url, sorted(webhook.events), SECRET in repr(webhook)) == (
        "https://crm.example/hook",
        ["bindings"],
        False,
    )


@pytest.mark.parametrize(
    ("wrong", "setting", "key"),
    [
        ({"WXQR_WEBHOOK_URL": "http://crm.example/hook"}, "WXQR_WEBHOOK_URL", "settings.not_private_url"),
        ({"WXQR_WEBHOOK_SECRET": "hush"}, "WXQR_WEBHOOK_SECRET", "settings.not_webhook_secret"),
        ({"WXQR_WEBHOOK_SECRET": ""}, "WXQR_WEBHOOK_SECRET", "settings.missing"),
        ({"WXQR_WEBHOOK_EVENTS": "scan"}, "WXQR_WEBHOOK_EVENTS", "settings.not_webhook_events"),
        ({"WXQR_CALLBACK_PATH": "/slack/events"}, "WXQR_CALLBACK_PATH", "settings.not_path"),
        ({"WXQR_CALLBACK_PATH": "callback"}, "WXQR_CALLBACK_PATH", "settings.not_path"),
        ({"WXQR_TIME_ZONE": "Mars/Base"}, "WXQR_TIME_ZONE", "settings.not_time_zone"),
        ({"WXQR_KEEP_SCANS_DAYS": "0"}, "WXQR_KEEP_SCANS_DAYS", "settings.not_number"),
        ({"WECHAT_ENCODING_AES_KEY": "short"}, "WECHAT_ENCODING_AES_KEY", "settings.not_aes_key"),
    ],
)
def test_what_is_wrong_about_callback_and_webhook_is_named(wrong: Mapping[str, str], setting: str, key: str) -> None:
    right = {**ENOUGH, "WXQR_WEBHOOK_URL": "http://127.0.0.1:9000/hook", "WXQR_WEBHOOK_SECRET": SECRET}
    assert problems({**right, **wrong}) == {setting: key}


def test_a_wrong_key_of_a_further_account_is_named_and_not_shown() -> None:
    with pytest.raises(WrongSettings) as caught:
        read(
            {**ENOUGH, "WXQR_ACCOUNTS": "accounts.toml"},
            {"accounts.toml": TWO_MORE.replace("ShopShopShop", "Shop-Shop")},
        )
    (problem,) = caught.value.problems
    assert (problem.setting, problem.key) == ("WXQR_ACCOUNTS (shop.encoding_aes_key)", "settings.not_aes_key")
    assert "Shop-Shop" not in repr(problem)
