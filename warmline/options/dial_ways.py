"""The ways out of Warmline: dial templates of campaigns, and the places of the dialplan that options name.

Digits that an agent or a caller chooses enter such a way, or the way itself has a number in front of its context. So an
administrator names the ways, in the setting `dial_ways`: a dial template as it is, and a context behind @.
"""

from collections.abc import Collection, Iterator, Mapping

from warmline.core.rules import data_rules
from warmline.core.rules.exit_actions import ACTIONS, AGENT_OPTIONS
from warmline.core.rules.routing import DEFAULT_CONTEXT
from warmline.core.rules.sentinels import NONE_GROUP
from warmline.options.option_table import AGENT, CAMPAIGN, DID, INGROUP
from warmline.options.route_types import DataRules, KeyRoutes, RouteTarget
from warmline.options.values.entity import Option
from warmline.options.values.option_forms import EXTEN, MENU
from warmline.options.values.option_types import Value

TEMPLATE = "dial_template"
PARK_IVR = "park_ivr"
NO_AGENT, NO_AGENT_VALUE = "no_agent_action", "no_agent_action_value"
KINDS = {one.kind: one for one in (CAMPAIGN, INGROUP, DID, AGENT)}


def of(kind: str, options: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield the name of each option of an entity that names a way, and the way as `dial_ways` has it.

    `options` are all of the entity: the action of an in-group decides what some of its values mean.
    """
    for option in KINDS[kind].options if kind in KINDS else ():
        for way in _ways(option, options.get(option.name) or "", options):
            yield option.name, way


def may_bring(kind: str, names: Collection[str]) -> bool:
    """Return whether a change of these options of an entity can bring a way that it did not have."""
    return kind in KINDS and any(
        one.name in names for one in KINDS[kind].options if one.name == NO_AGENT or _names(one)
    )


def _names(option: Option) -> bool:
    """Return whether an option can name a way."""
    is_place = option.name in (TEMPLATE, PARK_IVR, NO_AGENT_VALUE) or option.type in (EXTEN, MENU)
    return is_place or isinstance(option.type, RouteTarget) or _has_routes(option)


def _has_routes(option: Option) -> bool:
    return isinstance(option.type, DataRules | KeyRoutes) and isinstance(option.type.result, RouteTarget)


def _ways(option: Option, value: Value, options: Mapping[str, Value]) -> Iterator[str]:
    """Yield the ways that a value of an option names. A mailbox is in Warmline's own context, so it is none."""
    text = str(value)
    if option.name == TEMPLATE and text:
        yield text
    elif option.name == NO_AGENT_VALUE:
        action = ACTIONS.get(str(options.get(NO_AGENT)))
        yield from {"EXTENSION": _extension, "CALLMENU": _menu}.get(action or "", _nothing)(text)
    elif option.name == PARK_IVR or option.type is EXTEN:
        yield from _extension(text)
    elif option.type is MENU:
        yield from _menu(text)
    elif isinstance(option.type, RouteTarget):
        yield from _route(text)
    elif _has_routes(option) and isinstance(value, tuple | list):
        for rule in value:
            yield from _route(str(rule).rpartition(data_rules.ROUTE_SIGN)[2])


def _route(route: str) -> Iterator[str]:
    kind, _, name = route.partition(":")
    yield from {"extension": _extension, "callmenu": _menu}.get(kind, _nothing)(name)


def _extension(where: str) -> Iterator[str]:
    """Yield the context of an extension. AGENTEXT stands for the agent's custom_five, which is a way itself."""
    exten, _, context = where.partition("@")
    if exten and "|" not in where and where not in AGENT_OPTIONS:  # "|" is between sound files
        yield f"@{context or DEFAULT_CONTEXT}"


def _menu(context: str) -> Iterator[str]:
    if context and "|" not in context and context != NONE_GROUP:
        yield f"@{context}"


def _nothing(_text: str) -> Iterator[str]:
    yield from ()
