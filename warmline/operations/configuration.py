"""The entities of the configuration, of all kinds: to list, show, create, change, copy and delete them.

A change comes in three steps. The process of the client checks the options, and that the client sees the entity; the
call process writes; the process of the client reads the entity again, with warnings about what it was given.
"""

import time
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct, structs

from warmline.access.rights import scope_to_change
from warmline.operations.operation import (
    BODY,
    FIRST_PAGE,
    Caller,
    Field,
    Page,
    RecordsChange,
    at_fields,
    change,
    operation,
)
from warmline.options.api_access_options import API_TOKEN
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.options.option_table import CAMPAIGN, ENTITIES, check, check_name, spelled
from warmline.options.user_options import by_administrator
from warmline.options.values.entity import Entity, OptionError
from warmline.options.values.option_types import Value, nearest
from warmline.store.configuration import config, config_pages
from warmline.store.configuration.config_pages import ConfigPage
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import ReadInterrupted

READ, WRITE = "config:read", "config:write"
BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "ENTITY"}
MAX_OPTIONS = 300  # of one entity, in a request
MAX_NAME = 255  # characters of a name or a kind in a message

Kind = Annotated[str, Field("The kind, such as campaign.", "KIND")]
Name = Annotated[str, Field("The name of the entity.", "NAME")]
Options = Annotated[
    dict[str, str | int | bool | list[str]], Meta(max_length=MAX_OPTIONS), Field("The options.", "OPTION=VALUE")
]
Texts = Annotated[dict[str, str], Meta(max_length=MAX_OPTIONS)]
Line = Annotated[str, Meta(max_length=MAX_NAME)]
Revision = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Since = Annotated[int, Field("Refuse the change if the entity changed after this revision.", "REV")]


class MatchesOfLeadFilter(Struct, frozen=True):
    """How many of the `leads` in the lists of a campaign match its `lead_filter`."""

    matching: int
    leads: int


class ConfigurationEntry(Struct, frozen=True, omit_defaults=True):
    """An entity. `revision` is that of the whole configuration when the entity was read.

    A secret is `set` or `not set`. A new `token`, or the `secret` of a new event hook, is in this answer. `warnings`
    are about options that this request gave, and that are probably not meant so. `lead_filter_matches` is in the answer
    to a request that gave a campaign a `lead_filter`, unless the count takes seconds.
    """

    kind: str
    name: str
    revision: int
    options: dict[str, Value]
    token: str = ""
    secret: str = ""
    warnings: list[str] = []
    lead_filter_matches: MatchesOfLeadFilter | None = None


class ConfigurationDeleted(Struct, frozen=True):
    """The entity that was deleted."""

    kind: str
    name: str


class WantedEntity(NamedTuple):
    """An entity as it shall be: the options that differ from now, or None to delete it."""

    kind: Line
    name: Line
    options: Texts | None


def scope_of_path(values: Mapping[str, str]) -> str:
    """Return the scope for a change of the kind in a path."""
    return scope_to_change(values["kind"])


def _scopes(_db: str, arguments: Mapping[str, Any]) -> set[str]:
    return {scope_to_change(arguments["kind"])}


CHANGES: dict[str, Any] = BOUNDS | {"more_problems": (*BODY, 409, 412), "with_revision": True}
OF_KIND = CHANGES | {"scope_of": scope_of_path}
CREATES = OF_KIND | {"success": 201, "location": "/config/{kind}/{name}"}


@operation(
    "POST /api-tokens/{name}/renew",
    "renewToken",
    "users:write",
    **CHANGES | {"campaigns": "NO_CAMPAIGN"},
)
def renew_token(caller: Caller, name: Name) -> RecordsChange[ConfigurationEntry]:
    """Replace the token of a program; the answer shows it once."""
    token = _new_token()
    _shown(caller, API_TOKEN.kind, name)
    wanted = {"kind": API_TOKEN.kind, "name": name, "options": {"token": token}}
    return RecordsChange(update_entity, wanted, lambda _: _entry(caller, API_TOKEN.kind, name, {}, token))


@operation("GET /config/{kind}", "listEntities", READ, **BOUNDS, cursor_field="name")
def list_entities(caller: Caller, kind: Kind, page: Page = FIRST_PAGE) -> list[ConfigurationEntry]:
    """List the entities of a kind with their options."""
    entity_of(kind)
    found = config_pages.page(caller.db, kind, page.after, page.limit, caller.campaigns, caller.viewer)
    return _entries(kind, found)


@operation("GET /config/{kind}/{name}", "getEntity", READ, **BOUNDS, with_revision=True)
def get_entity(caller: Caller, kind: Kind, name: Name) -> ConfigurationEntry:
    """Show an entity with its options."""
    return _shown(caller, kind, name)


def _shown(caller: Caller, kind: str, name: str) -> ConfigurationEntry:
    entity_of(kind)
    [entry] = _entries(kind, config_pages.one(caller.db, kind, name, caller.campaigns, caller.viewer))
    return entry


@operation(
    "POST /config/{kind}/{name}",
    "createEntity",
    WRITE,
    **CREATES,
    whole_body="options",
    example={"options": {"dial_timeout": 25, "campaign_recording": "ALLCALLS"}},
)
def create_entity(caller: Caller, kind: Kind, name: Name, options: Options) -> RecordsChange[ConfigurationEntry]:
    """Create an entity; the other options have their defaults."""
    entity_of(kind)
    return _creation(caller, kind, name, _texts(kind, options))


@operation(
    "PATCH /config/{kind}/{name}",
    "changeEntity",
    WRITE,
    **OF_KIND,
    whole_body="options",
    example={"options": {"dial_timeout": 25}},
)
def change_entity(
    caller: Caller, kind: Kind, name: Name, options: Options, since: Since | None = None
) -> RecordsChange[ConfigurationEntry]:
    """Change options of an entity, all or none."""
    stored, texts = _stored_name(caller, kind, name), _texts(kind, options)
    if kind == API_TOKEN.kind and "token" in texts and caller.client:
        raise _token_chosen()
    wanted = {"kind": kind, "name": stored, "options": texts, "since": since}
    return RecordsChange(update_entity, wanted, lambda _: _entry(caller, kind, stored, texts), texts)


@operation("DELETE /config/{kind}/{name}", "deleteEntity", WRITE, **OF_KIND, missing=404)
def delete_entity(
    caller: Caller, kind: Kind, name: Name, since: Since | None = None
) -> RecordsChange[ConfigurationDeleted]:
    """Delete an entity that no other entity uses."""
    stored = _stored_name(caller, kind, name)
    wanted = {"kind": kind, "name": stored, "since": since}
    return RecordsChange(remove_entity, wanted, lambda _: ConfigurationDeleted(kind, stored))


@operation(
    "POST /config/{kind}/{name}/copy",
    "copyEntity",
    WRITE,
    **CREATES,
    body_name="CopyRequest",
    example={"new_name": "TESTCAMP2", "options": {"dial_timeout": 25}},
)
def copy_entity(
    caller: Caller,
    kind: Kind,
    name: Name,
    new_name: Annotated[
        str, Meta(max_length=100, examples=["TESTCAMP2"]), Field("The name of the copy.", "NEW", key="name")
    ],
    options: Options = {},  # noqa: B006 - nobody changes it
) -> RecordsChange[ConfigurationEntry]:
    """Create an entity with the options of another, without its secrets and unique values.

    The name of the copy, and the options that it has besides those of the original.
    """
    entity_of(kind)
    given = _texts(kind, options)
    source = _shown(caller, kind, spelled(kind, name))  # without campaigns that the client does not see
    copied, _ = config.copied_options(kind, source.options, given)
    return _creation(caller, kind, new_name, copied | given)


@change("insertEntity", _scopes, "ENTITY")
def insert_entity(caller: Caller, kind: Line, name: Line, options: Texts) -> str:
    """Create an entity, and return the secret of an event hook, which the history notes."""
    _check_rights(caller, kind, name, options, is_new=True)
    config.create(caller.db, kind, name, by_administrator(kind, options), who=caller.name)
    if kind != EVENT_HOOK.kind:
        return ""
    from warmline.store.event_hooks import hook_states

    return hook_states.secret_of(caller.db, name, who=caller.name)


@change("updateEntity", _scopes, "ENTITY")
def update_entity(caller: Caller, kind: Line, name: Line, options: Texts, since: Revision | None = None) -> list[str]:
    """Change options of an entity, unless it changed after the revision `since`; return the names of changed ones."""
    _check_rights(caller, kind, name, options)
    return config.set_options(caller.db, kind, name, by_administrator(kind, options), who=caller.name, since=since)


@change("removeEntity", _scopes, "ENTITY")
def remove_entity(caller: Caller, kind: Line, name: Line, since: Revision | None = None) -> None:
    """Delete an entity, unless it changed after the revision `since`."""
    _check_rights(caller, kind, name, {})
    config.delete(caller.db, kind, name, who=caller.name, since=since)


def entity_of(kind: str) -> Entity:
    """Return a kind by its name. Raises NotFound."""
    if kind in ENTITIES:
        return ENTITIES[kind]
    hint = nearest(kind[:40], ENTITIES) or f"allowed: {', '.join(ENTITIES)}"
    raise NotFound("kind_unknown", "kind {kind!r} does not exist; {hint}", kind=kind, hint=hint)


def _entries(kind: str, page: ConfigPage) -> list[ConfigurationEntry]:
    return [ConfigurationEntry(kind, name, page.revision, options) for name, options in page.entities.items()]


def _texts(kind: str, options: Mapping[str, Any]) -> dict[str, str]:
    """Return options as texts. Raises OptionError, which names each invalid option."""
    from warmline.options import config_files

    texts, wrong = config_files.texts("the body", options), dict[str, OptionError]()
    for option, text in texts.items():
        try:
            check(kind, {option: text})
        except OptionError as error:
            wrong[option] = error
    if wrong:
        faults, codes = "; ".join(map(str, wrong.values())), tuple(error.code for error in wrong.values())
        invalid = OptionError("options_invalid", "{faults}", faults=faults, codes=codes)
        raise at_fields(invalid, {option: str(error) for option, error in wrong.items()})
    return texts


def _creation(caller: Caller, kind: str, name: str, texts: dict[str, str]) -> RecordsChange[ConfigurationEntry]:
    try:
        name = check_name(kind, name)
    except OptionError as error:
        raise at_fields(error, {"name": str(error)}) from None
    token = ""
    if kind == API_TOKEN.kind:
        if "token" in texts:
            raise _token_chosen()
        texts["token"] = token = _new_token()
    wanted = {"kind": kind, "name": name, "options": texts}
    return RecordsChange(insert_entity, wanted, partial(_entry, caller, kind, name, texts, token), texts)


def _entry(
    caller: Caller, kind: str, name: str, given: Mapping[str, str], token: str = "", secret: str = ""
) -> ConfigurationEntry:
    """Return an entity after a change, with warnings about the options that it was given.

    A command on the machine of the database has its own words for them.
    """
    entry, warnings = _shown(caller, kind, name), list[str]()
    if caller.client:
        from warmline.operations import configuration_warnings

        warnings = configuration_warnings.of_entity(caller.db, kind, entry.name, given)
    matches = _matches(caller.db, name) if kind == CAMPAIGN.kind and given.get("lead_filter") else None
    return structs.replace(entry, token=token, secret=secret, warnings=warnings, lead_filter_matches=matches)


def _matches(db: str, campaign: str) -> MatchesOfLeadFilter | None:
    """Count the leads that a filter matches. The change is made, so an answer without the count is better than none."""
    from warmline.store.dialling import filter_matches

    try:
        return MatchesOfLeadFilter(*filter_matches.count(db, campaign, time.time_ns() // 1000))
    except (NotFound, ReadInterrupted):  # it was deleted since, or has very many leads
        return None


def _stored_name(caller: Caller, kind: str, name: str) -> str:
    """Return the name of an entity as it is stored. Raises NotFound, also if the caller does not see it."""
    entity_of(kind)
    return _shown(caller, kind, spelled(kind, name)).name


def _check_rights(caller: Caller, kind: str, name: str, options: Mapping[str, str], *, is_new: bool = False) -> None:
    entity_of(kind)
    if caller.client:
        from warmline.operations import entity_rights

        entity_rights.check_entity(caller, kind, name, options, is_new=is_new)


def _new_token() -> str:
    import secrets

    return secrets.token_urlsafe(32)


def _token_chosen() -> OptionError:
    why = "Warmline generates the token; leave the option out, or send POST /api/v1/api-tokens/NAME/renew"
    return at_fields(OptionError("token_not_given", "token cannot be chosen: {why}", why=why), {"token": why})
