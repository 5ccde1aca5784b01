"""The files of the page: fresh after an upgrade, asked for once, quick although they are many and small."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
INDEX = "index.html"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
# what the page names; files name one another by where they lie, which holds under any address
_NAMED = re.compile(r'(?<=(?:href|.src)=")(?=[\w./-]+\.(?:css|js)")')
# https://www.rfc-editor.org/rfc/rfc8246
_FOR_EVER = {"cache-control": "max-age=31536000, immutable"}
_ASK_AGAIN = {"cache-control": "no-cache"}


class Page:
    """Serves what is in `folder`, by addresses that are others as soon as a file is: a browser asks for none twice.

    Only the page itself is asked for each time, and the files are looked at then: what is changed while the sandbox
    stands is there on reload.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._files = self._found()
        self._edition = ""

    def routes(self) -> list[Route]:
        """Return where the files are: the page itself at the root."""
        return [Route("/", self._index), Route("/edition/{edition}/{name:path}", self._file)]

    async def _index(self, _: Request) -> Response:
        self._files = self._found()
        contents = {name: path.read_bytes() for name, path in self._files.items()}
        self._edition = _digest(contents)
        text = contents[INDEX].decode().replace("</head>", f"{self._modules()}</head>")
        return Response(_NAMED.sub(f"edition/{self._edition}/", text), headers=_ASK_AGAIN, media_type=_TYPES[".html"])

    async def _file(self, request: Request) -> Response:
        path = self._files.get(request.path_params["name"])
        if not path:
            return Response(status_code=404)
        # a page of before may still be open, and ask for what is not as it was
        headers = _FOR_EVER if request.path_params["edition"] == self._edition else _ASK_AGAIN
        # read at once: so small a file is there before a thread is
        return Response(path.read_bytes(), headers=headers, media_type=_TYPES[path.suffix])

    def _modules(self) -> str:
        """Name every module in the page, so that none is found only when another that needs it has come.

        https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload
        """
        names = sorted(name for name in self._files if name.endswith(".js"))
        return "".join(f'<link rel="modulepreload" href="{name}">\n' for name in names)

    def _found(self) -> dict[str, Path]:
        """Return the files by their names; there is no address for any other."""
        found = (path for path in self._folder.rglob("*") if path.suffix in _TYPES)
        return {path.relative_to(self._folder).as_posix(): path for path in found}


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()
