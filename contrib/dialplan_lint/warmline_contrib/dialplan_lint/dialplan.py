"""A dialplan as Asterisk has it in memory, and the search for an extension in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from warmline.core.rules.extension_pattern import SortKey, build_sort_key, is_match, strip_dashes

MOST_INCLUDES = 128  # AST_PBX_MAX_STACK
PARKING = "parkedcalls"  # the context that res_parking makes

ExtensionKey = tuple[SortKey, bool, str]


class DialplanPlace(NamedTuple):
    """A line of a file; line 0 if it is unknown."""

    file: str
    line: int


class DialplanPriority(NamedTuple):
    """One priority of an extension."""

    number: int
    label: str
    application: str
    data: str
    place: DialplanPlace

    @property
    def text(self) -> str:
        """Return the priority as `dialplan show` prints it."""
        return f"{self.application}({self.data})"


@dataclass
class DialplanExtension:
    """An extension of a context: its priorities by number. `caller` is its caller id match, None for any caller."""

    context: str
    name: str
    caller: str | None
    priorities: dict[int, DialplanPriority] = field(default_factory=dict)

    @cached_property
    def identity(self) -> ExtensionKey:
        """Return the key of the extension in its context, by which Asterisk sorts."""
        return build_sort_key(self.name), self.caller is None, self.caller or ""

    @property
    def first(self) -> DialplanPriority:
        """Return the lowest priority."""
        return self.priorities[min(self.priorities)]

    @property
    def is_pattern(self) -> bool:
        """Return whether the name is a pattern."""
        return self.name.startswith("_")

    def matches(self, number: str) -> bool:
        """Return whether the extension matches a number, or has this name."""
        return self.name == number or is_match(self.name, number)

    def labelled(self, label: str) -> DialplanPriority | None:
        """Return the priority with a label."""
        return next((one for one in self.priorities.values() if one.label == label), None)

    def in_order(self) -> list[DialplanPriority]:
        """Return the priorities by number."""
        return [self.priorities[number] for number in sorted(self.priorities)]


class DialplanInclude(NamedTuple):
    """An `include =>`; `timed`: only at certain times."""

    context: str
    timed: bool
    place: DialplanPlace


@dataclass
class DialplanContext:
    """A context. `switches`: another source of extensions; `unknown_names`: a name has a variable that is not known."""

    name: str
    place: DialplanPlace
    extensions: dict[ExtensionKey, DialplanExtension] = field(default_factory=dict)
    includes: list[DialplanInclude] = field(default_factory=list)
    switches: bool = False
    unknown_names: bool = False

    @cached_property
    def in_order(self) -> list[DialplanExtension]:
        """The extensions in the order in which Asterisk tries them: exact names, then patterns."""
        return [self.extensions[key] for key in sorted(self.extensions)]

    @cached_property
    def patterns(self) -> list[DialplanExtension]:
        """The patterns in the order in which Asterisk tries them."""
        return [one for one in self.in_order if one.is_pattern]

    @cached_property
    def _exact(self) -> dict[str, list[DialplanExtension]]:
        found: dict[str, list[DialplanExtension]] = {}
        for one in self.in_order:
            if not one.is_pattern:
                found.setdefault(strip_dashes(one.name), []).append(one)
        return found

    def matching(self, number: str) -> Iterator[DialplanExtension]:
        """Return the extensions that match a number, in Asterisk's order."""
        yield from self._exact.get(strip_dashes(number), ())
        yield from (one for one in self.patterns if one.matches(number))

    def overlapping(self, extension: DialplanExtension) -> Iterator[DialplanExtension]:
        """Return the others that may match a number of this extension: those of its name, or patterns for a pattern."""
        found = self.patterns if extension.is_pattern else self.matching(extension.name)
        return (one for one in found if one is not extension)


class UnreadLine(NamedTuple):
    """A line that Asterisk ignores, or a file that it cannot read: the code of the finding and the reason."""

    code: str
    text: str
    place: DialplanPlace
    context: str = ""


@dataclass
class Dialplan:
    """Contexts by name, global variables, and lines that could not be read.

    `loaded`: read from a running Asterisk, which does not print all labels. `fallthrough`: Asterisk hangs up at the end
    of an extension. `made_elsewhere`: contexts that a module makes. `other_sources`: another file has further contexts.
    A dialplan is searched after it was read completely.
    """

    contexts: dict[str, DialplanContext] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    unread: list[UnreadLine] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    loaded: bool = False
    fallthrough: bool = True
    made_elsewhere: set[str] = field(default_factory=lambda: {PARKING})
    other_sources: bool = False
    _reached: dict[str, list[DialplanContext]] = field(default_factory=dict)

    def extensions(self) -> Iterator[DialplanExtension]:
        """Return all extensions, by context."""
        for context in self.contexts.values():
            yield from context.extensions.values()

    def reached(self, context: str) -> list[DialplanContext]:
        """Return a context and all that it includes, in the order of Asterisk's search."""
        if context not in self._reached:
            self._reached[context] = self._search(context)
        return self._reached[context]

    def _search(self, context: str) -> list[DialplanContext]:
        found: dict[str, DialplanContext] = {}
        waiting = [context]
        while waiting and len(found) < MOST_INCLUDES:
            name = waiting.pop(0)
            if name in found or name not in self.contexts:
                continue
            found[name] = self.contexts[name]
            waiting = [one.context for one in found[name].includes] + waiting
        return list(found.values())

    @cached_property
    def includers(self) -> dict[str, list[str]]:
        """Return, for each context, the contexts that search it: itself first. A call stays in the including one."""
        found = {name: [name] for name in self.contexts}
        for name in self.contexts:
            for inner in self.reached(name):
                if inner.name != name:
                    found[inner.name].append(name)
        return found

    def exists(self, context: str, number: str) -> bool:
        """Return whether a call in a context, or in one that includes it, can reach a number; True if that is open."""
        return any(
            self.find(one, number) is not None or self.is_open(one) for one in self.includers.get(context, [context])
        )

    def candidates(self, context: str, number: str) -> Iterator[DialplanExtension]:
        """Return the extensions that match a number, the first match first. Each may lack the wanted priority."""
        for one in self.reached(context):
            yield from one.matching(number)

    def find(self, context: str, number: str, priority: int = 1) -> DialplanExtension | None:
        """Return the extension that Asterisk takes for a number and a priority."""
        found = (one for one in self.candidates(context, number) if priority in one.priorities and one.caller is None)
        return next(found, None)

    def lacks(self, context: str) -> bool:
        """Return whether a context does not exist, and no module makes it."""
        return context not in self.contexts and context not in self.made_elsewhere and "$" not in context

    def is_open(self, context: str) -> bool:
        """Return whether a context can have extensions that are not known here."""
        return context in self._open

    @cached_property
    def _open(self) -> set[str]:
        own = {
            one.name
            for one in self.contexts.values()
            if one.switches or one.unknown_names or any(inner.context not in self.contexts for inner in one.includes)
        }
        return {name for name in self.contexts if any(one.name in own for one in self.reached(name))}


def add(context: DialplanContext, name: str, caller: str | None, priority: DialplanPriority) -> bool:
    """Add a priority; return whether it is new. Asterisk ignores the second one with the same number."""
    made = DialplanExtension(context.name, name, None if caller is None else strip_dashes(caller))
    extension = context.extensions.setdefault(made.identity, made)
    if priority.number in extension.priorities:
        return False
    extension.priorities[priority.number] = priority
    return True
