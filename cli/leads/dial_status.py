"""`warmline dial status` and `watch`: what each campaign's dialler does now, and why it begins no call."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments.completion import names
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import ago, of_iso
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway
from warmline.centre.place import Place

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

Dialler = dict[str, Any]  # as the app sends it

HEADS = ("campaign", "method", "dialler", "for", "by", "READY", "in flight", "waiting", "free", "leads", "no call now")
WINDOW_HEADS = ("campaign", "window", "ends", "answered", "dropped", "by fault", "limit", "may drop")
LIMIT_REACHED = "drop limit reached"
NONE = "No campaign dials automatically."
WHY = HEADS[-1]
EVERY = 1.0  # seconds between two looks

CampaignName = Annotated[
    str,
    typer.Argument(
        metavar="[CAMPAIGN]",
        show_default=False,
        help="Only this campaign. Without CAMPAIGN all that dial are shown.",
        autocompletion=names("campaign"),
    ),
]


def status(campaign: CampaignName = "", as_json: Json = False) -> None:
    place = app_client.here()
    found = _diallers(place, campaign)
    if as_json:
        print_json(found[0] if campaign else found)
    elif found:
        print_table(HEADS, [_row(one) for one in found], free=(WHY,), spare=("by", "for", "free", "leads"))
        print()
        print_table(WINDOW_HEADS, _windows(found), free=(), spare=("ends",))
    else:
        print(NONE)


def watch(as_json: Json = False) -> None:
    from cli.client.live_view import show

    show(looks(app_client.here()), page, lines, as_json)


def page(found: list[Dialler]) -> "Group | str":
    """Return the diallers for a terminal: a table of what they do, and one of their drop windows."""
    from rich.console import Group

    return Group(_table(HEADS, map(_row, found)), "", _table(WINDOW_HEADS, _windows(found))) if found else NONE


def lines(found: list[Dialler]) -> list[str]:
    """Return a line for each dialler, without parts that change with time alone."""
    shown = [[cell for cell, head in zip(_row(one), HEADS, strict=True) if head != "for"] for one in found]
    return ["  ".join(filter(None, cells)) for cells in shown] or [NONE]


def _diallers(place: Place, campaign: str) -> list[Dialler]:
    """Return the diallers, or that of one campaign. Raises AppAway, AppRefused, NotFound."""
    if campaign:
        return [app_client.get(place, f"diallers/{quote(campaign, safe='')}")]
    found: list[Dialler] = app_client.get(place, "diallers")
    return found


def looks(place: Place) -> Iterator[list[Dialler] | None]:
    """Yield the diallers once a second, or None while the app is away. Raises AppAway if it is at the beginning."""
    yield _diallers(place, "")
    while True:
        time.sleep(EVERY)
        try:
            found = _diallers(place, "")
        except AppAway:
            yield None
        else:
            yield found


def _row(one: Dialler) -> tuple[str, ...]:
    state = "halted" if one["halted_until"] else "running" if one["running"] else "stopped"
    state = "idle" if state == "running" and one["idle"] else state
    names = "ready", "in_flight", "waiting", "free_soon", "leads"
    counts = ["" if one[name] is None else str(one[name]) for name in names]
    until = f", until {moment(of_iso(one['until']))}" if one["until"] else ""
    since = ago(one["since"]) if one["since"] else ""
    return one["campaign"], one["dial_method"], state, since, one["by"], *counts, one["why"] + until


def _windows(found: list[Dialler]) -> list[tuple[str, ...]]:
    return [
        (
            one["campaign"],
            window["kind"],
            moment(of_iso(window["ends"])),
            *(str(window[name]) for name in ("answered", "dropped", "by_fault")),
            f"{window['limit']:g} %",
            LIMIT_REACHED if window["above"] else str(window["may_drop"]),
        )
        for one in found
        for window in one["drop_windows"]
    ]


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(*heads, box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*map(Text, row))
    return table
