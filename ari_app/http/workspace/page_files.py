"""The files of the workspace, as they were when the process started: a page never mixes two versions.

The page names its files in a folder of their version. Browsers keep these, so a page that is loaded again, such as in a
call, asks for little more than the page itself.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

INDEX = "index.html"
# The pages, and the module that each one begins with.
OF_LEADERS = ("reports", "calls", "leads", "people", "config")
MAINS = {INDEX: "main.js", **{f"{page}.html": f"{page}/main.js" for page in OF_LEADERS}}
IMPORT = re.compile(r"""^(?:import|export)\b[^;'"()]*["'](\.[^"']+)["']""", re.MULTILINE)  # not import(…), for later
VERSION = re.compile(r"v-[0-9a-f]{16}/")
NAMED = re.compile(rb'(?<=(?:src|ref)=")(?=[^"]+")')  # the place before the address of a file
KEPT, ASKED = "public, max-age=31536000, immutable", "no-cache"
MISSING = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<title>Warmline</title></head><body><main><h1>No such page</h1><p><a href="{home}">Open Warmline</a></p></main>'
    "</body></html>"
)
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class PageFile(NamedTuple):
    """A file to send, as it is and compressed; `tag` changes with its content.

    `folder` is that of the version, such as v-0123456789abcdef/. `links` is the header Link, or "".
    """

    body: bytes
    packed: bytes
    media: str
    tag: str
    folder: str
    links: str = ""


@cache
def read(folder: Path) -> Mapping[str, PageFile]:
    """Return the files that browsers may ask for, by their paths in the folder, read once. Raises OSError."""
    bodies = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in MEDIA
    }
    version = f"v-{_hash(repr(bodies).encode())[:16]}/"
    links = {
        page: ", ".join(f"<{version}{name}>; rel=modulepreload" for name in _imported(bodies, main))
        for page, main in MAINS.items()
    }
    bodies |= {name: NAMED.sub(version.encode(), body) for name, body in bodies.items() if name.endswith(".html")}
    files = {
        name: PageFile(body, gzip.compress(body, mtime=0), MEDIA[Path(name).suffix], _hash(body)[:32], version)
        for name, body in bodies.items()
    }
    return files | {page: files[page]._replace(links=named) for page, named in links.items()}


def _imported(files: Mapping[str, bytes], main: str) -> list[str]:
    """Return a module and what it imports, in the order in which a browser finds it.

    A browser that knows the list from the start asks for all of them at once, not for each after its importer.
    """
    found, left = dict[str, None](), [main]
    while left:
        if (name := left.pop(0)) in files and name not in found:
            found[name] = None
            folder = posixpath.dirname(name)
            left += [posixpath.normpath(posixpath.join(folder, one)) for one in IMPORT.findall(files[name].decode())]
    return list(found)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


async def serve(files: Mapping[str, PageFile], request: web.Request) -> web.Response:
    """Answer with a file, or 304 if the browser has it. A person gets a page with a way on; a program HTTPNotFound."""
    asked = request.match_info["file"]
    found = files.get(VERSION.sub("", asked, 1) or INDEX)
    if found is None:
        if "text/html" not in request.headers.get("Accept", ""):
            raise web.HTTPNotFound
        home = "../" * asked.count("/") or "./"
        return web.Response(status=404, text=MISSING.format(home=home), content_type="text/html")
    known = request.if_none_match or ()
    is_kept = asked.startswith(found.folder)  # a file of another version is the one of this version, for now
    headers = {"Cache-Control": KEPT if is_kept else ASKED, "ETag": f'W/"{found.tag}"', "Vary": "Accept-Encoding"}
    if found.links:
        headers["Link"] = found.links
    if any(one.value in (found.tag, "*") for one in known):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = found.media
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=found.packed, headers={**headers, "Content-Encoding": "gzip"})
    return web.Response(body=found.body, headers=headers)


def is_index(request: web.Request) -> bool:
    """Return whether a request asks for the page itself."""
    return VERSION.sub("", request.match_info["file"], 1) in ("", INDEX)


async def redirect(_request: web.Request) -> web.Response:
    """Add the slash that relative addresses need."""
    return web.Response(status=308, headers={"Location": "workspace/"})
