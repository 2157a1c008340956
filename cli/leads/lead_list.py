"""`warmline list counts`: the leads of a list, counted."""

from collections.abc import Iterator

from cli.client import app_client, list_records
from cli.leads.list_options import ListName
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.store.dialling.list_counts import ListCounts

MANY = 5  # calls from which leads are counted together


def counts(of: ListName, as_json: Json = False) -> None:
    found = list_records.at(app_client.records()).counts(of)
    if as_json:
        now = [{"source": one.source, "why": one.why, "leads": one.leads, "until": iso(one.until)} for one in found.now]
        statuses = [one._asdict() for one in found.statuses]
        told = {"penetration": found.penetration(), "statuses": statuses, "now": now}
        print_json(found._asdict() | told | {"last_reset": _told(found), "next_reset": iso(found.next_reset)})
        return
    print(
        f"list {found.list_id}: {found.leads} leads, {found.called_since_reset} called since the last reset "
        f"({found.penetration():g} %), {found.called} ever"
    )
    if found.next_reset or found.last_reset:
        print(f"reset_times: {'; '.join(_resets(found))}")
    if found.statuses:
        print()
        counts_of = (f"{calls} calls" for calls in range(2, MANY))
        heads = ("status", "leads", "0 calls", "1 call", *counts_of, f"{MANY} and more")
        print_table(heads, _by_status(found), free=())
    if found.now:
        print()
        print_table(
            ("leads", "number", "why not now", "until"),
            [(str(one.leads), one.source, one.why or "may be dialled", moment(one.until)) for one in found.now],
            free=("why not now",),
        )


def _told(found: ListCounts) -> dict[str, object] | None:
    """Return the last reset at the list's reset_times, for programs."""
    last = found.last_reset
    return last and last._asdict() | {"moment": iso(last.moment), "began": iso(last.began), "ended": iso(last.ended)}


def _resets(found: ListCounts) -> Iterator[str]:
    """Yield words about the next reset at the list's reset_times, and about the last one."""
    if found.next_reset:
        yield f"next {moment(found.next_reset)}"
    if last := found.last_reset:
        fate = "missed" if last.missed else f"{last.leads} leads" + " so far" * (last.ended is None)
        yield f"last {moment(last.moment)}, {fate}"


def _by_status(found: ListCounts) -> list[tuple[str, ...]]:
    """Return a row for each status: its leads in all, and by number of calls."""
    by_status: dict[str, list[int]] = {}
    for one in found.statuses:
        row = by_status.setdefault(one.status, [0] * (MANY + 1))
        row[min(MANY, one.called_count)] += one.leads
    return [(status, str(sum(row)), *(str(leads or "") for leads in row)) for status, row in by_status.items()]
