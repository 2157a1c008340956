"""Rules about queues, music and parking lots: those that the dialplan names exist."""

import re
from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import argument, is_fixed, options
from warmline_contrib.dialplan_lint.dialplan import PARKING as PARKED
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

MUSIC = re.compile(r"CHANNEL\(musicclass\)\s*=\s*(.+)", re.IGNORECASE)
LOT = re.compile(r"CHANNEL\(parkinglot\)\s*=\s*(.+)", re.IGNORECASE)
PARKS = ("park", "parkandannounce")

Steps = Iterator[tuple[DialplanExtension, DialplanPriority]]


def _steps(plan: Dialplan) -> Steps:
    return ((extension, priority) for extension in plan.extensions() for priority in extension.in_order())


def queues(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report queues that do not exist, and queues without members that callers enter."""
    if facts.queues is None:
        return
    steps = list(_steps(plan))
    joined = {argument(one.data, 0) for _, one in steps if one.application.lower() == "addqueuemember"}
    told: set[str] = set()
    for extension, priority in steps:
        name = argument(priority.data, 0)
        if priority.application.lower() not in ("queue", "addqueuemember") or not is_fixed(name) or not name:
            continue
        if name not in facts.queues:
            found = f"the queue {name} does not exist"
            yield at("queue_unknown", found, extension, priority, certain=not facts.elsewhere)
        elif not facts.queues[name].members and not _joins(joined, name) and name not in told:
            told.add(name)
            yield at("queue_empty", f"the queue {name} has no members", extension, priority, certain=False)


def _joins(joined: set[str], name: str) -> bool:
    """Return whether the dialplan adds members to a queue: by its name, or by a variable."""
    return name in joined or any(not is_fixed(one) for one in joined)


def music(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report classes of music that do not exist."""
    if facts.music is None:
        return
    for extension, priority in _steps(plan):
        name = _music(priority)
        if name and is_fixed(name) and name not in facts.music:
            found = f"the class of music {name} does not exist"
            yield at("music_unknown", found, extension, priority, certain=not facts.elsewhere)
    for queue, one in (facts.queues or {}).items():
        if one.music and is_fixed(one.music) and one.music not in facts.music:
            found = f"the queue {queue} has the class of music {one.music}, which does not exist"
            yield LintFinding("music_unknown", found, one.place, certain=not facts.elsewhere)


def _music(priority: DialplanPriority) -> str:
    """Return the class of music that a step names, "" for none."""
    name = priority.application.lower()
    if name in ("musiconhold", "startmusiconhold"):
        return argument(priority.data, 0)
    if name == "dial":
        return options(argument(priority.data, 2)).get("m", "")
    found = MUSIC.fullmatch(priority.data.strip()) if name == "set" else None
    return found[1].strip() if found else ""


def parking(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report parking lots that do not exist, have no context, or cannot be dialled."""
    lots = facts.parking
    if lots is not None:
        own = [name for name, lot in lots.items() if not lot.context and name != "default"]
        for name in own if len(lots) > 2 else []:
            found = f"the parking lot {name} has no context"
            yield LintFinding("parking_without_context", found, lots[name].place, certain=False)
    included = {include.context for context in plan.contexts.values() for include in context.includes}
    told: set[str] = set()
    for extension, priority in _steps(plan):
        lot = _lot(priority)
        if lot is None or not is_fixed(lot):
            continue
        if lots is not None and lot not in lots:
            yield at("parking_unknown", f"the parking lot {lot} does not exist", extension, priority)
            continue
        context = (lots[lot].context if lots is not None else "") or PARKED
        if lots is not None and context not in included | told and priority.application.lower() in PARKS:
            told.add(context)
            found = f"calls are parked in {lot}, and no context includes {context}"
            yield at("parking_not_included", found, extension, priority, certain=False)


def _lot(priority: DialplanPriority) -> str | None:
    """Return the parking lot that a step names; None if it names none."""
    name = priority.application.lower()
    if name in PARKS:
        return argument(priority.data, 0) or "default"
    if name == "parkedcall":
        return argument(priority.data, 0) or "default"
    found = LOT.fullmatch(priority.data.strip()) if name == "set" else None
    return found[1].strip() if found else None
