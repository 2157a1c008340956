"""Rules about the search for an extension: patterns and includes that hide others, and names that match nothing."""

import re
from collections.abc import Iterator

from warmline.core.rules.extension_pattern import compile_pattern
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanContext, DialplanExtension
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at
from warmline_contrib.dialplan_lint.pattern_overlap import common_number, covers
from warmline_contrib.dialplan_lint.priority_rules import SPECIAL

ALIKE = re.compile(r"(?=[^a-z]*[.!]$|(?:[^XNZ]*[XNZ]){2})[+*#\d]*[XNZ\[][\dXNZ\[\]*#+-]*[.!]?|[\d+]+\.")
WORD = re.compile(r"[A-Za-z]{2,}")
DIGITS = re.compile("[XNZ]+$")  # at the end of a word, such as RG-X, they are meant as digits
SETS = re.compile(r"\[[^\]]*\]")
MOST_COMPARED = 200_000  # pairs of one context


def names(plan: Dialplan) -> Iterator[LintFinding]:
    """Report names of extensions that match nothing, or not what they seem to match."""
    for extension in plan.extensions():
        name = extension.name
        if not extension.is_pattern:
            if ALIKE.fullmatch(name):
                found = f"{name} is no pattern, because it does not begin with _"
                yield at("underscore_missing", found, extension, certain=False)
            continue
        pattern = compile_pattern(name)
        plain = SETS.sub("[]", name[1:])
        if pattern.is_broken:
            fault = "[] at its end" if plain.endswith("[]") else "[ without ]"
            yield at("pattern_broken", f"{name} has {fault}", extension)
        elif (end := re.search(r"[.!](?=[^/])", plain)) and pattern.tail:
            found = f"{name}: {plain[end.end() :]} after {pattern.tail} has no effect"
            yield at("pattern_broken", found, extension)
        words = [DIGITS.sub("", word) for word in WORD.findall(plain.replace("-", ""))]
        words = [word for word in words if re.search("[nxz]", word, re.IGNORECASE)]
        if bad := next((word for word in words if re.search("[^nxzNXZ]", word)), None):
            digit = next(letter for letter in bad if letter in "nxzNXZ")
            found = f"{name}: the {digit} of {bad} stands for a digit"
            yield at("pattern_letters", found, extension)


def special(plan: Dialplan) -> Iterator[LintFinding]:
    """Report patterns that match h in a context without an extension h before them."""
    for context in plan.contexts.values():
        for extension in context.extensions.values():
            if not (extension.is_pattern and extension.matches("h") and 1 in extension.priorities):
                continue
            if extension.caller is None and plan.find(context.name, "h") is extension:
                matched = ", ".join(name for name in SPECIAL if plan.find(context.name, name) is extension)
                returns = any(one.application.lower() == "return" for one in extension.priorities.values())
                yield at("matches_special", f"{extension.name} matches {matched}", extension, certain=not returns)


def patterns(plan: Dialplan) -> Iterator[LintFinding]:
    """Report patterns of one context that hide or cross each other."""
    for context in plan.contexts.values():
        known = [one for one in context.patterns if 1 in one.priorities and one.caller is None]
        if len(known) ** 2 > MOST_COMPARED:
            continue
        for at_, later in enumerate(known):
            for first in known[:at_]:
                if covers(first.name, later.name):
                    found = f"{first.name} comes first and matches each number of {later.name}"
                    yield at("hidden_pattern", found, later)
                    break
                number = None if covers(later.name, first.name) else common_number(first.name, later.name)
                if number is not None:
                    found = f"{number} matches {first.name} and {later.name}; {first.name} is taken"
                    yield at("patterns_cross", found, later)


def includes(plan: Dialplan) -> Iterator[LintFinding]:
    """Report includes that do not exist, lead back, or are hidden by what is searched before them."""
    told: set[tuple[int, int]] = set()
    for context in plan.contexts.values():
        for include in context.includes:
            if include.context == f"{context.name}-custom" and plan.lacks(include.context):
                continue  # FreePBX leaves this place for the administrator's lines
            if plan.lacks(include.context):
                found = f"the context {include.context} does not exist"
                certain = not plan.other_sources
                yield LintFinding("include_unknown", found, include.place, context.name, certain=certain)
            elif context.name in [one.name for one in plan.reached(include.context)]:
                found = f"{include.context} leads back to {context.name}"
                yield LintFinding("include_loop", found, include.place, context.name)
        yield from _hidden(plan, context, told)


def _hidden(plan: Dialplan, context: DialplanContext, told: set[tuple[int, int]]) -> Iterator[LintFinding]:
    """Report what no call reaches through a context; `told` has the pairs that are reported already.

    An exact extension of the context itself is meant to override, and so is the same pattern.
    """
    reached = [one for one in plan.reached(context.name) if one is context or _is_always(plan, context, one)]
    wide = [
        one
        for inner in reached
        for one in inner.in_order
        if 1 in one.priorities and one.caller is None and one.name not in SPECIAL
    ]
    exact: dict[str, DialplanExtension] = {}
    before: list[DialplanExtension] = []
    if len([one for one in wide if one.is_pattern]) * len(wide) > MOST_COMPARED:
        return
    for one in wide:
        hiding = next(
            (other for other in before if other.context != one.context and covers(other.name, one.name)), None
        )
        if hiding and covers(one.name, hiding.name):
            hiding = (
                hiding if hiding.context != context.name else None
            )  # the same numbers: an override, or a repetition
            code = "include_repeats"
        else:
            code = "include_hides"
        if not hiding and one.name in exact and exact[one.name].context not in (context.name, one.context):
            hiding, code = exact[one.name], "include_repeats"
        if hiding and (id(hiding), id(one)) not in told:
            told.add((id(hiding), id(one)))
            found = f"through [{context.name}], {_named(hiding)} is found before {_named(one)}"
            yield at(code, found, one)
        if one.is_pattern:
            before.append(one)
        else:
            exact.setdefault(one.name, one)


def _named(extension: DialplanExtension) -> str:
    return f"{extension.name}@{extension.context}"


def _is_always(plan: Dialplan, context: DialplanContext, inner: DialplanContext) -> bool:
    """Return whether a context is searched at all times, not only through an include with times."""
    reached: set[str] = set()
    waiting = [context.name]
    while waiting:
        name = waiting.pop()
        if name in plan.contexts and name not in reached:
            reached.add(name)
            waiting += [one.context for one in plan.contexts[name].includes if not one.timed]
    return inner.name in reached
