"""Rules about jumps, subroutines, hangup handlers and Local channels: their targets exist."""

from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import JumpTarget, argument, is_fixed
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension
from warmline_contrib.dialplan_lint.dialplan_flow import jumps
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at

MENU = "waitexten"


def targets(plan: Dialplan) -> Iterator[LintFinding]:
    """Report jumps to contexts, extensions, priorities and labels that do not exist."""
    for extension, priority, target in jumps(plan):
        if missing := _missing(plan, extension, target):
            context = target.context or extension.context
            certain = not target.by.startswith("Queue") and (target.returns or not plan.exists(context, "i"))
            if plan.other_sources or (plan.loaded and "label" in missing):
                certain = False  # `dialplan show` prints no label of a first priority
            yield at("target_missing", f"{target.by}: {missing}", extension, priority, certain=certain)


def _missing(plan: Dialplan, extension: DialplanExtension, target: JumpTarget) -> str:
    """Return the missing part of a target, "" if it exists or depends on a variable."""
    context = target.context or extension.context
    if plan.lacks(context):
        return f"the context {context} does not exist"
    if context not in plan.contexts:
        return ""
    searched = plan.includers[context] if target.context is None else [context]
    if any(plan.is_open(one) for one in searched):
        return ""
    if target.extension is None:
        found = [one for name in searched for one in _own(plan, extension, name)]
    elif not is_fixed(target.extension):
        return ""
    else:
        found = [one for name in searched for one in plan.candidates(name, target.extension)]
        if not found:
            return f"the extension {target.extension} does not exist in {context}"
    wanted = target.priority
    if not is_fixed(wanted) or not wanted or wanted.startswith(("+", "-")):
        return ""
    name = extension.name if target.extension is None else target.extension
    if wanted.isdecimal():
        number = int(wanted[:10])
        exists = any(number in one.priorities for one in found)
        return "" if exists else f"{name}@{context} has no priority {wanted}"
    return "" if any(one.labelled(wanted) for one in found) else f"{name}@{context} has no label {wanted}"


def _own(plan: Dialplan, extension: DialplanExtension, context: str) -> Iterator[DialplanExtension]:
    """Return the extensions in which a jump without an extension searches: this one, and those it falls into.

    A subroutine that another context includes keeps the extension of its caller.
    """
    yield extension
    for inner in plan.reached(context):
        yield from inner.overlapping(extension)


def local_channels(plan: Dialplan) -> Iterator[LintFinding]:
    """Report Local channels in Dial that lead nowhere."""
    for extension in plan.extensions():
        for priority in extension.in_order():
            if priority.application.lower() not in ("dial", "page"):
                continue
            for channel in argument(priority.data, 0).split("&"):
                technology, _, rest = channel.partition("/")
                name, mark, context = rest.split("/")[0].partition("@")
                if technology.strip().lower() != "local" or not mark or not is_fixed(name + context):
                    continue
                found = ""
                if plan.lacks(context):
                    found = f"Local/{name}@{context}: the context {context} does not exist"
                elif context in plan.contexts and not plan.is_open(context) and plan.find(context, name) is None:
                    found = f"Local/{name}@{context}: the extension {name} does not exist in {context}"
                if found:
                    yield at("local_missing", found, extension, priority, certain=not plan.other_sources)


def menus(plan: Dialplan) -> Iterator[LintFinding]:
    """Report menus without an extension for wrong keys."""
    told: set[str] = set()
    for extension in plan.extensions():
        for priority in extension.in_order():
            name = extension.context
            if priority.application.lower() != MENU or name in told:
                continue
            if not plan.exists(name, "i"):
                told.add(name)
                found = f"{priority.text} waits for keys, and {name} has no extension i"
                yield at("invalid_missing", found, extension, priority)
