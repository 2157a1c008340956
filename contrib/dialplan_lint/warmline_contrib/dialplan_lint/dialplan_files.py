"""Reads a dialplan from the sections of extensions.conf, as `pbx_load_config` does (pbx/pbx_config.c)."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from warmline_contrib.dialplan_lint.dialplan import (
    Dialplan,
    DialplanContext,
    DialplanInclude,
    DialplanPlace,
    DialplanPriority,
    UnreadLine,
    add,
)

VARIABLE = re.compile(r"\$\{(?:GLOBAL\()?([A-Za-z_]\w*)\)?\}")
NUMBER = re.compile(r"\s*([+-]?\d{1,9})")
NO = ("no", "false", "n", "f", "0", "off")
OTHER = ("ignorepat", "autohints")
QUOTED = re.compile(r'"[^"]*"|\\.')
LONGEST = 255  # letters of an extension's name


class ConfigurationLine(NamedTuple):
    """A line of a section: `key = value`, and its place."""

    key: str
    value: str
    place: DialplanPlace


class ConfigurationSection(NamedTuple):
    """A section with its lines; its templates' lines are first."""

    name: str
    place: DialplanPlace
    lines: Sequence[ConfigurationLine]


class _Line(NamedTuple):
    """The parts of an `exten` line. `priority` is a number, or a word such as n."""

    name: str
    caller: str | None
    priority: str
    label: str
    plus: int
    call: str


def from_sections(sections: Iterable[ConfigurationSection]) -> Dialplan:
    """Return the dialplan of these sections. Lines that Asterisk ignores are in `unread`."""
    plan = Dialplan()
    known = list(sections)
    for section in known:
        if section.name.lower() == "globals":
            for line in section.lines:
                plan.variables[line.key] = expanded(plan, line.value)
        elif section.name.lower() == "general":
            words = {line.key.lower(): line.value.lower() for line in section.lines}
            plan.fallthrough = words.get("autofallthrough", "yes") not in NO
    for section in known:
        if section.name.lower() not in ("general", "globals"):
            context = plan.contexts.setdefault(section.name, DialplanContext(section.name, section.place))
            _ContextReader(plan, context).read(section.lines)
    return plan


def expanded(plan: Dialplan, text: str) -> str:
    """Return a text with the values of global variables, as Asterisk reads names of extensions and includes."""
    return VARIABLE.sub(lambda found: plan.variables.get(found[1], ""), text)


class _ContextReader:
    """Reads the lines of one section. Each section begins without a previous extension."""

    def __init__(self, plan: Dialplan, context: DialplanContext) -> None:
        self.plan = plan
        self.context = context
        self.name = ""
        self.last: int | None = None
        self.included: set[str] = set()

    def read(self, lines: Iterable[ConfigurationLine]) -> None:
        for line in lines:
            key = line.key.lower()
            if key == "exten":
                name, _, rest = line.value.partition(",")
                self.name = expanded(self.plan, name)[:LONGEST]
                self._add(rest, line)
            elif key.startswith("same"):
                if self.name:
                    self._add(line.value, line)
                else:
                    self._ignore("line_ignored", f"`same` without an extension before it: {line.value}", line)
            elif key == "include":
                self._include(line)
            elif key in ("switch", "lswitch", "eswitch"):
                self.context.switches = True
            elif key not in OTHER:
                self._ignore("line_ignored", f"`{line.key}` is no keyword of a context", line)

    def _include(self, line: ConfigurationLine) -> None:
        value = expanded(self.plan, line.value)
        name, _, times = value.replace("|", ",").partition(",")
        if value.lower() not in self.included:
            self.included.add(value.lower())
            self.context.includes.append(DialplanInclude(name.strip(), bool(times), line.place))

    def _ignore(self, code: str, text: str, line: ConfigurationLine) -> None:
        self.plan.unread.append(UnreadLine(code, text, line.place, self.context.name))

    def _add(self, rest: str, line: ConfigurationLine) -> None:
        if "$" in self.name:
            self.context.unknown_names = True
            self.last = self.last or 0  # the priorities go on, whatever the name is
            return
        parts = _parts(self.name, rest)
        if parts is None:
            self._ignore("line_ignored", f"the label of {rest} has no closing parenthesis", line)
            return
        number = self._number(parts)
        if number is None:
            self._ignore("line_ignored", f"the priority {parts.priority!r} is invalid", line)
            return
        if number == 0:
            return  # a hint
        self.last = number
        application, opened, data = parts.call.partition("(")
        if opened and ("${" in application or "$[" in application):
            application, data = parts.call, ""
        elif opened:
            data, closed, _ = data.rpartition(")") if ")" in data else (data, "", "")
            if not closed:
                self._ignore("parenthesis_missing", f"{parts.call.strip()} has no closing parenthesis", line)
            elif _is_open(data):
                self._ignore("parenthesis_missing", f"{parts.call.strip()} has more ( than )", line)
        made = DialplanPriority(number, parts.label, application.strip(), data, line.place)
        if not add(self.context, parts.name, parts.caller, made):
            self._ignore("priority_twice", f"{parts.name} has priority {number} already", line)

    def _number(self, parts: _Line) -> int | None:
        """Return the number of a priority, 0 for a hint, None if it is invalid."""
        word = parts.priority
        if word == "hint":
            return 0
        if word in ("n", "next", "s", "same"):
            if self.last is None:
                return None
            return self.last + (word[0] == "n") + parts.plus
        if found := NUMBER.match(word):
            return int(found[1]) + parts.plus if int(found[1]) >= 1 else None
        for one in self.context.extensions.values():
            if one.name == parts.name and (labelled := one.labelled(word)):
                return labelled.number + parts.plus
        return None


def _is_open(data: str) -> bool:
    """Return whether a parenthesis of an application's data is not closed, besides quoted ones."""
    plain = QUOTED.sub("", data)
    return plain.count("(") > plain.count(")")


def _parts(name: str, rest: str) -> _Line | None:
    """Return the parts of a line without its extension; None if a label does not end."""
    extension, slash, caller = name.partition("/")
    priority, _, call = rest.partition(",")
    priority, opened, label = priority.strip().partition("(")
    if opened and ")" not in label:
        return None
    word, _, plus = priority.partition("+")
    added = NUMBER.match(plus)
    return _Line(
        extension.strip(),
        re.sub(r"[ ().-]", "", caller) if slash else None,
        word.strip(),
        label.partition(")")[0],
        int(added[1]) if added else 0,
        call,
    )
