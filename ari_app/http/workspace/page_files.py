"""The files of the workspace, as they were when the process started: a page never mixes two versions."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from aiohttp import ETag, web

INDEX = "index.html"
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class PageFile(NamedTuple):
    """A file to send; `tag` changes with its content."""

    body: bytes
    media: str
    tag: str


def read(folder: Path) -> dict[str, PageFile]:
    """Return the files that browsers may ask for, by their paths in the folder. Raises OSError."""
    return {
        path.relative_to(folder).as_posix(): _file(path.read_bytes(), MEDIA[path.suffix])
        for path in sorted(folder.rglob("*"))
        if path.suffix in MEDIA
    }


def _file(body: bytes, media: str) -> PageFile:
    return PageFile(body, media, hashlib.sha256(body).hexdigest()[:32])


async def serve(files: Mapping[str, PageFile], request: web.Request) -> web.Response:
    """Answer with a file, or 304 if the browser has it. Raises web.HTTPNotFound."""
    found = files.get(request.match_info["file"] or INDEX)
    if found is None:
        raise web.HTTPNotFound
    known = request.if_none_match or ()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{found.tag}"'}
    if any(one in (ETag(found.tag), ETag("*")) for one in known):
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.body, headers={**headers, "Content-Type": found.media})


async def redirect(_request: web.Request) -> web.Response:
    """Add the slash that relative addresses need."""
    return web.Response(status=308, headers={"Location": "workspace/"})
