"""The entities that the value of an option names."""

from collections.abc import Collection

from warmline.core.rules.data_rules import ROUTE_SIGN
from warmline.options.route_types import DataRules, KeyRoutes, RouteTarget, routes_of
from warmline.options.values.option_types import Rated, Reference, References, Type, Value


def references(type: Type, value: Value) -> tuple[tuple[str, str], ...]:
    """Return the (kind, name) of every entity that a value of this type names."""
    match type, value:
        case Rated() as rated, tuple(texts):
            return tuple((rated.entity, text.partition(":")[0]) for text in texts)
        case Reference(entity, none), str(name) if name != none:
            return ((entity, name),)
        case References(entity), tuple(names):
            return tuple((entity, name) for name in names)
        case RouteTarget() as route, str(text):
            return routes_of(route, (text,))
        case DataRules(result=RouteTarget() as route) | KeyRoutes(route), tuple(rules):
            return routes_of(route, tuple(rule.rpartition(ROUTE_SIGN)[2] for rule in rules))
        case _:
            return ()


def can_name(type: Type, kinds: Collection[str]) -> bool:
    """Return whether a value of this type may name an entity of one of these kinds."""
    match type:
        case Reference(entity) | References(entity) | Rated(entity=entity):
            return entity in kinds
        case RouteTarget() as route:
            return not set(route.kinds).isdisjoint(kinds)
        case DataRules(result=RouteTarget() as route) | KeyRoutes(route):
            return not set(route.kinds).isdisjoint(kinds)
        case _:
            return False
