"""`warmline live`: the floor as it is, and as it changes."""

from typing import TYPE_CHECKING, Any

from warmline import settings
from warmline.cli.output import Json
from warmline.cli.since import ago

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

    from warmline.cli.watching import Changed

Picture = dict[str, Any]  # `agents`, `ingroups` with somebody waiting, and `calls`, each a list

HEADS = {
    "agents": ("agent", "state", "for", "customer", "third"),
    "ingroups": ("in-group", "waiting", "longest"),
    "calls": ("call", "state", "for", "customer", "agent", "third", "in-group"),
}


def live(as_json: Json = False) -> None:
    """Follow agents, queues and calls until Ctrl-C; piped, a line for each change."""
    from warmline.cli.watching import pictures, show

    place = settings.load()
    show(pictures(place, lambda: picture(place), _concerns), page, lines, as_json)


def _concerns(changed: "Changed") -> bool:
    return any(one["what"] in ("agent", "call") for one in changed)


def picture(place: settings.Settings) -> Picture:
    """The floor now. Raises AppAway."""
    from warmline.cli import running_app  # not above: every command line loads this file

    agents, calls = running_app.get(place, "agents"), running_app.get(place, "calls")
    waiting: dict[str, list[str]] = {}
    for call in calls:
        if call["state"] == "waiting":
            waiting.setdefault(call["ingroup"], []).append(call["since"])
    ingroups = [{"id": name, "waiting": len(since), "since": min(since)} for name, since in sorted(waiting.items())]
    return {"agents": agents, "ingroups": ingroups, "calls": calls}


def page(found: Picture) -> "Group":
    """The picture for a terminal: as many agents and calls as it has lines for."""
    from rich.console import Group

    parts: list[RenderableType] = [_table(kind, _rows(found, kind)) for kind in HEADS if found[kind]]
    return Group(*(parts or ["Nobody is logged in, and there is no call."]))


def lines(found: Picture) -> list[str]:
    """A line for each agent, in-group and call, without what changes with time alone."""
    return [
        "  ".join(
            (
                HEADS[kind][0],
                *(cell for cell, head in zip(row, HEADS[kind], strict=True) if cell and head not in CLOCKS),
            )
        )
        for kind in HEADS
        for row in _rows(found, kind)
    ]


CLOCKS = ("for", "longest")


def _rows(found: Picture, kind: str) -> list[tuple[str, ...]]:
    if kind == "agents":
        calls = {call["id"]: call for call in found["calls"]}
        return [_agent(one, calls.get(one["call"], {})) for one in found["agents"]]
    if kind == "ingroups":
        return [(one["id"], str(one["waiting"]), ago(one["since"])) for one in found["ingroups"]]
    return [
        (
            one["id"],
            one["state"],
            ago(one["since"]),
            one["customer"],
            one["agent"] or "",
            one["third"] or "",
            one["ingroup"],
        )
        for one in found["calls"]
    ]


def _agent(one: Picture, call: Picture) -> tuple[str, ...]:
    state = f"{one['state']} {one['pause_code']}".rstrip() + (" (muted)" if one["muted"] else "")
    return one["user"], state, ago(one["since"]), call.get("customer", ""), call.get("third") or ""


def _table(kind: str, rows: list[tuple[str, ...]]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(*HEADS[kind], box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*map(Text, row))
    return table
