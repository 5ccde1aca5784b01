"""The page's files: fresh after an upgrade, light on reload, and no other file."""

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
    """Give a page of two files, and one beside it."""
    (tmp_path / "static" / "shell").mkdir(parents=True)
    (tmp_path / "static" / "index.html").write_text("<title>page</title>", "utf-8")
    (tmp_path / "static" / "shell" / "list.js").write_text("export const words = '说';", "utf-8")
    (tmp_path / "secret.js").write_text("no", "utf-8")
    return tmp_path / "static"


async def test_a_file_is_asked_for_each_time_and_sent_only_when_it_is_another(folder: Path) -> None:
    async with browser(folder) as http:
        first = await http.get("/shell/list.js")
        assert (first.status_code, first.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert first.headers["cache-control"] == "no-cache"
        known = {"if-none-match": first.headers["etag"]}
        again = await http.get("/shell/list.js", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        (folder / "shell" / "list.js").write_text("export const words = '新';", "utf-8")
        changed = await http.get("/shell/list.js", headers=known)
        assert (changed.status_code, changed.text) == (200, "export const words = '新';")


async def test_a_file_that_is_added_is_found_when_the_page_is_loaded_anew(folder: Path) -> None:
    async with browser(folder) as http:
        (folder / "added.css").write_text("", "utf-8")
        assert (await http.get("/")).text == "<title>page</title>"
        assert (await http.get("/added.css")).headers["content-type"].startswith("text/css")


async def test_the_page_names_every_module_so_that_none_is_found_late(folder: Path) -> None:
    (folder / "index.html").write_text("<head></head>", "utf-8")
    async with browser(folder) as http:
        assert (await http.get("/")).text == '<head><link rel="modulepreload" href="shell/list.js">\n</head>'


@pytest.mark.parametrize("address", ["/nothing.js", "/../secret.js", "/%2e%2e/secret.js", "/shell", "/shell/"])
async def test_nothing_but_the_pages_files_has_an_address(folder: Path, address: str) -> None:
    async with browser(folder) as http:
        assert (await http.get(address)).status_code == 404


async def test_every_file_of_the_page_has_an_address() -> None:
    every = [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()]
    async with browser(FOLDER) as http:
        assert [name for name in every if (await http.get(f"/{name}")).status_code != 200] == []
