"""What came in the request: query and form, by name. Malformed parts are left out; nothing here raises."""

from contextlib import suppress
from io import BytesIO
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartParser, parse_options_header

MOST_PARTS = 200  # of a form of either kind: the contract has fewer fields; what comes behind them is left out


def read(query: str, content_type: str, body: bytes) -> dict[str, str]:
    """The parameters by name: the query wins over the form, and within each the last of two equal names.

    `query` is still percent-encoded; bytes that are no UTF-8 become U+FFFD, which no filter lets through.
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
    """Many PHP clients post this form when they are given an array. It comes before the login: parts have no parts."""
    boundary = parse_options_header(content_type)[1].get("boundary", "").encode("utf-8", "surrogateescape")
    given: dict[str, str] = {}
    with suppress(MultipartError):
        for part in MultipartParser(BytesIO(body), boundary, part_limit=MOST_PARTS):
            given[part.name] = part.raw.decode("utf-8", "replace")
    return given
