"""Writes the reference page of `warmline.ari` from its public names and their docstrings."""

import dataclasses
import inspect
from collections.abc import Collection, Iterable
from enum import Enum
from types import ModuleType
from typing import get_type_hints

from tools.pages.library_pages import MODULE, signature
from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline import ari

PAGE = GENERATED / "ari-library.md"
HEAD = """Every function, class, result, error and event of `warmline.ari`. [Write an ARI
script](../../how-to/ari-scripts.md) shows how to use them, [ARI operations](ari-operations.md) are the methods of
`ari.api`, and [Tests of ARI scripts](ari-testing.md) those of `warmline.ari.testing`."""
ERRORS_HEAD = "`CodedError` is the base of all others."
EVENTS_HEAD = """The types of `warmline.ari.events`, for `ari.events(…)`, with their fields. Each also has
`application`, `timestamp` and `asterisk_id`. All but `ChannelVarset` can be read, and so can `Reconnected` and
`UnknownEvent`."""
RESOURCES_HEAD = """The types of `warmline.ari.resources`: what events, and the answers of `ari.api`, have in their
fields."""
INTERNAL = {  # methods for the library itself
    "Ari": (
        *("send_request", "stop", "begin", "all_channels", "all_bridges", "hears", "why_away", "wait"),
        *("listen", "leave", "new_id", "receive", "finish"),
    ),
    "Channel": ("check", "left", "ended", "pressed", "unless_gone", "check_again", "meant"),
    "Conversation": ("begin", "begin_with_call", "has", "take_hangups", "stop_watching"),
    "EventReader": ("put", "fail"),
}


def filled(_text: str) -> str:
    """Return the page."""
    public = {name: getattr(ari, name) for name in ari.__all__}
    functions = [show_function(name, thing) for name, thing in public.items() if inspect.isfunction(thing)]
    kinds = {name: thing for name, thing in public.items() if inspect.isclass(thing)}
    errors = [thing for thing in kinds.values() if issubclass(thing, Exception)]
    results = [thing for thing in kinds.values() if dataclasses.is_dataclass(thing) or issubclass(thing, Enum)]
    words = [thing for thing in kinds.values() if issubclass(thing, str)]
    classes = [thing for thing in kinds.values() if thing not in (*errors, *results, *words)]
    return whole_page(
        "ARI library",
        HEAD,
        *("## Functions", *functions),
        *(part for thing in classes for part in show_class(thing, INTERNAL.get(thing.__name__, ()))),
        *("## Results", *map(show_result, results)),
        *("## Words to say", rows(("type", "meaning"), *((f"`{kind.__name__}`", _sentence(kind)) for kind in words))),
        *("## Errors", ERRORS_HEAD, rows(("error", "meaning"), *map(show_error, errors))),
        *("## Events", EVENTS_HEAD, rows(("event", "fields"), *show_structs(_list_types(public["events"])))),
        *("## Resources", RESOURCES_HEAD, rows(("type", "fields"), *show_structs(_list_types(public["resources"])))),
    )


def show_function(name: str, thing: object) -> str:
    """Return a function with its arguments and its text."""
    assert inspect.isfunction(thing)
    return f"### {name}\n\n```python\n{signature(name, thing)}\n```\n\n{inspect.getdoc(thing)}"


def show_class(kind: type, hidden: Collection[str]) -> tuple[str, ...]:
    """Return the parts of a class: its title, its text and its members, without the hidden ones."""
    members = {name: thing for name, thing in vars(kind).items() if name[0] != "_" and name not in hidden}
    lines = [(f"`{cell(_form(name, thing))}`", cell(_sentence(thing))) for name, thing in members.items()]
    table = (rows(("member", "meaning"), *lines),) if lines else ()
    return f"## {kind.__name__}", inspect.getdoc(kind) or "", *table


def _form(name: str, thing: object) -> str:
    """Return a method with its arguments; a property is a name with its type."""
    getter = getattr(thing, "fget", None) or getattr(thing, "func", None)
    return signature(name, getter).replace("() ->", ":") if getter else signature(name, thing)  # type: ignore[arg-type]


def show_result(kind: type) -> str:
    """Return a result with its fields, or its values."""
    doc = inspect.getdoc(kind) or ""
    if issubclass(kind, Enum):
        values = ", ".join(f"`{member.name}`" for member in kind)
        return f"### {kind.__name__}\n\n{doc} One of {values}."
    assert dataclasses.is_dataclass(kind)
    names = ", ".join(f"`{field.name}: {_type(field.type)}`" for field in dataclasses.fields(kind))
    return f"### {kind.__name__}\n\n{doc}\n\nFields: {names}."


def show_error(kind: type) -> tuple[str, str]:
    """Return the row of an error."""
    return f"`{kind.__name__}`", cell(_sentence(kind))


def _list_types(module: ModuleType) -> list[type]:
    """Return the types that a module defines."""
    kinds = [kind for kind in vars(module).values() if inspect.isclass(kind) and kind.__module__ == module.__name__]
    return [kind for kind in kinds if kind is not ari.events.Event]


def show_structs(kinds: Iterable[type]) -> list[tuple[str, str]]:
    """Return a row for each type, with the fields that it has besides those of each event."""
    shared_names = get_type_hints(ari.events.Event)
    lines = []
    for kind in kinds:
        hidden = shared_names if issubclass(kind, ari.events.Event) else ()
        fields = {name: type_ for name, type_ in get_type_hints(kind).items() if name not in hidden}
        texts = (f"`{name}: {cell(_type(type_))}`" for name, type_ in fields.items())
        lines.append((f"`{kind.__name__}`", ", ".join(texts)))
    return lines


def _type(kind: object) -> str:
    return MODULE.sub("", kind if isinstance(kind, str) else inspect.formatannotation(kind))


def _sentence(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())
