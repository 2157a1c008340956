"""The routes of the configuration. A fixed part of a path comes before a variable one in its place."""

from collections.abc import Mapping
from typing import Any

from ari_app.http.management import config_documents, config_entities, config_shapes
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiParameter, ApiRoute
from warmline.access.rights import scope_to_change
from warmline.operations.configuration import ConfigurationEntry

READ, WRITE = "config:read", "config:write"
DOCUMENT_PROBLEMS = (400, 401, 403, 409, 413, 415, 422, 429, 503)
WRITE_PROBLEMS = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503)
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
IN_DOCUMENT = {"campaign": {"TESTCAMP": {"dial_timeout": 25}}}

SINCE = (
    ApiParameter("revision", "query", "refuse the change if the entity changed after this revision", NUMBER),
    ApiParameter("If-Match", "header", "the same, for HTTP clients: the ETag of an answer", {"type": "string"}),
)


def of_kind(values: Mapping[str, str]) -> str:
    """Return the scope for a change of the kind in the path."""
    return scope_to_change(values["kind"])


WHOLE = (
    ApiRoute(
        "POST",
        "/config/diff",
        "compareConfiguration",
        "Show the changes that a configuration needs",
        READ,
        agent_bounds.EVERYTHING,
        config_documents.diff,
        config_shapes.ConfigPlan,
        problems=DOCUMENT_PROBLEMS,
        takes=config_shapes.DocumentBody,
        example=config_shapes.DocumentBody(IN_DOCUMENT),
    ),
    ApiRoute(
        "POST",
        "/config/apply",
        "applyConfiguration",
        "Make the changes that a configuration needs, all or none",
        WRITE,
        agent_bounds.EVERYTHING,
        config_documents.apply,
        config_shapes.ConfigPlan,
        problems=(*DOCUMENT_PROBLEMS, 412),
        takes=config_shapes.DocumentBody,
        example=config_shapes.DocumentBody(IN_DOCUMENT, revision=12),
    ),
    ApiRoute(
        "POST",
        "/config/undo",
        "undoRevision",
        "Undo a revision of the configuration, or show what that would change",
        WRITE,
        agent_bounds.EVERYTHING,
        config_documents.undo,
        config_shapes.ConfigPlan,
        problems=(*DOCUMENT_PROBLEMS, 404),
        takes=config_shapes.UndoBody,
        example=config_shapes.UndoBody(12),
    ),
)

ENTITIES = (
    ApiRoute(
        "POST",
        "/api-tokens/{name}/renew",
        "renewToken",
        "Replace the token of a program; the answer shows it once",
        "users:write",
        agent_bounds.EVERYTHING,
        config_entities.renew,
        ConfigurationEntry,
        problems=WRITE_PROBLEMS,
    ),
    ApiRoute(
        "POST",
        "/config/{kind}/{name}",
        "createEntity",
        "Create an entity; the other options have their defaults",
        WRITE,
        agent_bounds.EVERYTHING,
        config_entities.create,
        ConfigurationEntry,
        status=201,
        problems=WRITE_PROBLEMS,
        takes=config_shapes.OptionsBody,
        example={"dial_timeout": 25, "campaign_recording": "ALLCALLS"},
        scope_of=of_kind,
    ),
    ApiRoute(
        "PATCH",
        "/config/{kind}/{name}",
        "changeEntity",
        "Change options of an entity, all or none",
        WRITE,
        agent_bounds.EVERYTHING,
        config_entities.change,
        ConfigurationEntry,
        problems=WRITE_PROBLEMS,
        takes=config_shapes.OptionsBody,
        example={"dial_timeout": 25},
        parameters=SINCE,
        scope_of=of_kind,
    ),
    ApiRoute(
        "DELETE",
        "/config/{kind}/{name}",
        "deleteEntity",
        "Delete an entity that no other entity uses",
        WRITE,
        agent_bounds.EVERYTHING,
        config_entities.delete,
        config_shapes.ConfigDeletion,
        problems=WRITE_PROBLEMS,
        parameters=SINCE,
        scope_of=of_kind,
    ),
    ApiRoute(
        "POST",
        "/config/{kind}/{name}/copy",
        "copyEntity",
        "Create an entity with the options of another, without its secrets and unique values",
        WRITE,
        agent_bounds.EVERYTHING,
        config_entities.copy,
        ConfigurationEntry,
        status=201,
        problems=WRITE_PROBLEMS,
        takes=config_shapes.CopyBody,
        example=config_shapes.CopyBody("TESTCAMP2", {"dial_timeout": 25}),
        scope_of=of_kind,
    ),
)
