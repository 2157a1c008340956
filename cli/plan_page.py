"""Changes of the configuration, before they are made or after: for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from warmline.cli.output import console
from warmline.option_types import Value

MARKS = {"create": ("+", "green"), "set": ("~", "yellow"), "delete": ("-", "red")}
LONG = 60  # letters of a value that are shown on one line


class Changed(Protocol):
    """One entity's change: planned, or noted in config_journal."""

    @property
    def action(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def before(self) -> Mapping[str, Value]: ...
    @property
    def after(self) -> Mapping[str, Value]: ...


def print_changes(changes: Iterable[Changed]) -> None:
    """Each entity with its options: what they were and what they become."""
    from rich.text import Text

    for change in changes:
        mark, colour = MARKS[change.action]
        console().print(Text(f"{mark} {change.kind} {change.name}", style=colour))
        for line in _options(change):
            console().print(Text(f"    {line}"))


def summary(changes: Sequence[Changed]) -> str:
    """How many there are of each kind, in words."""
    words = {"create": "to create", "set": "to change", "delete": "to delete"}
    counts = Counter(change.action for change in changes)
    return ", ".join(f"{counts[action]} {word}" for action, word in words.items() if counts[action])


def told(changes: Sequence[Changed]) -> str:
    """One line about them."""
    first = changes[0]
    options = "  ".join(_options(first)) if first.action == "set" else ""
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{MARKS[first.action][0]} {first.kind} {first.name}  {options}".rstrip() + more


def document(changes: Iterable[Changed]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "action": change.action,
            "kind": change.kind,
            "name": change.name,
            "before": dict(change.before),
            "after": dict(change.after),
        }
        for change in changes
    ]


def shown(value: object) -> str:
    """A value on one line."""
    text = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.replace("\n", "⏎")
    return (text if len(text) <= LONG else f"{text[:LONG]}…") or "empty"


def _options(change: Changed) -> Iterable[str]:
    match change.action:
        case "create":
            return (f"{name} = {shown(value)}" for name, value in change.after.items())
        case "set":
            return (f"{name}: {_from(change, name)}{shown(value)}" for name, value in change.after.items())
        case _:
            return ()


def _from(change: Changed, name: str) -> str:
    """What it was; nothing of a secret, which is `changed`."""
    return "" if change.before[name] == change.after[name] else f"{shown(change.before[name])} → "
