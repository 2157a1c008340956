"""`warmline list counts`: the leads of a list, or of all lists of a campaign, counted."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec
import typer

from cli.arguments.completion import names
from cli.client import list_records
from cli.output.cell_format import iso_moment
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.progress import working
from cli.output.table import print_table
from warmline.centre import app_client
from warmline.store.outbound.counts_answer import CampaignCountsAnswer, ListCountsAnswer

MANY = 5  # calls from which leads are counted together
CALLS = ("0 calls", "1 call", *(f"{calls} calls" for calls in range(2, MANY)), f"{MANY} and more")
NEXT = "next reset"
BY_STATUS = ("status", "leads", *CALLS)
BY_ZONE = ("time zones", "leads")
BY_RULE = ("leads", "number", "why not now", "until")
OF_LIST = ("leads", "called", "since reset", "penetration", "may be dialled", "not now", NEXT)

Counts = ListCountsAnswer | CampaignCountsAnswer


def counts(
    of: Annotated[
        str,
        typer.Argument(metavar="[LIST]", show_default=False, help="The list of leads.", autocompletion=names("list")),
    ] = "",
    campaign: Annotated[
        str,
        typer.Option(
            metavar="CAMPAIGN",
            show_default=False,
            help="Count the leads of each list of this campaign, and their total.",
            autocompletion=names("campaign"),
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    if bool(of) == bool(campaign):
        raise InvalidArgument("counts_of", "give either LIST or --campaign CAMPAIGN")
    at = list_records.at(app_client.records())
    with working("leads are counted"):
        found: Counts = at.campaign_counts(campaign) if campaign else at.counts(of)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    parts: Sequence[tuple[str, Counts]] = [("", found)]
    name = f"list {of}:"
    if isinstance(found, CampaignCountsAnswer):
        parts = [*((one.list_id, one) for one in found.lists), ("total", found)]
        name = f"campaign {campaign}: {len(found.lists)} lists,"
    print(
        f"{name} {found.leads} leads, {found.called_since_reset} called since the last reset "
        f"({found.penetration:g} %), {found.called} ever"
    )
    if isinstance(found, ListCountsAnswer) and (resets := "; ".join(_resets(found))):
        print(f"reset_times: {resets}")
    _print_tables(parts)


def _resets(found: ListCountsAnswer) -> Iterator[str]:
    """Yield words about the next reset at the list's reset_times, and about the last one."""
    if found.next_reset:
        yield f"next {iso_moment(found.next_reset)}"
    if last := found.last_reset:
        fate = "missed" if last.missed else f"{last.leads} leads" + " so far" * (last.ended is None)
        yield f"last {iso_moment(last.moment)}, {fate}"


def _print_tables(parts: Sequence[tuple[str, Counts]]) -> None:
    """Print a row for each part if there are several; then the statuses, time zones and rules of each part.

    The time zones are left out if all leads are in the same.
    """
    tables = [
        (BY_STATUS, [(name, *row) for name, one in parts for row in _by_status(one)]),
        (BY_RULE, [(name, *row) for name, one in parts for row in _by_rule(one)]),
    ]
    if len({zone.time_zones for _, one in parts for zone in one.zones}) > 1:
        tables.insert(1, (BY_ZONE, [(name, *row) for name, one in parts for row in _by_zone(one)]))
    if len(parts) > 1:
        tables.insert(0, (OF_LIST, [(name, *_sums(one)) for name, one in parts]))
    for heads, rows in tables:
        if rows:
            print()
            print_table(("list", *heads), rows, free=("why not now",), if_any=("list", NEXT))


def _sums(found: Counts) -> tuple[str, ...]:
    now = sum(one.leads for one in found.now if not one.why)
    numbers = (found.leads, found.called, found.called_since_reset, f"{found.penetration:g} %", now, found.leads - now)
    return *map(str, numbers), iso_moment(found.next_reset) if isinstance(found, ListCountsAnswer) else ""


def _by_status(found: Counts) -> list[tuple[str, ...]]:
    """Return a row for each status: its leads in all, and by number of calls."""
    by_status: dict[str, list[int]] = {}
    for one in found.statuses:
        row = by_status.setdefault(one.status, [0] * (MANY + 1))
        row[min(MANY, one.called_count)] += one.leads
    return [(status, str(sum(row)), *(str(leads or "") for leads in row)) for status, row in by_status.items()]


def _by_zone(found: Counts) -> list[tuple[str, ...]]:
    return [(one.time_zones or "none", str(one.leads)) for one in found.zones]


def _by_rule(found: Counts) -> list[tuple[str, ...]]:
    return [(str(one.leads), one.source, one.why or "may be dialled", iso_moment(one.until)) for one in found.now]
