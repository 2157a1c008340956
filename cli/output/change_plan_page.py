"""Changes of the configuration, planned or made, for people and for programs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from typing import Any, Protocol

from cli.output.printing import console, printable
from warmline.options.values.option_types import Value

MARKS = {"create": ("+", "green"), "set": ("~", "yellow"), "delete": ("-", "red")}
LONG = 60  # letters of a value that fit on one line


class ChangedEntity(Protocol):
    """The change of one entity, planned or recorded in config_journal."""

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


def print_changes(changes: Iterable[ChangedEntity]) -> None:
    """Print each entity with its old and new options; of long values only the lines that differ."""
    from rich.text import Text

    output = console()
    for change in changes:
        mark, colour = MARKS[change.action]
        output.print(Text(printable(f"{mark} {change.kind} {change.name}"), style=colour))
        for name, value in change.after.items():
            before = change.before.get(name)
            if before is not None and max(len(_plain(before)), len(_plain(value))) > LONG:
                lines = [f"{name}:", *(f"  {line}" for line in _difference(_plain(before), _plain(value)))]
            else:
                lines = [_option(change, name)]
            for line in lines:
                output.print(Text(printable(f"    {line}", "\t")))


def summary(changes: Sequence[ChangedEntity]) -> str:
    """Return the number of changes of each kind, in words."""
    words = {"create": "to create", "set": "to change", "delete": "to delete"}
    counts = Counter(change.action for change in changes)
    return ", ".join(f"{counts[action]} {word}" for action, word in words.items() if counts[action])


def told(changes: Sequence[ChangedEntity]) -> str:
    """Return one line about the changes."""
    first = changes[0]
    options = "  ".join(_option(first, name) for name in first.after) if first.action == "set" else ""
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{MARKS[first.action][0]} {first.kind} {first.name}  {options}".rstrip() + more


def document(changes: Iterable[ChangedEntity]) -> list[dict[str, Any]]:
    """Return the changes for programs."""
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
    """Return a value on one line."""
    text = _plain(value).replace("\n", "⏎")
    return (text if len(text) <= LONG else f"{text[:LONG]}…") or "empty"


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _option(change: ChangedEntity, name: str) -> str:
    """Return the old and the new value of an option; a secret is shown as `changed`."""
    before, after = change.before.get(name), change.after[name]
    if change.action == "create":
        return f"{name} = {shown(after)}"
    return f"{name}: {shown(after)}" if before == after else f"{name}: {shown(before)} → {shown(after)}"


def _difference(before: str, after: str) -> Iterator[str]:
    """Yield the removed and added lines, with one line around them; a list without lines is split at its commas."""
    cut: Callable[[str], list[str]] = str.splitlines if "\n" in before + after else lambda text: text.split(",")
    for line in unified_diff(cut(before), cut(after), n=1, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line
