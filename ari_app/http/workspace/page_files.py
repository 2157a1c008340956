"""The files of the workspace, as they were when the process started: a page never mixes two versions.

The page names its files in a folder of their version. Browsers keep these, so a page that is loaded again, such as in a
call, asks for little more than the page itself.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from aiohttp import ETag, web

INDEX = "index.html"
VERSION = re.compile(r"v-[0-9a-f]{16}/")
NAMED = re.compile(rb'(?<=(?:src|ref)=")(?=[^"]+")')  # the place before the address of a file
KEPT, ASKED = "public, max-age=31536000, immutable", "no-cache"
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class PageFile(NamedTuple):
    """A file to send; `tag` changes with its content. `folder` is that of the version, such as v-0123456789abcdef/."""

    body: bytes
    media: str
    tag: str
    folder: str = ""


def read(folder: Path) -> dict[str, PageFile]:
    """Return the files that browsers may ask for, by their paths in the folder. Raises OSError."""
    bodies = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in MEDIA
    }
    version = f"v-{_hash(repr(bodies).encode())[:16]}/"
    bodies |= {name: NAMED.sub(version.encode(), body) for name, body in bodies.items() if name.endswith(".html")}
    return {name: PageFile(body, MEDIA[Path(name).suffix], _hash(body)[:32], version) for name, body in bodies.items()}


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


async def serve(files: Mapping[str, PageFile], request: web.Request) -> web.Response:
    """Answer with a file, or 304 if the browser has it. Raises web.HTTPNotFound."""
    asked = request.match_info["file"]
    found = files.get(VERSION.sub("", asked, 1) or INDEX)
    if found is None:
        raise web.HTTPNotFound
    known = request.if_none_match or ()
    is_kept = asked.startswith(found.folder)  # a file of another version is the one of this version, for now
    headers = {"Cache-Control": KEPT if is_kept else ASKED, "ETag": f'"{found.tag}"'}
    if any(one in (ETag(found.tag), ETag("*")) for one in known):
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.body, headers={**headers, "Content-Type": found.media})


async def redirect(_request: web.Request) -> web.Response:
    """Add the slash that relative addresses need."""
    return web.Response(status=308, headers={"Location": "workspace/"})
