"""Files: uploaded in three steps, and shared some time after the third.

https://docs.slack.dev/messaging/working-with-files#upload
"""

import mimetypes
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.refusals import Refusal

CONTENTS_KEPT = 200
FILES_KEPT = 20_000
_MAGIC = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF", "application/pdf"))


class UploadRefused(Exception):
    """The bytes were not taken; `status` is the HTTP status."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(slots=True, eq=False, kw_only=True)
class File:
    """A file. `content` is None before it has come and after it is forgotten; `mimetype` is "" until processed."""

    id: str
    name: str
    size: int
    created: int
    alt_txt: str = ""
    title: str = ""
    mimetype: str = ""
    content: bytes | None = None
    received: bool = False
    completed: bool = False
    shares: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Tell whether an image block may show it (python-slack-sdk#1521)."""
        return bool(self.mimetype)

    def process(self) -> None:
        """Find out what the bytes are, as Slack does some time after the upload."""
        found = next((kind for magic, kind in _MAGIC if (self.content or b"").startswith(magic)), None)
        self.mimetype = found or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def note_share(self, channel: Channel, ts: str) -> None:
        where = self.shares.setdefault("private" if channel.is_private else "public", {})
        share = {"ts": ts, "channel_name": channel.name, "reply_users": [], "reply_count": 0}
        where.setdefault(channel.id, []).append(share)


class Files:
    """What was uploaded; the bytes of the last `CONTENTS_KEPT` only."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._files: dict[str, File] = {}
        self._uploads: dict[str, File] = {}
        self._contents: deque[File] = deque()

    def begin(self, name: str, size: int, alt_txt: str, now: float) -> tuple[str, File]:
        """Return the secret of the upload URL, and the file that is to come."""
        file = File(id=self._ids.new("F"), name=name, title=name, size=size, alt_txt=alt_txt, created=int(now))
        secret = self._ids.secret()
        self._files[file.id] = self._uploads[secret] = file
        for known in (self._files, self._uploads):
            if len(known) > FILES_KEPT:
                del known[next(iter(known))]
        return secret, file

    def receive(self, secret: str, content: bytes) -> File:
        """Take the bytes of step 2; UploadRefused if nobody announced them, or announced another length."""
        file = self._uploads.get(secret)
        if file is None:
            raise UploadRefused(404, "no such upload")
        if len(content) != file.size:
            raise UploadRefused(400, f"announced {file.size} bytes, got {len(content)}")
        file.content, file.received = content, True
        self._contents.append(file)
        if len(self._contents) > CONTENTS_KEPT:
            self._contents.popleft().content = None
        return file

    def __iter__(self) -> Iterator[File]:
        return iter(self._files.values())

    def __getitem__(self, file_id: str) -> File:
        file = self._files.get(file_id)
        if file is None:
            raise Refusal("file_not_found")
        return file

    def find(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def uploaded(self, file_id: str) -> File:
        """Return the file if its bytes have come."""
        file = self[file_id]
        if not file.received:
            raise Refusal("file_not_found")
        return file

    def delete(self, file: File) -> None:
        del self._files[file.id]
        file.content = None


def as_file(file: File, base_url: str) -> dict[str, Any]:
    """Return the file object: until it is processed, `mimetype` is "" and `shares` is empty (trap of #1277)."""
    channels = {kind: list(file.shares.get(kind, {})) for kind in ("public", "private")}
    return {
        "id": file.id, "created": file.created, "timestamp": file.created, "name": file.name, "title": file.title,
        "mimetype": file.mimetype, "filetype": file.name.rpartition(".")[2], "user": BOT_USER, "size": file.size,
        "mode": "hosted", "editable": False, "is_external": False, "is_public": bool(channels["public"]),
        "url_private": f"{base_url}/files/{file.id}", "permalink": f"{base_url}/files/{file.id}",
        "alt_txt": file.alt_txt, "shares": file.shares, "channels": channels["public"],
        "groups": [id_ for id_ in channels["private"] if id_.startswith("C")],
        "ims": [id_ for id_ in channels["private"] if id_.startswith("D")], "has_rich_preview": False,
    }  # fmt: skip
