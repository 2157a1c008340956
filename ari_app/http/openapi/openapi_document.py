"""The OpenAPI document of the JSON API, generated from the table of routes and their shapes."""

import re
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from ari_app.http.openapi import operation_examples
from ari_app.http.openapi.operation_examples import OperationExample
from ari_app.http.openapi.route_table import ROUTES, ApiParameter, ApiRoute
from ari_app.http.openapi.schema_names import SCHEMA_NAMES, named_schemas
from ari_app.http.server.api_request import ApiAnswer
from ari_app.http.server.problems import MEDIA, Problem
from ari_app.live.event_schemas import RECORDS
from warmline.operations.live_records import EventNow

PREFIX = "/api/v1"
ABOUT = (
    "The live calls and agents of one Warmline node. The answer comes when a command is done (a dial: begun). Each "
    "command has a receipt that shows how it ends. Times are ISO 8601, UTC. Errors are RFC 9457 problem documents."
)

# By the first part of a path, in the order of the document.
TAGS = {
    "login": "Sessions of users.",
    "me": "The client: its name and its rights.",
    "users": "Second factors of users, for administrators.",
    "sessions": "Sessions of all users, for administrators.",
    "tickets": "Tickets for event streams of browsers.",
    "agents": "Agents who are logged in: states, commands, their own call.",
    "calls": "Live calls: commands, transfers, recording.",
    "adoptions": "Conversations of Asterisk's own dialplan that become live calls.",
    "diallers": "The diallers of campaigns, which call leads automatically.",
    "campaigns": "Campaigns: the leads of all their lists, counted.",
    "servers": "The Asterisk servers: connection, load and drain.",
    "dialling": "The emergency stop of all automatic dialling.",
    "receipts": "How a command ended.",
    "ingroups": "In-groups, and the calls that wait in each.",
    "history": "Calls of an agent or of a number, including finished ones.",
    "callbacks": "Callbacks that customers are promised.",
    "reports": "Sums of calls, agents, transfers and callbacks over a period.",
    "imports": "Uploads of files with leads or do-not-call numbers, and what was imported.",
    "audit": "Calls to leads: attempts, drops, and the claims of the law.",
    "recordings": "Recordings of calls: what was recorded and why, and the audio.",
    "leads": "Customers: their leads, calls and scripts.",
    "lists": "Lists of leads: what is done with all leads of a list.",
    "dnc": "Do-not-call lists: numbers that no agent may dial, or no agent of a campaign.",
    "config": "The configuration: its kinds, options, changes and revisions.",
    "past-calls": "Calls by filters and by words in their notes, and the whole story of one.",
    "orphans": "Channels and bridges in Asterisk that belong to no call.",
    "api-tokens": "Tokens of programs.",
    "scheduled-reports": "Reports that are sent by mail: what was sent.",
    "people": "People who log in, with their agents and phones: list them, and make one at once.",
    "event-hooks": "Programs that get events: their secrets, their state, and tests.",
    "api-users": "Users of the agent API: locks after wrong passwords.",
    "events": "Changes of calls and agents, as they happen.",
    "overview": "In-groups, agents, calls and waiting callers, as supervisors see them.",
    "wallboard": "The state for a wallboard, without numbers.",
    "live": "The state of agents and calls, and each change of it.",
}

Json = dict[str, Any]

_ANY = {True: "No token is needed.", False: "Any token."}  # of a route without a scope, by whether it is open


def document() -> Json:
    """Return the whole document."""
    shapes = [shape for route in ROUTES for shape in (route.gives, route.takes) if shape] + [Problem]
    refs, schemas = named_schemas([*shapes, *RECORDS])
    refs, records = refs[: len(shapes)], refs[len(shapes) :]
    schemas[SCHEMA_NAMES[EventNow]]["properties"]["data"]["anyOf"] = [*records, {"type": "object"}]
    by_shape = {repr(shape): ref for shape, ref in zip(shapes, refs, strict=True)}
    paths: dict[str, Json] = {}
    for route in ROUTES:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route, by_shape)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Warmline",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(route: ApiRoute, by_shape: dict[str, Json]) -> Json:
    example = operation_examples.recorded().get(route.name)
    answers = {str(route.status): _answer(route, by_shape[repr(route.gives)], example)}
    if route.other_status:
        answers[str(route.other_status)] = {**answers[str(route.status)], "headers": {}}
    problem = {MEDIA: {"schema": by_shape[repr(Problem)]}}
    if any(one.name == "Range" for one in route.parameters):
        answers["206"] = answers["200"]
    repeated = {400} if any(one.place == "query" for one in route.parameters) else set()
    answers |= {
        str(status): {"description": HTTPStatus(status).phrase, "content": problem}
        for status in sorted(repeated | {*route.problems})
    }
    operation: Json = {
        "operationId": route.name,
        "tags": [route.path.split("/")[1]],
        "summary": route.summary,
        "description": f"Scope: `{route.scope}`." if route.scope else _ANY[route.is_open],
        "parameters": _with_examples([*_in_path(route.path), *map(_parameter, route.parameters)], example),
        "responses": answers,
        "security": [] if route.is_open else [{"token": [route.scope] if route.scope else []}],
    }
    if route.takes:
        content = {"schema": by_shape[repr(route.takes)], "example": _example(route)}
        operation["requestBody"] = {"required": _is_needed(route), "content": {"application/json": content}}
    return operation


def _answer(route: ApiRoute, schema: Json, example: OperationExample | None) -> Json:
    content: Json = {"schema": schema if route.media == "application/json" else {"type": "string"}}
    if example:
        content["example"] = example.answer
    told: Json = {"description": route.summary, "content": {route.media: content}}
    if route.status == HTTPStatus.CREATED:
        told["headers"] = {"Location": {"description": "the address of what was made", "schema": {"type": "string"}}}
    return told


def _example(route: ApiRoute) -> Any:
    return msgspec.to_builtins(route.example)


def _is_needed(route: ApiRoute) -> bool:
    """Return whether a body is required; a missing body counts as an empty object."""
    try:
        msgspec.json.decode(b"{}", type=route.takes)
    except msgspec.ValidationError:
        return True
    return False


def _with_examples(parameters: list[Json], example: OperationExample | None) -> list[Json]:
    """Return parameters, those that the example of a request has with their values."""
    given = {"path": example.path, "query": example.query} if example else {}
    values = [given.get(one["in"], {}) for one in parameters]
    return [
        one | ({"example": known[one["name"]]} if one["name"] in known else {})
        for one, known in zip(parameters, values, strict=True)
    ]


def _in_path(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _parameter(parameter: ApiParameter) -> Json:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.meaning,
        "schema": parameter.schema,
        "required": parameter.required,
    }


@cache
def answer() -> ApiAnswer:
    """Return the document as an answer, also to requests without a token, because it contains no secret."""
    return ApiAnswer(msgspec.json.encode(document()))
