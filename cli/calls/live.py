"""`warmline live`: agents, queues and calls, updated at each change."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cli.agent.agent_view import stands, supervised
from cli.calls import live_urgency
from cli.output.cell_format import line_of
from cli.output.json_output import Json
from cli.output.table import NAME
from cli.output.time_format import ago
from warmline.centre import app_client

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

    from cli.client.live_view import LiveRecords

# `ingroups` with waiting callers, `agents` and `calls`, each a list; `today`: the totals of the day, or empty;
# `servers`, if there are several.
Picture = dict[str, Any]

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
LEAST_OF_NAME = 8  # characters; with less room there is no name
GAP = 2  # blanks between two columns
FRAME = 3  # lines of each table that are not rows: the head, the number of rows left out, an empty line
FEWEST = 3  # rows of a table that are always shown


class LiveRow(NamedTuple):
    """The cells of a row, and the style of its age."""

    cells: tuple[str, ...]
    style: str


def live(
    once: Annotated[bool, typer.Option("--once", help="Show the state once and end.")] = False, as_json: Json = False
) -> None:
    from cli.client.live_view import pictures, show, show_once

    found = pictures(app_client.here(), picture, totals="true")
    if once:
        show_once(next(filter(None, found)), page, lines, as_json)
    else:
        show(found, page, lines, as_json)


def picture(records: "LiveRecords") -> Picture:
    """Return the state of the call centre in these records."""
    agents = [records.agents[user] for user in sorted(records.agents)]
    calls = [{name: records.calls[one][name] for name in OF_CALL} for one in sorted(records.calls)]
    waiting: dict[tuple[str, str], list[str]] = {}  # by in-group and wanted agent
    for call in calls:
        if call["state"] == "waiting":
            waiting.setdefault((call["ingroup"], call["direct"]), []).append(call["since"])
    names = {call["ingroup"]: call["group_name"] for call in calls}
    ingroups = [
        {"id": name, "group_name": names[name], "direct": direct, "waiting": len(since), "since": min(since)}
        for (name, direct), since in sorted(waiting.items())
    ]
    found = {"ingroups": ingroups, "agents": agents, "calls": calls, "today": records.today}
    return found | {"servers": records.servers} if records.servers else found


def page(found: Picture) -> "Group":
    """Return the picture for a terminal: the totals, then as many rows of each table as fit."""
    from shutil import get_terminal_size

    from rich.console import Group

    kinds = [kind for kind in HEADS if found[kind]]
    parts: list[RenderableType] = [_summary(found), *_today(found), *_taken(found), *_servers(found)]
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

    text = in_words(found["today"].get("fallback", {}), "today")
    return [text] if text else []


def _servers(found: Picture) -> list[str]:
    """Return the line about the servers, if there are several."""
    return [f"servers: {', '.join(map(_server, found['servers']))}"] if "servers" in found else []


def _server(one: dict[str, Any]) -> str:
    words = [] if one["connected"] else ["is lost" if one["lost"] else "is away"]
    words += ["drains"] if one["draining"] else []
    state = " and ".join(words)
    return f"{one['name']}{' ' * bool(state)}{state} ({one['calls']} call{'' if one['calls'] == 1 else 's'})"


def _today(found: Picture) -> list[str]:
    """Return the line of the day's totals; no line without a call."""
    today = found["today"]
    if not today.get("offered"):
        return []
    level = "" if today["level"] is None else f", {100 * today['level']:.0f} % in time"
    counts = f"{today['offered']} offered, {today['answered']} answered, {today['abandoned']} lost"
    return [f"today: {counts}{level}"]


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
    """Return a line for each agent, in-group and call, and one of several servers, without changing times."""
    return (
        _taken(found)
        + _servers(found)
        + [
            "  ".join(
                (heads[0], *(cell for cell, head in zip(row.cells, heads, strict=True) if cell and head not in CLOCKS))
            )
            for kind, heads in HEADS.items()
            for row in _rows(found, kind)
        ]
    )


def _rows(found: Picture, kind: str) -> list[LiveRow]:
    """Return the rows of a table, the most urgent one first."""
    calls = {call["id"]: call for call in found["calls"]}
    rows = []
    for one in sorted(found[kind], key=live_urgency.order):
        match kind:
            case "ingroups":
                where = line_of({"ingroup": one["id"]} | one)
                cells: tuple[str, ...] = (where, one["group_name"], str(one["waiting"]), ago(one["since"]))
            case "agents":
                cells = _agent(one, calls.get(one["call"], {}))
            case _:
                cells = _call(one)
        rows.append(LiveRow(cells, live_urgency.emphasis(live_urgency.state_of(one), one["since"])))
    return rows


def _agent(one: Picture, call: Picture) -> tuple[str, ...]:
    with_whom = call.get("customer", ""), call.get("third") or ""
    return one["user"], one["full_name"], stands(one), ago(one["since"]), *with_whom, supervised(one)


def _call(one: Picture) -> tuple[str, ...]:
    """Return the row of a call, with its short agent API id.

    The party beside the customer is the agent, without an agent the third party.
    """
    beside = f"agent {one['agent']}" if one["agent"] else one["third"] or ""
    return one["agc_id"], one["state"], ago(one["since"]), one["customer"], beside, line_of(one)


def _table(kind: str, rows: list[LiveRow]) -> "Table":
    """Return the table of these rows; names get the room that the other columns leave."""
    from shutil import get_terminal_size

    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, GAP, 0, 0))
    columns = [(head, cells) for head, *cells in zip(HEADS[kind], *(row.cells for row in rows), strict=True)]
    columns = [(head, cells) for head, cells in columns if head not in IF_ANY or any(cells)]
    others = sum(max(map(cell_len, (head, *cells))) + GAP for head, cells in columns if head != NAME)
    room = get_terminal_size().columns - others - GAP
    columns = [(head, cells) for head, cells in columns if head != NAME or room >= LEAST_OF_NAME]
    for head, _ in columns:
        table.add_column(head, no_wrap=True, overflow="ellipsis", max_width=room if head == NAME else None)
    for n, row in enumerate(rows):
        table.add_row(*(Text(cells[n], style=row.style if head in CLOCKS else "") for head, cells in columns))
    return table
