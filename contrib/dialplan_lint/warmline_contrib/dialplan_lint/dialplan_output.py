"""Reads a dialplan from the output of `dialplan show`."""

import re

from warmline_contrib.dialplan_lint.dialplan import (
    Dialplan,
    DialplanContext,
    DialplanInclude,
    DialplanPlace,
    DialplanPriority,
    add,
)

CONTEXT = re.compile(r"\[ (?:Included context|Context) '(.*)' created by '.*' \]")
EXTENSION = re.compile(r"  '(.*?)'(?: \(CID match '(.*?)'\))? => ")
STEP = re.compile(r"\s*(\d{1,9})\. ")
LONGEST = 4096  # characters of a line; Asterisk prints at most about 2,100
LABEL = re.compile(r"     \[([^\]]*)\]\s")
INCLUDE = re.compile(r"  Include =>\s+'(.*)'\s")
PLACE = re.compile(r"(.*):(\d{1,9})")


def is_output(text: str) -> bool:
    """Return whether a text is the output of `dialplan show`."""
    return any(CONTEXT.fullmatch(line.rstrip()) for line in text.split("\n", 200)[:200])


def from_output(text: str) -> Dialplan:
    """Return the dialplan in the output. Lines of another form are skipped."""
    plan = Dialplan(loaded=True)
    context: DialplanContext | None = None
    name, caller = "", None
    for line in text.split("\n"):
        line = line[:LONGEST].rstrip()
        if found := CONTEXT.fullmatch(line):
            context = plan.contexts.setdefault(found[1], DialplanContext(found[1], DialplanPlace("", 0)))
        elif context is None:
            continue
        elif found := INCLUDE.match(line):
            inner, _, times = found[1].replace("|", ",").partition(",")
            context.includes.append(DialplanInclude(inner, bool(times), DialplanPlace("", 0)))
        elif line.startswith("  Alt. Switch =>"):
            context.switches = True
        else:
            label, rest = "", line
            if found := EXTENSION.match(line):
                name, caller, rest = found[1], found[2], line[found.end() :]
            elif found := LABEL.match(line):
                label, rest = found[1], line[found.end() :]
            if priority := _priority(rest, label):
                add(context, name, caller, priority)
    return plan


def _priority(text: str, label: str) -> DialplanPriority | None:
    """Return the priority in the rest of a line; None for a hint and for any other line."""
    found = STEP.match(text)
    if not found or not text.endswith("]"):
        return None
    call, _, shown = text[found.end() : -1].rpartition("[")
    application, _, data = call.rstrip().partition("(")
    place = PLACE.fullmatch(shown)
    where = DialplanPlace(place[1], int(place[2])) if place else DialplanPlace("", 0)
    return DialplanPriority(int(found[1]), label, application.strip(), data.removesuffix(")"), where)
