"""The head of a request as bytes: what is refused before anything of the request is parsed."""

import re
from http import HTTPStatus
from typing import NamedTuple

from ari_app.http.server import problems

MOST_BYTES = 16 * 1024  # of a whole head
MOST_QUERY = 4 * 1024  # bytes
MOST_PATH = 1024  # bytes
MOST_FIELD = 1024  # bytes of one header
# Bytes of what a browser sends by itself: its site's cookies, whoever else they are for, and the address of the page,
# which may be as long as a query of ours; browsers cut what is longer than 4096 (Referrer Policy).
MOST_COOKIE = 4 * 1024
OF_BROWSERS = {b"cookie": MOST_COOKIE, b"referer": len("Referer: ") + 4096}
AGENT_BODY = 16 * 1024  # bytes; a form of the agent API has a few hundred
JSON_BODY = 64 * 1024  # bytes

JSON_PATH = b"/api/v1/"
CR = 0x0D
HEAD = b"HEAD "
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,19})[ \t]*", re.IGNORECASE)
_BEARER = re.compile(rb"\r\nauthorization:[ \t]*bearer[ \t]+([!-~]+)[ \t]*\r\n", re.IGNORECASE)


class RequestHead(NamedTuple):
    """What a head says of its body: so many bytes; and who answers, the JSON API or not."""

    body: int
    is_json: bool


class HeadRefused(NamedTuple):
    """The status and the words that end the connection."""

    status: int
    code: str
    why: str
    is_json: bool


def judged(head: bytes) -> RequestHead | HeadRefused:
    """Judge a whole head, up to and with its empty line. Only framing and sizes: the parser judges the rest.

    A chunked body is refused: it costs a wake-up for every chunk, however small, before anybody has a name.
    """
    line, *fields = head[:-4].split(b"\r\n")
    path, _, query = line.partition(b" ")[2].rpartition(b" ")[0].partition(b"?")
    is_json = path.startswith(JSON_PATH)
    if len(path) > MOST_PATH or len(query) > MOST_QUERY:
        why = f"a path of {MOST_PATH} bytes and a query of {MOST_QUERY} are allowed; send a longer query as a form"
        return HeadRefused(414, "address_too_long", why, is_json)
    body = 0
    for field in fields:
        name = field[:18].lower()
        if len(field) > MOST_FIELD and len(field) > OF_BROWSERS.get(name.partition(b":")[0], MOST_FIELD):
            return HeadRefused(431, "header_too_long", f"a header of {MOST_FIELD} bytes is allowed", is_json)
        if name.startswith(b"transfer-encoding"):
            return HeadRefused(411, "length_missing", "a chunked body is refused; send Content-Length", is_json)
        if name.startswith(b"content-length"):
            length = _LENGTH.fullmatch(field)
            if length is None or body:
                return HeadRefused(400, "content_length_invalid", "Content-Length must be one number", is_json)
            body = int(length[1])
    if body > (most := JSON_BODY if is_json else AGENT_BODY):
        return HeadRefused(413, "body_too_large", f"the body is too large: {most} bytes are allowed", is_json)
    return RequestHead(body, is_json)


def bearer(head: bytes) -> str:
    """The bearer token that came with the request, or ""."""
    found = _BEARER.search(head)
    return found[1].decode() if found else ""


def is_no_request(came: bytearray, since: int, end: int | None) -> bool:
    """Whether what came, up to `end`, is neither a head nor the beginning of one. Bytes before `since` are known."""
    if came[:1].strip(b"\r\nABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        return True
    start = since - 1 if since and came[since - 1] == CR else since
    return b"\n" in came[start:end].replace(b"\r\n", b"")


def answer(refused: HeadRefused, request: bytes) -> bytes:
    """The whole answer to what begins as `request` does; the connection is closed behind it. HEAD gets no body."""
    phrase = HTTPStatus(refused.status).phrase
    if refused.is_json:
        media, body = problems.MEDIA, problems.encoded(refused.status, refused.code, refused.why)
    else:
        media, body = "text/plain; charset=utf-8", f"{refused.why}\n".encode()
    head = f"HTTP/1.1 {refused.status} {phrase}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n"
    again = "Retry-After: 1\r\n" if refused.status == HTTPStatus.TOO_MANY_REQUESTS else ""
    return f"{head}{again}Connection: close\r\n\r\n".encode() + (b"" if request.startswith(HEAD) else body)
