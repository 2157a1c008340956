"""The way of a call through an extension: which priorities end, and which it can reach."""

from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import NAME, JumpTarget, branches, targets
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority

ENDS = {"hangup", "goto", "return", "busy", "congestion", "continuewhile", "exitwhile"}


def may_continue(priority: DialplanPriority) -> bool:
    """Return whether a call can continue at the next priority. Busy and Congestion wait until the caller hangs up."""
    name = priority.application.lower()
    if name in ("gotoif", "gotoiftime"):
        return not all(branches(name, priority.data))
    if name == "execif":
        both = [NAME.fullmatch(branch) for branch in branches(name, priority.data)]
        return not all(one and one[1].lower() in ENDS for one in both)
    return name not in ENDS


def reachable(plan: Dialplan, extension: DialplanExtension, entered: set[int]) -> set[int]:
    """Return the priorities of an extension that a call can reach, from 1, its labels and the numbers `entered`.

    A label counts as reachable, because a program or another dialplan can jump to it. So does the first priority.
    """
    begun = {min(extension.priorities), *entered}
    begun |= {number for number, one in extension.priorities.items() if one.label}
    loops = [number for number, one in extension.priorities.items() if one.application.lower() == "endwhile"]
    begun |= {number + after for number in loops for after in (0, 1)}  # While jumps there
    for one in extension.in_order():
        if one.number in begun and may_continue(one):
            begun.add(one.number + 1)
    return begun & set(extension.priorities)


def jumps(plan: Dialplan) -> Iterator[tuple[DialplanExtension, DialplanPriority, JumpTarget]]:
    """Return every jump and subroutine call of the dialplan, with the place of its call."""
    for extension in plan.extensions():
        for priority in extension.in_order():
            for target in targets(priority.application, priority.data):
                yield extension, priority, target


def entered_by_number(plan: Dialplan) -> tuple[set[int], dict[str, set[int]]]:
    """Return the numbers of priorities that jumps name: those of any context, and those by context.

    A jump that names its priority by a variable can enter any priority from 1 to 999 of its context.
    """
    anywhere: set[int] = set()
    named: dict[str, set[int]] = {}
    for extension, _, target in jumps(plan):
        context = target.context or extension.context
        numbers = anywhere if "$" in context else named.setdefault(context, set())
        if "$" in target.priority:
            numbers.update(range(1, 1000))
        elif target.priority.isdecimal() and len(target.priority) < 10:
            numbers.add(int(target.priority))
    inside: dict[str, set[int]] = {}
    for context, numbers in named.items():
        for one in plan.reached(context):
            inside.setdefault(one.name, set()).update(numbers)
    return anywhere, inside
