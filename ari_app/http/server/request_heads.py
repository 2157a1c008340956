"""Checks the head of a request as bytes, before any parser reads it."""

import re
from http import HTTPStatus
from typing import NamedTuple

from ari_app.http.server import credentials, problems

MOST_BYTES = 16 * 1024  # of a complete head
MOST_QUERY = 4 * 1024  # bytes
MOST_PATH = 1024  # bytes
MOST_FIELD = 1024  # bytes of one header
# Bytes that browsers send by themselves. Cookies may belong to other programs of the site. A page's address may be
# as long as an API query; browsers cut it at 4096 (Referrer Policy).
MOST_COOKIE = 4 * 1024
OF_BROWSERS = {b"cookie": MOST_COOKIE, b"referer": len("Referer: ") + 4096}
AGENT_BODY = 16 * 1024  # bytes; a form of the agent API usually has a few hundred
JSON_BODY = 64 * 1024  # bytes
CONFIG_BODY = 1024 * 1024  # bytes of a configuration or of a piece of a file, from a client with a known token

COSTLY = 1024  # bytes of a body that take about as long as a plain request
QUERY_COSTS = 3  # times as long as a body, because the server parses a query several times

JSON_PATHS = (b"/api/v1/", b"/workspace/")  # errors are problem documents
CONFIG_PATHS = (b"/api/v1/config/apply", b"/api/v1/config/diff")
PIECE_PATHS = b"/api/v1/imports/"  # each piece of a file of leads
CR = 0x0D
COOKIES = (credentials.FRAMED_COOKIE.encode(), credentials.COOKIE.encode())
LOCAL_COOKIE, HTTP_PORT = credentials.LOCAL_COOKIE.encode(), credentials.HTTP_PORT.encode()
HEAD = b"HEAD "
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,19})[ \t]*", re.IGNORECASE)
_COOKIES = re.compile(rb"\r\ncookie:([^\r\n]*)\r\n", re.IGNORECASE)
_PORT = re.compile(rb"\r\nhost:[^\r\n]*:([0-9]+)[ \t]*\r\n", re.IGNORECASE)
_TOKEN = re.compile(rb"[A-Za-z0-9_-]{43}")
_BEARER = re.compile(rb"\r\nauthorization:[ \t]*bearer[ \t]+([!-~]+)[ \t]*\r\n", re.IGNORECASE)


class RequestHead(NamedTuple):
    """The length of the body in bytes, and whether the JSON API answers the request.

    `cost`: as how many plain requests of a stranger it counts, because parsing it takes as long. `is_large`: only a
    known client may send such a body.
    """

    body: int
    is_json: bool
    cost: int
    is_large: bool = False


class HeadRefused(NamedTuple):
    """The status and text of the answer that ends the connection."""

    status: int
    code: str
    why: str
    is_json: bool


def judged(head: bytes) -> RequestHead | HeadRefused:
    """Check framing and sizes of a complete head, including its empty line; the parser checks the rest.

    A chunked body is refused. Each chunk, however small, would wake the app before the client is authenticated.
    """
    line, *fields = head[:-4].split(b"\r\n")
    path, _, query = line.partition(b" ")[2].rpartition(b" ")[0].partition(b"?")
    is_json = path.startswith(JSON_PATHS)
    if len(path) > MOST_PATH or len(query) > MOST_QUERY:
        why = f"a path of {MOST_PATH} bytes and a query of {MOST_QUERY} are allowed; send a longer query as a form"
        return HeadRefused(414, "address_too_long", why, is_json)
    body = 0
    for field in fields:
        name = field[:18].lower()
        if len(field) > MOST_FIELD and len(field) > OF_BROWSERS.get(name.partition(b":")[0], MOST_FIELD):
            return HeadRefused(431, "header_too_long", f"a header exceeds {MOST_FIELD} bytes", is_json)
        if name.startswith(b"transfer-encoding"):
            return HeadRefused(411, "length_missing", "a chunked body is refused; send Content-Length", is_json)
        if name.startswith(b"content-length"):
            length = _LENGTH.fullmatch(field)
            if length is None or body:
                return HeadRefused(400, "content_length_invalid", "Content-Length must be one number", is_json)
            body = int(length[1])
    if body > (most := largest_json(path) if is_json else AGENT_BODY):
        return too_large(most, is_json=is_json)
    return RequestHead(body, is_json, 1 + (body + QUERY_COSTS * len(query)) // COSTLY, body > JSON_BODY)


def largest_json(path: bytes) -> int:
    """Return how many bytes the body of a request to the JSON API may have."""
    return CONFIG_BODY if path in CONFIG_PATHS or path.startswith(PIECE_PATHS) else JSON_BODY


def too_large(most: int, *, is_json: bool) -> HeadRefused:
    """Return the refusal of a body of more than `most` bytes."""
    return HeadRefused(413, "body_too_large", f"the body is too large: {most} bytes are allowed", is_json)


def token(head: bytes) -> str:
    """Return the token of the request, as a bearer or in the cookie of a session, or ""."""
    if found := _BEARER.search(head):
        return found[1].decode()
    if (sent := _COOKIES.search(head)) is None:
        return ""
    port = found[1] if (found := _PORT.search(head)) else HTTP_PORT
    cookies = dict(one.strip().partition(b"=")[::2] for one in sent[1].split(b";"))
    names = (*COOKIES, LOCAL_COOKIE + port)
    value = next((cookies[name] for name in names if name in cookies), b"")
    return value.decode() if _TOKEN.fullmatch(value) else ""


def has_bearer(head: bytes) -> bool:
    """Return whether the token of the request is a bearer, which programs send."""
    return _BEARER.search(head) is not None


def is_no_request(came: bytearray, since: int, end: int | None) -> bool:
    """Return whether the bytes up to `end` cannot begin a request. Bytes before `since` are already checked."""
    if came[:1].strip(b"\r\nABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        return True
    start = since - 1 if since and came[since - 1] == CR else since
    return b"\n" in came[start:end].replace(b"\r\n", b"")


def answer(refused: HeadRefused, request: bytes) -> bytes:
    """Return the whole answer to a refused request, after which the connection closes. HEAD gets no body."""
    phrase = HTTPStatus(refused.status).phrase
    if refused.is_json:
        media, body = problems.MEDIA, problems.encoded(refused.status, refused.code, refused.why)
    else:
        media, body = "text/plain; charset=utf-8", f"{refused.why}\n".encode()
    head = f"HTTP/1.1 {refused.status} {phrase}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n"
    again = "Retry-After: 1\r\n" if refused.status == HTTPStatus.TOO_MANY_REQUESTS else ""
    return f"{head}{again}Connection: close\r\n\r\n".encode() + (b"" if request.startswith(HEAD) else body)
