"""The messages between the command line, or an AGI script, and the app, on the socket `calls-local`.

A client sends LocalHello, and then one LocalRequest at a time. It gets LocalWelcome, and for each request LocalAnswer
or LocalChunks. After LocalRefusal the connection is closed.
"""

import msgspec

VERSION = 1  # counts up when a message changes
LARGEST_HELLO = 1024  # bytes
LARGEST_REQUEST = 256 * 1024
LARGEST_ANSWER = 64 * 1024 * 1024


class LocalMessage(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A message. Its class name is its tag on the wire."""


class LocalHello(LocalMessage, frozen=True):
    """The first message. `person` is the login name, which the client may choose; `token` is an API token, or ""."""

    version: int
    person: str
    token: str


class LocalWelcome(LocalMessage, frozen=True):
    """The app accepts the connection. `connected` and `lost_at` are about Asterisk, as in CallControl.

    `storage` has the fields of StorageState.
    """

    connected: bool
    lost_at: int
    storage: tuple[int, str, str, bool] = (0, "", "", False)


class LocalRefusal(LocalMessage, frozen=True):
    """The app closes the connection; `why` is a sentence with a stable `code`."""

    code: str
    why: str


class LocalRequest(LocalMessage, frozen=True):
    """A request to the JSON API. `path` is below /api/v1, and percent-encoded; `body` is JSON, or empty."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes


class LocalAnswer(LocalMessage, frozen=True):
    """The whole answer to a request, with HTTP's status; `body` is JSON."""

    status: int
    body: bytes


class LocalChunk(LocalMessage, frozen=True):
    """Some lines of an event stream; no lines at its end."""

    text: bytes


ToApp = LocalHello | LocalRequest
ToClient = LocalWelcome | LocalRefusal | LocalAnswer | LocalChunk
