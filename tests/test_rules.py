"""The rules of the house that no linter knows: sizes, exceptions, sleeps, and the map in docs/ARCHITECTURE.md."""

import ast
import configparser
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("bot", "handlers", "storage", "bench")
LONGEST_MODULE, LONGEST_TEST_MODULE, LONGEST_FUNCTION = 250, 500, 40

# the one place that turns a bug into a reply, and the one that hands whatever a write raises to its caller
BROAD = {"bot/handler.py", "storage/writer.py"}
# the one pause: between two looks at what tells nobody when it changes
LOOKS_AGAIN = "tests/conversations/talk.py: asyncio.sleep(PACE)"
SLEEPS = ("sleep", "wait_for_timeout")
NO_NOUNS_OF_THE_TRADE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "core"}

# written with [brackets] so that this file does not hold what it looks for
MACHINE_PATH = re.compile(r"(?<![\w.…*])/(?:h[o]me|r[o]ot|t[m]p|w[o]rk|U[s]ers)(?:/|\b)")
PACKAGE_INDEX = re.compile(
    r"p[y]pi\.|pythonh[o]sted|(?<!emit)-index-[u]rl|--find-l[i]nks|https?://(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d"
)
LATER = re.compile(r"\b(?:T[O]DO|F[I]XME)\b")
PATH = re.compile(r"[\w.-]*\.\w+|[\w.-]+/|Makefile")
# for values in a tuple: of this one Python 3.12 warns, and 3.14 refuses it:
# https://docs.python.org/3.14/library/sqlite3.html#sqlite3-placeholders
NUMBERED_MARK = re.compile(r"[ (,=]\?[1-9]\b")
BARE_NOQA = re.compile(r"# noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)*(?= - \S))")
BARE_IGNORE = re.compile(r"# type: ignore(?!\[[\w, -]+\][ \t]+# \S)")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def kept_files() -> list[Path]:
    """Return what git tracks, or would: every file that is text."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout, so nothing tells which files belong to the project")
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def found(pattern: re.Pattern[str], files: Iterable[Path]) -> list[str]:
    texts = [(path, path.read_text(encoding="utf-8", errors="ignore")) for path in files]
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path, text in texts
        if pattern.search(text)  # seldom, so that few texts are taken apart
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def too_long(files: Iterable[Path], most: int) -> list[str]:
    return [f"{name(path)}: {len(lines(path))} lines" for path in files if len(lines(path)) > most]


@cache
def functions() -> list[tuple[int, str]]:
    """Return the length of every function, and where it is; a text, such as a migration's SQL, counts as one line."""
    measured = []
    for path in sources(*CODE):
        texts = [(n.lineno, n.end_lineno or n.lineno) for n in nodes(path) if isinstance(n, ast.Constant)]
        long_texts = [(first, last) for first, last in texts if last > first]
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                ends = node.end_lineno or 0
                spared = sum(last - first for first, last in long_texts if node.lineno <= first <= last <= ends)
                measured.append((ends - node.lineno + 1 - spared, f"{name(path)}: {node.name}"))
    return measured


def names_in(expression: ast.expr | None) -> set[str]:
    if expression is None:
        return {"everything"}
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def is_broad(node: ast.AST) -> bool:
    broad = {"Exception", "BaseException", "everything"}
    if isinstance(node, ast.ExceptHandler):
        return bool(names_in(node.type) & broad)
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
        return any(names_in(argument) & broad for argument in node.args)
    return False


def is_sleep(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in SLEEPS:
        return False
    called = ast.unparse(node.func)
    if called in {"asyncio.sleep", "anyio.sleep"}:
        return not (node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0)
    return called == "time.sleep" or called.endswith(".wait_for_timeout")


def test_no_module_is_longer_than_250_lines() -> None:
    assert too_long(sources(*CODE), LONGEST_MODULE) == []


def test_no_test_module_is_longer_than_500_lines() -> None:
    assert too_long(sources("tests"), LONGEST_TEST_MODULE) == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert [where for length, where in functions() if length > LONGEST_FUNCTION] == []


def test_nine_functions_in_ten_have_at_most_20_lines() -> None:
    lengths = sorted(length for length, _ in functions())
    assert lengths[len(lengths) * 9 // 10] <= 20


def test_modules_are_named_for_the_trade() -> None:
    assert [name(path) for path in sources(*CODE) if path.stem in NO_NOUNS_OF_THE_TRADE] == []


def test_only_one_place_catches_whatever_comes_and_one_hands_it_on() -> None:
    broad = {name(path) for path in sources(*CODE) for node in nodes(path) if is_broad(node)}
    assert broad == BROAD


def test_the_writing_thread_hands_every_exception_to_its_caller() -> None:
    handlers = [n for n in nodes(ROOT / "storage/writer.py") if isinstance(n, ast.ExceptHandler) and is_broad(n)]
    for handler in handlers:
        assert handler.name
        used = {node.id for statement in handler.body for node in ast.walk(statement) if isinstance(node, ast.Name)}
        assert handler.name in used
    assert len(handlers) == 1


def test_no_test_sleeps_and_one_place_looks_again_until_a_condition_holds() -> None:
    suspects = [path for path in sources("tests") if any(word in path.read_text(encoding="utf-8") for word in SLEEPS)]
    sleeping = [f"{name(path)}: {ast.unparse(n)}" for path in suspects for n in nodes(path) if is_sleep(n)]
    assert sleeping == [LOOKS_AGAIN]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert found(MACHINE_PATH, kept_files()) == []


def test_no_file_names_a_package_index() -> None:
    assert found(PACKAGE_INDEX, kept_files()) == []


def test_nothing_is_left_for_later() -> None:
    assert found(LATER, kept_files()) == []


def test_no_statement_has_a_numbered_mark_which_python_3_14_refuses() -> None:
    assert found(NUMBERED_MARK, sources(*CODE, "tests")) == []


def test_every_silenced_rule_is_named_and_has_its_reason() -> None:
    code = [path for path in sources(*CODE) if path.is_file()]
    assert found(BARE_NOQA, code) + found(BARE_IGNORE, code) == []


def drawn_tree() -> set[str]:
    """Return the paths in the tree of docs/ARCHITECTURE.md: two spaces a level, then names, then what they are."""
    document = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    block = document.split("## The tree", 1)[1].split("```", 2)[1]
    above: list[str] = []
    paths: set[str] = set()
    for line in filter(str.strip, block.splitlines()):
        level = (len(line) - len(line.lstrip())) // 2
        names = [word.rstrip("/") for word in takewhile(PATH.fullmatch, line.split())]
        paths |= {"/".join([*above[:level], each]) for each in names}
        above[level:] = names[:1]
    return paths


def test_every_path_in_the_drawn_tree_exists() -> None:
    assert [path for path in sorted(drawn_tree()) if not (ROOT / path).exists()] == []


def test_every_module_is_in_the_drawn_tree() -> None:
    modules = {name(path) for path in sources("bot", "handlers", "storage") if path.name != "__init__.py"}
    outside_the_sandbox = {module for module in modules if not module.startswith("bot/sandbox/")}
    assert sorted(outside_the_sandbox - drawn_tree()) == []


def test_every_module_of_the_bot_has_its_place_in_the_layers() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    placed = set(re.findall(r"[\w.]+", contracts["importlinter:contract:layers"]["layers"]))
    there = {
        f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.suffix == ".py" and path.stem != "__init__"
    }
    packages = {f"bot.{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}
    assert sorted((there | packages) - placed) == []
