"""The page's files: fresh after an upgrade, asked for once, and no other file."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.sandbox.page import FOLDER, Page


def browser(folder: Path) -> httpx.AsyncClient:
    app = Starlette(routes=[*Page(folder).routes()])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a page of three files, and one beside it."""
    (tmp_path / "static" / "shell").mkdir(parents=True)
    (tmp_path / "static" / "index.html").write_text('<head><script src="main.js"></script></head>', "utf-8")
    (tmp_path / "static" / "main.js").write_text("", "utf-8")
    (tmp_path / "static" / "shell" / "list.js").write_text("export const words = '说';", "utf-8")
    (tmp_path / "secret.js").write_text("no", "utf-8")
    return tmp_path / "static"


async def named(http: httpx.AsyncClient) -> dict[str, str]:
    """Load the page, and return the addresses of the files it names, by their own names."""
    page = await http.get("/")
    assert page.headers["cache-control"] == "no-cache"
    found = re.finditer(r'(?:href|src)="(edition/[0-9a-f]+/([^"]+))"', page.text)
    return {name: f"/{address}" for address, name in (match.groups() for match in found)}


async def test_a_file_is_asked_for_once_and_has_another_address_when_it_is_another(folder: Path) -> None:
    async with browser(folder) as http:
        before = (await named(http))["shell/list.js"]
        first = await http.get(before)
        assert (first.status_code, first.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert "immutable" in first.headers["cache-control"]
        (folder / "shell" / "list.js").write_text("export const words = '新';", "utf-8")
        after = (await named(http))["shell/list.js"]
        assert after != before
        changed = await http.get(after)
        assert (changed.text, "immutable" in changed.headers["cache-control"]) == ("export const words = '新';", True)
        assert (await http.get(before)).headers["cache-control"] == "no-cache"


async def test_a_file_that_is_added_is_found_when_the_page_is_loaded_anew(folder: Path) -> None:
    async with browser(folder) as http:
        await named(http)
        for name in ("added.js", "added.css"):
            (folder / name).write_text("", "utf-8")
        module = (await named(http))["added.js"]
        assert (await http.get(module)).status_code == 200
        style = await http.get(module.replace("added.js", "added.css"))
        assert style.headers["content-type"].startswith("text/css")


async def test_the_page_names_every_module_so_that_none_is_found_late(folder: Path) -> None:
    async with browser(folder) as http:
        assert [*await named(http)] == ["main.js", "shell/list.js"]


@pytest.mark.parametrize("address", ["nothing.js", "../../../secret.js", "%2e%2e/%2e%2e/secret.js", "shell", "shell/"])
async def test_nothing_but_the_pages_files_has_an_address(folder: Path, address: str) -> None:
    async with browser(folder) as http:
        await named(http)
        assert (await http.get(f"/edition/x/{address}")).status_code == 404
        assert (await http.get(f"/{address}")).status_code == 404


async def test_every_file_of_the_page_has_an_address() -> None:
    every = [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()]
    async with browser(FOLDER) as http:
        assert [name for name in every if (await http.get(f"/edition/x/{name}")).status_code != 200] == []


async def test_every_file_the_page_names_is_there_under_the_address_it_names() -> None:
    async with browser(FOLDER) as http:
        files = await named(http)
        assert {"main.js", "css/theme.css", "shell/composer.js"} <= files.keys()
        answers = [await http.get(address) for address in files.values()]
        assert [one.url for one in answers if "immutable" not in one.headers.get("cache-control", "")] == []
