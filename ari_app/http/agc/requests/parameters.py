"""Reads a request's parameters from query and form. Malformed parts are left out; no function here raises."""

from contextlib import suppress
from io import BytesIO
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartParser, parse_options_header

MOST_PARTS = 200  # of a form; the contract has fewer fields, and further parts are ignored


def read(query: str, content_type: str, body: bytes) -> dict[str, str]:
    """Return the parameters by name: the query takes precedence over the form, and the last of several equal names.

    `query` is still percent-encoded. Bytes that are not UTF-8 become U+FFFD, which every filter drops.
    """
    return _form(content_type, body) | dict(parse_qsl(query, keep_blank_values=True))


def _form(content_type: str, body: bytes) -> dict[str, str]:
    if not body:
        return {}
    if content_type.lower().startswith("multipart/form-data"):
        return _multipart(content_type, body)
    first = b"&".join(body.split(b"&", MOST_PARTS)[:MOST_PARTS])
    return dict(parse_qsl(first.decode("utf-8", "replace"), keep_blank_values=True))


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    """Read a multipart form, which many PHP clients send for an array. Nested parts are not read before the login."""
    boundary = parse_options_header(content_type)[1].get("boundary", "").encode("utf-8", "surrogateescape")
    given: dict[str, str] = {}
    with suppress(MultipartError):
        for part in MultipartParser(BytesIO(body), boundary, part_limit=MOST_PARTS):
            given[part.name] = part.raw.decode("utf-8", "replace")
    return given
