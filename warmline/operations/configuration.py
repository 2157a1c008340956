"""The entities of the configuration, of all kinds: to list, show, create, change, copy and delete them."""

from typing import Annotated, Any

from msgspec import Struct

from warmline.operations.operation import FIRST_PAGE, Caller, Field, Page, operation
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import Entity
from warmline.options.values.option_types import Value, nearest
from warmline.store.configuration import config_pages
from warmline.store.configuration.config_pages import ConfigPage
from warmline.store.database.errors import NotFound

READ = "config:read"
BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "ENTITY"}

Kind = Annotated[str, Field("The kind, such as campaign.", "KIND")]
Name = Annotated[str, Field("The name of the entity.", "NAME")]


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


@operation("GET /config/{kind}", "listEntities", READ, **BOUNDS, cursor_field="name")
def list_entities(caller: Caller, kind: Kind, page: Page = FIRST_PAGE) -> list[ConfigurationEntry]:
    """List the entities of a kind with their options."""
    entity_of(kind)
    found = config_pages.page(caller.db, kind, page.after, page.limit, caller.campaigns, caller.viewer)
    return _entries(kind, found)


@operation("GET /config/{kind}/{name}", "getEntity", READ, **BOUNDS, with_revision=True)
def get_entity(caller: Caller, kind: Kind, name: Name) -> ConfigurationEntry:
    """Show an entity with its options."""
    entity_of(kind)
    [entry] = _entries(kind, config_pages.one(caller.db, kind, name, caller.campaigns, caller.viewer))
    return entry


def entity_of(kind: str) -> Entity:
    """Return a kind by its name. Raises NotFound."""
    if kind in ENTITIES:
        return ENTITIES[kind]
    hint = nearest(kind[:40], ENTITIES) or f"allowed: {', '.join(ENTITIES)}"
    raise NotFound("kind_unknown", "kind {kind!r} does not exist; {hint}", kind=kind, hint=hint)


def _entries(kind: str, page: ConfigPage) -> list[ConfigurationEntry]:
    return [ConfigurationEntry(kind, name, page.revision, options) for name, options in page.entities.items()]
