"""`warmline live`: agents, queues and calls, updated at each change."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from cli.agent.agent_view import stands, supervised
from cli.client import app_client
from cli.output.cell_format import line_of
from cli.output.json_output import Json
from cli.output.table import LEAST_OF_NAME, NAME
from cli.output.time_format import ago
from cli.place.login_file import AppLogin

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

    from cli.client.live_view import LiveRecords

# `ingroups` with waiting callers, `agents` and `calls`, each a list; `fallback`: calls of the last hour by reason.
Picture = dict[str, Any]
HOUR = 3_600_000_000  # microseconds

HEADS = {
    "ingroups": ("in-group", NAME, "waiting", "longest"),
    "agents": ("agent", NAME, "state", "for", "customer", "third", "supervised"),
    "calls": ("call", "state", "for", "customer", "with", "in-group"),
}
# Fields of a call.
OF_CALL = (
    *("id", "agc_id", "state", "since", "customer", "agent", "full_name"),
    *("third", "ingroup", "group_name", "direct"),
)
CLOCKS = ("for", "longest")
IF_ANY = (NAME, "supervised")  # columns that are left out if no row has a text in them
GAP = 2  # blanks between two columns
FRAME = 3  # lines of each table that are not rows: the head, the number of rows left out, an empty line
FEWEST = 3  # rows of a table that are always shown


def live(as_json: Json = False) -> None:
    from cli.client.live_view import pictures, show

    place = app_client.here()
    show(pictures(place, lambda records: picture(place, records)), page, lines, as_json)


def picture(place: app_client.Place, records: "LiveRecords") -> Picture:
    """Return the state of the call centre in these records."""
    agents = [records.agents[user] for user in sorted(records.agents)]
    calls = [{name: records.calls[one][name] for name in OF_CALL} for one in sorted(records.calls)]
    waiting: dict[str, list[str]] = {}
    for call in calls:
        if call["state"] == "waiting":
            waiting.setdefault(call["ingroup"], []).append(call["since"])
    names = {call["ingroup"]: call["group_name"] for call in calls}
    ingroups = [
        {"id": name, "group_name": names[name], "waiting": len(since), "since": min(since)}
        for name, since in sorted(waiting.items())
    ]
    return {"ingroups": ingroups, "agents": agents, "calls": calls, "fallback": _fallback(place)}


def _fallback(place: app_client.Place) -> dict[str, int]:
    """Return how many calls took the fallback in the last hour, by reason; none if the database cannot be read."""
    import time

    if isinstance(place, AppLogin):
        return {}  # the app counts them for programs of its machine only

    from warmline.store.database.database import StoreError
    from warmline.store.reports.fallbacks import reasons

    now = time.time_ns() // 1000
    try:
        return reasons(place.db, now - HOUR, now + HOUR)  # the clock of a note can be changed
    except StoreError:
        return {}


def page(found: Picture) -> "Group":
    """Return the picture for a terminal: the totals, then as many rows of each table as fit."""
    from shutil import get_terminal_size

    from rich.console import Group

    kinds = [kind for kind in HEADS if found[kind]]
    parts: list[RenderableType] = [_summary(found), *_taken(found)]
    left = get_terminal_size().lines - 1 - len(parts)
    for place, kind in enumerate(kinds):
        rows = _rows(found, kind)
        later = sum(FRAME + min(FEWEST, len(found[other])) for other in kinds[place + 1 :])
        most = max(FEWEST, left - later - FRAME)
        parts += ["", _table(kind, rows[:most])]
        if len(rows) > most:
            parts.append(f"… {len(rows) - most} more")
        left -= FRAME + min(most, len(rows))
    return Group(*parts)


def _taken(found: Picture) -> list[str]:
    """Return the line about calls that took the fallback; no line if there were none."""
    from warmline.store.reports.fallbacks import in_words

    text = in_words(found.get("fallback", {}), "in the last hour")
    return [text] if text else []


def _summary(found: Picture) -> str:
    """Return the state of the call centre in one line."""
    if not found["agents"] and not found["calls"]:
        return "No agent is logged in, and there are no calls."
    states = Counter(one["state"] for one in found["agents"])
    counted = ", ".join(f"{count} {state}" for state, count in states.most_common())
    waiting = sum(one["waiting"] for one in found["ingroups"])
    agents, calls = _count(found["agents"], "agent"), _count(found["calls"], "call")
    return f"{agents}{counted and f' ({counted})'}, {calls}, {waiting} waiting"


def _count(found: list[Picture], what: str) -> str:
    return f"{len(found)} {what}{'' if len(found) == 1 else 's'}"


def lines(found: Picture) -> list[str]:
    """Return a line for each agent, in-group and call, without parts that change with time alone."""
    return _taken(found) + [
        "  ".join((heads[0], *(cell for cell, head in zip(row, heads, strict=True) if cell and head not in CLOCKS)))
        for kind, heads in HEADS.items()
        for row in _rows(found, kind)
    ]


def _rows(found: Picture, kind: str) -> list[tuple[str, ...]]:
    if kind == "ingroups":
        return [(one["id"], one["group_name"], str(one["waiting"]), ago(one["since"])) for one in found["ingroups"]]
    if kind == "agents":
        calls = {call["id"]: call for call in found["calls"]}
        return [_agent(one, calls.get(one["call"], {})) for one in found["agents"]]
    return [_call(one) for one in found["calls"]]


def _agent(one: Picture, call: Picture) -> tuple[str, ...]:
    with_whom = call.get("customer", ""), call.get("third") or ""
    return one["user"], one["full_name"], stands(one), ago(one["since"]), *with_whom, supervised(one)


def _call(one: Picture) -> tuple[str, ...]:
    """Return the row of a call, with its short agent API id.

    The party beside the customer is the agent, without an agent the third party.
    """
    beside = f"agent {one['agent']}" if one["agent"] else one["third"] or ""
    return one["agc_id"], one["state"], ago(one["since"]), one["customer"], beside, line_of(one)


def _table(kind: str, rows: list[tuple[str, ...]]) -> "Table":
    """Return the table of these rows; names get the room that the other columns leave."""
    from shutil import get_terminal_size

    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, GAP, 0, 0))
    columns = [(head, cells) for head, *cells in zip(HEADS[kind], *rows, strict=True)]
    columns = [(head, cells) for head, cells in columns if head not in IF_ANY or any(cells)]
    others = sum(max(map(cell_len, (head, *cells))) + GAP for head, cells in columns if head != NAME)
    room = get_terminal_size().columns - others - GAP
    columns = [(head, cells) for head, cells in columns if head != NAME or room >= LEAST_OF_NAME]
    for head, _ in columns:
        table.add_column(head, no_wrap=True, overflow="ellipsis", max_width=room if head == NAME else None)
    for row in zip(*(cells for _, cells in columns), strict=True):
        table.add_row(*map(Text, row))
    return table
