"""The description of a route of the JSON API: its handler, scope, and the shapes of request and answer."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from ari_app.http.server import bearer_tokens, paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker, EventStream, FileAnswer
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1 import agent_bounds, campaign_bounds
from ari_app.http.v1.agent_bounds import Bound, RouteName
from ari_app.http.v1.campaign_bounds import CampaignBound
from ari_app.http.v1.live_state import JsonApi
from warmline.options.values.option_types import nearest
from warmline.store.configuration.users import User

READ_PROBLEMS = (401, 403, 422, 429, 503)


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """A query parameter or header. `schema` is JSON Schema."""

    name: str
    place: str
    meaning: str
    schema: dict[str, Any]
    required: bool = False


def paged(
    after: str, usual: int = paging.USUAL, most: int = paging.ROWS, cursors: dict[str, Any] | None = None
) -> tuple[ApiParameter, ApiParameter]:
    """Return the parameters of a list; `after` describes its cursor, `cursors` is the cursor's JSON schema."""
    rows = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    cursor = f"begin after this row: {after} of the last row received"
    return (
        ApiParameter("limit", "query", "maximum number of rows", rows),
        ApiParameter("after", "query", cursor, cursors or {"type": "string"}),
    )


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """A route below /api/v1. `takes` and `gives` are the shapes of the bodies; `example` is an example of `takes`.

    `other_status` is another status of the same answer, or 0. `scope` is empty for a route that every client may use,
    and an open route needs no token at all. `scope_of` returns the scope for the variable parts of a path, if that is
    not always `scope`. A user who must change the password uses only routes with `before_own_password`, and one who
    must enrol a second factor also those with `before_enrolment`. `bound` says which part of the route a user may use
    who may not see all agents, and `campaign_bound` that of a user who may not see all campaigns; without one it is in
    `campaign_bounds.OF_ROUTES`.
    """

    method: str
    path: str
    name: str
    summary: str
    scope: str
    bound: Bound
    serve: Callable[[JsonApi, ApiRequest], Awaitable[ApiAnswer | EventStream | FileAnswer]]
    gives: Any
    status: int = 200
    problems: tuple[int, ...] = READ_PROBLEMS
    takes: Any = None
    example: Any = None
    parameters: tuple[ApiParameter, ...] = ()
    media: str = "application/json"
    scope_of: Callable[[Mapping[str, str]], str] | None = None
    is_open: bool = False
    before_own_password: bool = False
    before_enrolment: bool = False
    other_status: int = 0
    campaign_bound: CampaignBound | None = None

    def check(self, asker: Asker, query: Mapping[str, str], path_values: Mapping[str, str]) -> None:
        """Check that the client may use the route, and that the route knows each query parameter.

        A misspelled parameter must not be ignored, nor a second value of one. Raises ProblemRaised (400, 403, 422).
        """
        if not self.before_own_password:
            bearer_tokens.refuse_gated(asker, may_enrol=self.before_enrolment)
        if scope := self.scope_of(path_values) if self.scope_of else self.scope:
            bearer_tokens.allow(asker, scope, self.name)
        known = {one.name for one in self.parameters if one.place == "query"}
        unknown = sorted(set(query) - known)
        if unknown:
            faults = (
                FieldFault(name, nearest(name, known) or f"allowed: {', '.join(sorted(known)) or 'no parameters'}")
                for name in unknown
            )
            raise ProblemRaised(
                HTTPStatus.UNPROCESSABLE_ENTITY, "parameter_unknown", "unknown parameter", errors=tuple(faults)
            )
        if repeated := [name for name, times in Counter(name for name, _ in query.items()).items() if times > 1]:
            faults = (FieldFault(name, "allowed: one value") for name in repeated)
            raise ProblemRaised(HTTPStatus.BAD_REQUEST, "parameter_repeated", "repeated parameter", errors=(*faults,))

    async def answer(self, api: JsonApi, request: ApiRequest) -> ApiAnswer | EventStream | FileAnswer:
        """Answer a request that `check` has allowed, as far as the client's right reaches. Raises what `serve` does."""
        return await self.serve(api, await self.bounded(api, request))

    async def bounded(self, api: JsonApi, request: ApiRequest) -> ApiRequest:
        """Return the request as the client may make it. Raises ProblemRaised (403, 404), StoreError."""
        if isinstance(request.asker, User):
            request = agent_bounds.with_own_agent(request)
            if self.scope and (visible := request.asker.bound(self.scope)) is not None:
                request = replace(request, visible=visible)
                request = await self.bound.narrow(api, request, RouteName(self.name, self.scope))
            if self.scope:
                campaign_bound = self.campaign_bound or campaign_bounds.of_route(self.name)
                request = await campaign_bounds.narrowed(api, request, campaign_bound)
        return request
