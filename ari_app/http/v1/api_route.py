"""What one address of the JSON API is: what answers, who may, what goes in and out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ari_app.http.server import paging
from ari_app.http.v1 import request_bodies
from ari_app.http.v1.live_state import JsonApi

READ_PROBLEMS = (401, 403, 422, 429, 503)


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """A query parameter or header. `schema` as in JSON Schema."""

    name: str
    place: str
    meaning: str
    schema: dict[str, Any]


def paged(
    after: str, usual: int = paging.USUAL, most: int = paging.ROWS, cursors: dict[str, Any] | None = None
) -> tuple[ApiParameter, ApiParameter]:
    """The parameters of a list; `after` says what its cursor is, `cursors` its JSON schema."""
    rows = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    cursor = f"begin behind this one: {after} of the last row that you have"
    return (
        ApiParameter("limit", "query", "how many rows at most", rows),
        ApiParameter("after", "query", cursor, cursors or {"type": "string"}),
    )


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """One address below /api/v1. `takes` and `gives` are the shapes of the bodies; `example` is one of `takes`."""

    method: str
    path: str
    name: str
    summary: str
    scope: str
    serve: Callable[[JsonApi, web.Request], Awaitable[web.StreamResponse]]
    gives: Any
    status: int = 200
    problems: tuple[int, ...] = READ_PROBLEMS
    takes: Any = None
    example: request_bodies.Body | None = None
    parameters: tuple[ApiParameter, ...] = ()
    media: str = "application/json"
