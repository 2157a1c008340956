"""What came in the request: query and form, by name. Malformed parts are left out; nothing here raises."""

from email import message_from_bytes
from urllib.parse import parse_qsl


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
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    # Many PHP clients post this form when they are given an array.
    header = b"Content-Type: " + content_type.encode("utf-8", "replace") + b"\r\n\r\n"
    given = {}
    for part in message_from_bytes(header + body).walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            given[name] = content.decode("utf-8", "replace")
    return given
