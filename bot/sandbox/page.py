"""The files of the page: fresh after an upgrade, light on reload, quick although they are many and small."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
INDEX = "index.html"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


class Page:
    """Serves what is in `folder`; a browser keeps it, and asks each time whether it is still the same.

    Without a word on freshness it would guess one: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._files = self._found()

    def routes(self) -> list[Route]:
        """Return where the files are: the page itself at the root."""
        return [Route("/", self._index), Route("/{name:path}", self._file)]

    async def _index(self, request: Request) -> Response:
        # so that a file that was added while the sandbox stands is found on reload
        self._files = self._found()
        content = self._files[INDEX].read_bytes()
        return _answer(request, content.replace(b"</head>", f"{self._modules()}</head>".encode()), ".html")

    async def _file(self, request: Request) -> Response:
        path = self._files.get(request.path_params["name"])
        # read at once: so small a file is there before a thread is
        return _answer(request, path.read_bytes(), path.suffix) if path else Response(status_code=404)

    def _modules(self) -> str:
        """Name every module in the page, so that none is found only when another that needs it has come.

        https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload
        """
        names = sorted(name for name in self._files if name.endswith(".js"))
        return "".join(f'<link rel="modulepreload" href="{name}">\n' for name in names)

    def _found(self) -> dict[str, Path]:
        """Return the files by their addresses; there is no address for any other."""
        found = (path for path in self._folder.rglob("*") if path.suffix in _TYPES)
        return {path.relative_to(self._folder).as_posix(): path for path in found}


def _answer(request: Request, content: bytes, suffix: str) -> Response:
    tag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_TYPES[suffix])
