"""Parts of an application's data: arguments, branches, options, and the places to which a call goes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

OPEN, CLOSE = "([{", ")]}"
GOSUBS = {"gosub", "gosubif"}
NAME = re.compile(r"\s*([A-Za-z_]\w*)\((.*)\)\s*", re.DOTALL)
GUARD = re.compile(r"(?:DIALPLAN_EXISTS|VALID_EXTEN)\(")
MOST_NESTED = 10  # calls of an application in another, such as ExecIf(ExecIf(...))


class JumpTarget(NamedTuple):
    """A place that a call is sent to; None for the current context or extension.

    `returns`: a subroutine. `arguments` are those of a subroutine.
    """

    context: str | None
    extension: str | None
    priority: str
    returns: bool = False
    arguments: tuple[str, ...] = ()
    by: str = ""


def split(text: str, separator: str, most: int = -1) -> list[str]:
    """Return the parts of a text between separators that are in no bracket and no quote; at most `most` splits."""
    parts, depth, begun, quoted = [], 0, 0, False
    at = 0
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            at += 1
        elif letter == '"':
            quoted = not quoted
        elif letter in OPEN:
            depth += 1
        elif letter in CLOSE:
            depth = max(0, depth - 1)
        elif letter == separator and not depth and not quoted and most != 0:
            parts.append(text[begun:at])
            begun = at + 1
            most -= 1
        at += 1
    return [*parts, text[begun:]]


def arguments(data: str) -> list[str]:
    """Return the arguments of an application."""
    return [part.strip() for part in split(data, ",")]


def argument(data: str, index: int) -> str:
    """Return one argument, "" if it is missing."""
    found = arguments(data)
    return found[index] if index < len(found) else ""


def options(text: str) -> dict[str, str]:
    """Return the option letters of an application, each with what is in its parentheses."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if letter in "${[]} ":
            if text[at - 1 : at + 1] in ("${", "$["):
                return found  # a variable decides the rest
            continue
        value = ""
        if text[at : at + 1] == "(":
            end = _closing(text, at)
            value, at = text[at + 1 : end], end + 1
        found[letter] = value
    return found


def _closing(text: str, at: int) -> int:
    """Return the index of the parenthesis that closes the one at `at`; the end of the text if there is none."""
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index
    return len(text)


def is_fixed(text: str) -> bool:
    """Return whether a text contains no variable and no expression."""
    return "$" not in text


def branches(application: str, data: str) -> list[str]:
    """Return the branches of GotoIf, GosubIf, GotoIfTime and ExecIf; an empty text for a branch that is missing."""
    if application == "gotoiftime":
        _, mark, rest = data.partition("?")
    else:
        parts = split(data, "?", 1)
        mark, rest = ("?", parts[1]) if len(parts) == 2 else ("", "")
    if not mark:
        return ["", ""]
    both = [part.strip() for part in split(rest, ":", 1)]
    return [*both, ""][:2]


def condition(data: str) -> str:
    """Return the part before the question mark."""
    return split(data, "?", 1)[0]


def inner_calls(data: str) -> list[tuple[str, str]]:
    """Return the applications in the branches of ExecIf, each with its data."""
    found = [NAME.fullmatch(branch) for branch in branches("execif", data)]
    return [(one[1], one[2]) for one in found if one]


def calls(application: str, data: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Return an application in small letters with its data, and those that ExecIf, TryExec and Exec run by it."""
    name = application.lower()
    yield name, data
    if name in ("execif", "tryexec", "exec") and depth < MOST_NESTED:
        found = NAME.fullmatch(data)
        inner = inner_calls(data) if name == "execif" else [(found[1], found[2])] if found else []
        for call, inner_data in inner:
            yield from calls(call, inner_data, depth + 1)


def target(text: str, by: str, *, returns: bool = False) -> JumpTarget | None:
    """Return the place in `context,extension,priority(arguments)`; None for an empty text."""
    given: tuple[str, ...] = ()
    if returns and text.rstrip().endswith(")"):
        outer = split(text.rstrip(), ",")
        head, opened, inside = outer[-1].partition("(")
        if opened and "$" not in head:
            given = tuple(arguments(inside[:-1]))
            text = ",".join([*outer[:-1], head])
    parts = arguments(text)
    if parts == [""]:
        return None
    context = parts[-3] if len(parts) >= 3 else None
    extension = parts[-2] if len(parts) >= 2 else None
    return JumpTarget(context, extension, parts[-1], returns, given, by)


def targets(application: str, data: str, depth: int = 0) -> Iterator[JumpTarget]:
    """Return the places to which an application can send the call."""
    name = application.lower()
    if name in ("goto", "gosub"):
        found = [target(data, application, returns=name == "gosub")]
    elif name in ("gotoif", "gotoiftime", "gosubif"):
        if GUARD.search(condition(data)):
            return  # the dialplan itself checks that the target exists
        found = [target(one, application, returns=name == "gosubif") for one in branches(name, data)]
    elif name in ("execif", "tryexec", "exec") and depth < MOST_NESTED:
        inner = inner_calls(data) if name == "execif" else [(one[1], one[2]) for one in [NAME.fullmatch(data)] if one]
        for call, given in inner:
            yield from targets(call, given, depth + 1)
        return
    elif name == "set":
        found = [_handler(data)]
    elif name == "queue":
        found = [_subroutine(argument(data, 6), "Queue")]
    elif name == "dial":
        chosen = options(argument(data, 2))
        found = [_subroutine(chosen.get("U", "").replace("^", "("), "Dial(U)")]
        if (after := chosen.get("G")) is not None:
            found.append(target(after.replace("^", ","), "Dial(G)"))
    else:
        return
    yield from (one for one in found if one)


def _handler(data: str) -> JumpTarget | None:
    """Return the subroutine of `Set(CHANNEL(hangup_handler_push)=...)`."""
    variable, _, value = data.partition("=")
    if "hangup_handler_push" in variable or "hangup_handler_wipe" in variable:
        return target(value, "hangup handler", returns=True)
    return None


def _subroutine(text: str, by: str) -> JumpTarget | None:
    """Return the subroutine that an option names by its context alone; it begins at s,1."""
    context = text.partition("(")[0].strip()
    return JumpTarget(context, "s", "1", True, (), by) if context and "," not in context else None
