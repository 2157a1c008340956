"""A request to the JSON API and its answer, as plain data: HTTP and the command line's socket both turn into them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import msgspec

from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User

Asker = ApiToken | User
"""A client: a program with its token, or a user in a session."""

Send = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request that its token allows. `path` is decoded and complete; `path_values` are its variable parts.

    `headers` are read by their usual names, whose case may matter. `by` is the client's name in receipts, `token` the
    bearer token. `visible` are the agents that the request may be about; None for all. `campaigns`
    are those that a person's group allows; None for all. `has_gone` returns whether the client has disconnected; a
    thread may call it.
    """

    method: str
    path: str
    path_values: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    asker: Asker
    by: str
    has_gone: Callable[[], bool] = lambda: False
    address: str = ""
    token: str = ""
    visible: VisibleAgents | None = None
    campaigns: VisibleCampaigns | None = None


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """A complete answer; by default with JSON and status 200."""

    body: bytes
    status: int = HTTPStatus.OK
    media: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventStream:
    """An answer without end: `tell` sends server-sent events until it is cancelled or has no more; b"" is not sent."""

    tell: Callable[[Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """An answer with `size` bytes of a file, all or a part: `tell` sends them in pieces. `name` is the file's."""

    size: int
    media: str
    name: str
    tell: Callable[[Send], Awaitable[None]]
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


def reply(data: object, status: HTTPStatus = HTTPStatus.OK, **headers: str) -> ApiAnswer:
    """Return an answer with data as JSON."""
    return ApiAnswer(msgspec.json.encode(data), status, headers=headers)
