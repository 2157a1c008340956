"""Rules about the priorities of an extension: gaps, ends, and steps that no call reaches."""

from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import GOSUBS
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.dialplan_flow import entered_by_number, jumps, may_continue, reachable
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at
from warmline_contrib.dialplan_lint.pattern_overlap import common_number, covers

SHOWN_WITHOUT_LABEL = 9  # `dialplan show` prints no label of a first priority; a high number is meant to be entered
ENDED = ("warmline-ended", "s")  # a subroutine, which Warmline enters only if it exists
SPECIAL = ("h", "i", "t", "s", "o", "a", "e", "T")


def unread(plan: Dialplan) -> Iterator[LintFinding]:
    """Report the lines and files that Asterisk does not read."""
    for line in plan.unread:
        yield LintFinding(line.code, line.text, line.place, line.context)


def numbering(plan: Dialplan) -> Iterator[LintFinding]:
    """Report missing first priorities, gaps, and priorities that no call reaches."""
    anywhere, inside = entered_by_number(plan)
    for extension in plan.extensions():
        numbers = set(extension.priorities)
        entered = anywhere | inside.get(extension.context, set())
        first = extension.first
        is_entry = first.label or (plan.loaded and first.number > SHOWN_WITHOUT_LABEL)
        if 1 not in numbers and not is_entry and not numbers & entered and not _continues_another(plan, extension):
            found = f"{extension.name} begins with priority {first.number}"
            yield at("first_priority_missing", found, extension, certain=not plan.loaded)
        reached = reachable(plan, extension, entered)
        for one in extension.in_order():
            if one.number not in reached:
                if one.number - 1 in numbers - reached or _is_spare(one):
                    continue  # the first of several is reported
                before = extension.priorities.get(one.number - 1)
                why = f"after {before.application}" if before else f"as there is no priority {one.number - 1}"
                yield at("unreachable", f"no call reaches {one.text} {why}", extension, one, certain=False)
            elif may_continue(one) and one.number + 1 not in numbers and one.number < max(numbers):
                higher = min(number for number in numbers if number > one.number)
                found = f"priority {one.number + 1} is missing between {one.number} and {higher}"
                meant = extension.priorities[higher].label  # such as n+101(busy)
                yield at("priority_gap", found, extension, one, certain=not meant)


def _is_spare(priority: DialplanPriority) -> bool:
    """Return whether an end is there for safety, such as a Hangup after a Goto."""
    return priority.application.lower() in ("hangup", "return")


def _continues_another(plan: Dialplan, extension: DialplanExtension) -> bool:
    """Return whether a call can come to this extension from the end of another one.

    `_X.,1` with steps for all numbers, followed by `_2XX,2` and `_3XX,2`, is a common way to write a dialplan.
    """
    before = extension.first.number - 1
    return any(
        before in one.priorities and (not extension.is_pattern or common_number(one.name, extension.name) is not None)
        for name in plan.includers[extension.context]
        for one in plan.contexts[name].overlapping(extension)
    )


def ends(plan: Dialplan) -> Iterator[LintFinding]:
    """Report extensions whose last priority continues: in another extension, or nowhere."""
    subroutines = {
        (target.context or extension.context, target.extension or extension.name)
        for extension, _, target in jumps(plan)
        if target.returns
    } | {ENDED}
    anywhere, inside = entered_by_number(plan)
    for extension in plan.extensions():
        last = extension.priorities[max(extension.priorities)]
        reached = reachable(plan, extension, anywhere | inside.get(extension.context, set()))
        if last.number not in reached or not may_continue(last):
            continue
        if fallen := _next(plan, extension, last.number + 1):
            other, certain = fallen
            if other.first.number == last.number + 1:
                continue  # it was written as the continuation
            found = (
                f"after {last.text} the call continues in {other.name}@{other.context}, priority {last.number + 1}: "
                f"{other.priorities[last.number + 1].text}"
            )
            certain &= last.application.lower() not in GOSUBS and last.number in reachable(plan, extension, set())
            yield at("falls_into", found, extension, last, certain=certain)
        elif (extension.context, extension.name) in subroutines:
            found = f"the subroutine {extension.name}@{extension.context} ends with {last.text}"
            yield at("subroutine_without_return", found, extension, last, certain=False)
        elif not plan.fallthrough and extension.name != "h":
            yield at("ends_open", f"{extension.name} ends with {last.text}", extension, last)


def _next(plan: Dialplan, extension: DialplanExtension, number: int) -> tuple[DialplanExtension, bool] | None:
    """Return the extension in which a call continues, and whether this holds for every number of the first one."""
    for context in plan.reached(extension.context):
        for other in context.overlapping(extension):
            if number not in other.priorities or other.caller is not None:
                continue
            if covers(other.name, extension.name):
                return other, True
            if common_number(other.name, extension.name) is not None:
                return other, False
    return None
