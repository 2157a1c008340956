"""Whether a step of a certain kind, a mark, comes before another step: in its extension, in a subroutine or a caller.

A subroutine gives its mark to the extensions that call it; then marks spread along jumps. A jump into a context, whose
extension a variable names, marks all extensions of that context.
"""

from collections.abc import Callable, Iterator
from math import inf

from warmline_contrib.dialplan_lint.application_data import JumpTarget, is_fixed
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.dialplan_flow import jumps

IsMark = Callable[[DialplanPriority], bool]
Jumps = list[tuple[DialplanExtension, int, JumpTarget]]


def find_prepared(plan: Dialplan, is_mark: IsMark) -> Callable[[DialplanExtension, DialplanPriority], bool]:
    """Return a function that says whether a mark can come before a priority."""
    marked: dict[int, float] = {  # by extension, the least priority with a mark; 0 if calls bring one
        id(extension): min(numbers)
        for extension in plan.extensions()
        if (numbers := [one.number for one in extension.priorities.values() if is_mark(one)])
    }
    if marked:
        _mark_callers(plan, marked)
        _mark_targets(plan, marked)
    return lambda extension, priority: marked.get(id(extension), inf) < priority.number


def _mark_callers(plan: Dialplan, marked: dict[int, float]) -> None:
    waiting: Jumps = [(extension, step.number, target) for extension, step, target in jumps(plan) if target.returns]
    changed = True
    while changed:
        changed = False
        for extension, number, target in waiting:
            is_later = marked.get(id(extension), inf) > number
            if is_later and any(id(inner) in marked for inner in _reached(plan, extension, target)):
                marked[id(extension)] = number
                changed = True


def _mark_targets(plan: Dialplan, marked: dict[int, float]) -> None:
    waiting: Jumps = [(extension, step.number, target) for extension, step, target in jumps(plan)]
    changed = True
    while changed:
        changed = False
        for jump in list(waiting):
            extension, number, target = jump
            if marked.get(id(extension), inf) < number:
                waiting.remove(jump)
                marked |= dict.fromkeys(map(id, _reached(plan, extension, target)), 0)
                changed = True


def _reached(plan: Dialplan, extension: DialplanExtension, target: JumpTarget) -> Iterator[DialplanExtension]:
    """Yield the extensions to which a jump can lead; none in its own extension, or if a variable names the context."""
    context = target.context or extension.context
    if target.extension is None or context not in plan.contexts:
        return
    if not is_fixed(target.extension):
        for inner in plan.reached(context):
            yield from inner.extensions.values()
    elif found := plan.find(context, target.extension):
        yield found
