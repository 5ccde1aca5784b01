"""The documents say what the code does: tables, lists, links and commands are held to it."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import handlers
from bot import __version__, grammar, metrics, words
from bot.sandbox.control_nature import FAULTS
from bot.sandbox.slack.people import PEOPLE
from bot.wechat.errcodes import ERRCODES

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
PROGRAMS = {
    ".venv/bin/pip", ".venv/bin/wxqr", "cp", "curl", "install", "make", "python3", "rm", "sqlite3", "systemctl", "wxqr",
}  # fmt: skip


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def section(document: str, *titles: str) -> str:
    """Return what stands under a heading, its smaller headings included."""
    parts = re.split(r"^(#{2,3}) (.+)$", document, flags=re.MULTILINE)
    start = next(index for index in range(2, len(parts), 3) if parts[index] in titles)
    level, body = parts[start - 1], parts[start + 1]
    for index in range(start + 3, len(parts), 3):
        if len(parts[index - 1]) <= len(level):
            break
        body += parts[index + 1]
    return body


def rows(document: str) -> list[list[str]]:
    """Return the cells of all tables, without headings and rulers; an escaped bar is a bar."""
    lines = document.splitlines()
    return [
        [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("| ") and not after.startswith("|---")
    ]


def names(document: str) -> list[str]:
    return [name for row in rows(document) for name in re.findall(r"`([^`]+)`", row[0])]


def without_code(document: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", document, flags=re.MULTILINE | re.DOTALL)


def shell_lines(document: Path) -> list[str]:
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def anchors(document: str) -> set[str]:
    """Return the fragments that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", without_code(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def defaults() -> dict[str, str]:
    """Return every setting that is read from the environment, with its default."""
    found = {}
    for node in [*ast.walk(ast.parse(text("bot/settings.py"))), *ast.walk(ast.parse(text("bot/accounts.py")))]:
        reads = ast.unparse(node.func).removeprefix("reader.") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and reads in {"text", "parsed", "required"}:
            name, *default = [argument.value for argument in node.args[:2] if isinstance(argument, ast.Constant)]
            # what is `required` is so beside another setting only
            without = "–" if default or reads == "required" else "required"
            found[str(name)] = f"`{default[0]!s}`" if default and default[0] else without
    return found


def settings_table(readme: str) -> dict[str, str]:
    table = rows(section(text(readme), "Settings", "配置"))
    return {cells[0].strip("`"): cells[1].replace("必填", "required") for cells in table}


@pytest.mark.parametrize("readme", READMES)
def test_the_settings_table_lists_what_is_read_with_its_default(readme: str) -> None:
    expected = defaults() | {"SLACK_SIGNING_SECRET": "required"}  # unless there is an app token, as its row says
    assert settings_table(readme) == expected


def test_both_readmes_list_the_same_settings_in_the_same_order() -> None:
    assert list(settings_table(READMES[0]).items()) == list(settings_table(READMES[1]).items())


def test_the_example_of_an_env_file_names_every_setting_once_with_its_default() -> None:
    lines = re.findall(r"^(#?)([A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE)
    assert sorted(name for _, name, _ in lines) == sorted(defaults())
    for commented, name, value in lines:
        assert value == (defaults()[name].strip("`").replace("–", "") if commented else "")


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_table_shows_every_subcommand_with_its_usage(readme: str) -> None:
    usages = {f"/wxqr {grammar.usage(one.takes, name)}" for name, one in handlers.subcommands().items()}
    assert {cells[0].strip("`") for cells in rows(section(text(readme), "Commands", "命令"))} == usages


def test_a_chinese_command_in_the_chinese_readme_is_one() -> None:
    typed = re.findall(r"`/wxqr ([\u4e00-\u9fff]+)", text(READMES[1]))
    assert typed
    assert set(typed) <= set(words.ALIASES)


def test_both_readmes_have_the_same_shape() -> None:
    english, chinese = (text(readme) for readme in READMES)
    assert re.findall(r"^#+(?= )", without_code(english), re.MULTILINE) == re.findall(
        r"^#+(?= )", without_code(chinese), re.MULTILINE
    )
    assert re.findall(r"```.*?```", english, re.DOTALL) == re.findall(r"```.*?```", chinese, re.DOTALL)
    assert [len(row) for row in rows(english)] == [len(row) for row in rows(chinese)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_that_a_document_names_is_one(document: Path) -> None:
    named = set(re.findall(r"`((?:SLACK|WECHAT|WXQR)_[A-Z_]+)", document.read_text(encoding="utf-8")))
    assert named <= set(defaults())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_line_of_a_shell_block_starts_with_a_program_that_is_known(document: Path) -> None:
    assert {line.split()[0] for line in shell_lines(document)} <= PROGRAMS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_wxqr_and_make_command_in_a_document_exists(document: Path) -> None:
    typed = "\n".join([*shell_lines(document), *re.findall(r"`([^`\n]+)`", document.read_text(encoding="utf-8"))])
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    programs = set(re.findall(r'_command\(commands, "(\w+)"', text("bot/__main__.py")))
    assert set(re.findall(r"^make (\w+)", typed, re.MULTILINE)) <= targets
    assert set(re.findall(r"^(?:\.venv/bin/)?wxqr (\w+)", typed, re.MULTILINE)) <= programs


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", document.read_text(encoding="utf-8")):
        path, _, fragment = target.partition("#")
        found = (document.parent / path) if path else document
        assert found.exists(), target
        assert not fragment or fragment in anchors(found.read_text(encoding="utf-8")), target


def test_the_runbook_says_what_to_do_about_every_errcode() -> None:
    listed = [int(cells[0]) for cells in rows(section(text("docs/OPERATIONS.md"), "Errcodes"))]
    assert listed == sorted(ERRCODES)
    assert all(cells[2] for cells in rows(section(text("docs/OPERATIONS.md"), "Errcodes")))


def test_the_runbook_names_every_metric() -> None:
    exposed = set(re.findall(r"^# TYPE (\w+) ", metrics.exposition().decode(), re.MULTILINE))
    assert set(names(section(text("docs/OPERATIONS.md"), "Metrics"))) == {
        name for name in exposed if not name.endswith("_created")
    }


def test_the_runbook_names_views_that_exist() -> None:
    steps = "".join(text(f"storage/{path.name}") for path in (ROOT / "storage").glob("migrations*.py"))
    views = set(re.findall(r"create view (\w+)", steps))
    told = re.findall(r"the views (.+?)\.", text("docs/OPERATIONS.md").replace("\n", " "))[0]
    assert set(re.findall(r"`(\w+)`", told)) == views


def test_the_document_on_wechat_names_every_path_that_is_called() -> None:
    path = r"/(?:cgi-bin|datacube)/[\w/]+"
    called = {found for pure in ("protocol", "followers") for found in re.findall(path, text(f"bot/wechat/{pure}.py"))}
    told = " ".join(cells[0] for cells in rows(text("docs/WECHAT.md").split("## Codes")[0]))
    assert set(re.findall(path, told)) == called


def test_the_document_on_the_sandbox_names_every_fault() -> None:
    assert set(names(section(text("docs/SANDBOX.md"), "Faults"))) == FAULTS


def test_the_document_on_the_sandbox_names_every_address_of_its_control() -> None:
    control = text("bot/sandbox/control.py")
    served = set(re.findall(r'^\s+"(\w+)": self\._', control, re.MULTILINE)) | set(
        re.findall(r'Route\("/(\w+)"', control)
    )
    listed = names(section(text("docs/SANDBOX.md"), "Control interface"))
    assert {name.rpartition("/")[2] for name in listed if "/sandbox/" in name} == served


def test_the_document_on_the_sandbox_introduces_its_people() -> None:
    assert names(section(text("docs/SANDBOX.md"), "People and channels")) == [person.name for person in PEOPLE]


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    explained = section(text("docs/ARCHITECTURE.md"), "Libraries").lower()
    unexplained = [one for one in wanted if re.match(r"[\w-]+", one)[0].lower() not in explained]  # type: ignore[index]
    assert unexplained == []


def test_the_libraries_table_lists_what_is_installed_and_nothing_else() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    listed = {cells[0] for cells in rows(section(text("docs/ARCHITECTURE.md"), "Libraries"))}
    assert listed == {re.split(r"[^\w-]", one)[0] for one in project["dependencies"]}


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in text("CHANGELOG.md")
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == __version__
