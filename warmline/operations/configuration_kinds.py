"""Kinds of the configuration, and their options with meaning, type and default, for programs that show a form."""

from typing import Any

from msgspec import Struct

from warmline.access.rights import scope_to_change
from warmline.operations.configuration import READ, Kind, entity_of
from warmline.operations.operation import Caller, operation
from warmline.options.campaign.lead_dialling_options import LeadFilter
from warmline.options.did_names import DidName
from warmline.options.option_table import ENTITIES
from warmline.options.route_types import DataRules, KeyRoutes, RouteTarget
from warmline.options.values.entity import Entity, Option
from warmline.options.values.option_types import (
    Addresses,
    Choice,
    Date,
    Number,
    Rated,
    Reference,
    References,
    Secret,
    Text,
    Texts,
    TimeOfDay,
    Token,
    Type,
    Url,
    Value,
    Words,
    Zone,
)

# The first class that fits; a class comes before the one that it is made from.
TYPES: dict[type, str] = {
    Choice: "choice",
    TimeOfDay: "time_of_day",
    Number: "number",
    Text: "text",
    Rated: "rated_references",
    Texts: "texts",
    Token: "token",
    Secret: "secret",
    Reference: "reference",
    References: "references",
    Addresses: "addresses",
    Words: "words",
    Url: "url",
    Date: "date",
    Zone: "time_zone",
    RouteTarget: "route",
    DataRules: "data_rules",
    KeyRoutes: "key_routes",
    DidName: "did",
    LeadFilter: "lead_filter",
}
SEVERAL = (Texts, References, Addresses, Words, DataRules, KeyRoutes)


class ConfigurationType(Struct, frozen=True, omit_defaults=True):
    """The type of an option or a name: `allowed` says it in words, the other fields for a form.

    `values` are all values of a choice, or of each word; `kinds` are the kinds of the entities that a value names.
    `several`: the value is a list. `empty` is the value that names no entity.
    """

    type: str
    allowed: str
    several: bool = False
    values: list[str] | None = None
    kinds: list[str] | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str | None = None
    pattern: str | None = None
    empty: str | None = None


class ConfigurationOption(Struct, frozen=True):
    """An option: its meaning, its type and its default, which is null if the option is required.

    `section` is the title of its part of the form. No two entities have the same value of a `unique` option.
    """

    name: str
    section: str
    meaning: str
    type: ConfigurationType
    default: Value | None
    required: bool
    unique: bool
    vicidial: bool


class ConfigurationKind(Struct, frozen=True):
    """A kind of the configuration. `only` is the name of its one entity, or null; `scope` is needed to change it."""

    kind: str
    meaning: str
    names: ConfigurationType
    only: str | None
    scope: str


class ConfigurationKindDetail(ConfigurationKind, frozen=True):
    """A kind with all its options, in the order of a form."""

    options: list[ConfigurationOption]


BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "NO_CAMPAIGN"}


@operation("GET /config/kinds", "listKinds", READ, **BOUNDS)
def list_kinds(_caller: Caller) -> list[ConfigurationKind]:
    """List the kinds of the configuration."""
    return [ConfigurationKind(**_kind(entity)) for entity in ENTITIES.values()]


@operation("GET /config/kinds/{kind}", "describeKind", READ, **BOUNDS)
def describe_kind(_caller: Caller, kind: Kind) -> ConfigurationKindDetail:
    """Describe a kind: its options with their meaning, type and default."""
    entity = entity_of(kind)
    options = [_option(section.title, option) for section in entity.sections for option in section.options]
    return ConfigurationKindDetail(**_kind(entity), options=options)


def _kind(entity: Entity) -> dict[str, Any]:
    return {
        "kind": entity.kind,
        "meaning": entity.meaning,
        "names": _type(entity.names),
        "only": entity.only or None,
        "scope": scope_to_change(entity.kind),
    }


def _option(section: str, option: Option) -> ConfigurationOption:
    return ConfigurationOption(
        name=option.name,
        section=section,
        meaning=option.meaning,
        type=_type(option.type),
        default=None if option.required else option.default,
        required=option.required,
        unique=option.unique,
        vicidial=not option.plus,
    )


def _type(type: Type) -> ConfigurationType:
    """Return a type for programs."""
    name = next(name for kind, name in TYPES.items() if isinstance(type, kind))
    return ConfigurationType(name, type.allowed, several=isinstance(type, SEVERAL), **_limits(type))


def _limits(type: Type) -> dict[str, Any]:
    match type:
        case Choice(values) | Words(values):
            return {"values": list(values)}
        case Number(low, high, unit):
            return {"minimum": low, "maximum": high, "unit": unit or None}
        case Rated(entity=kind, pattern=pattern):
            return {"kinds": [kind], "pattern": pattern}
        case Text(pattern) | Texts(pattern) | Secret(pattern):
            return {"pattern": pattern}
        case Reference(kind, none):
            return {"kinds": [kind], "empty": none}
        case References(kind):
            return {"kinds": [kind]}
        case RouteTarget(kinds, _, words):
            return {"kinds": list(kinds), "values": list(words)}
        case KeyRoutes(route):
            return _limits(route)
    return {}
