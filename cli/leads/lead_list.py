"""`warmline list counts` and `list change`: the leads of a list, counted and changed."""

from contextlib import suppress
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.client import app_client, list_records
from cli.client.app_answer import AppRefused
from cli.leads.list_options import ListName, Where
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.progress import progress
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.store.dialling.list_counts import ListCounts
from warmline.store.leads.list_change import LeadsChange

MANY = 5  # calls from which leads are counted together

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many leads would be changed, and change none.")]


def counts(of: ListName, as_json: Json = False) -> None:
    found = list_records.at(app_client.records()).counts(of)
    if as_json:
        now = [{"source": one.source, "why": one.why, "leads": one.leads, "until": iso(one.until)} for one in found.now]
        statuses = [one._asdict() for one in found.statuses]
        print_json(found._asdict() | {"penetration": found.penetration(), "statuses": statuses, "now": now})
        return
    print(
        f"list {found.list_id}: {found.leads} leads, {found.called_since_reset} called since the last reset "
        f"({found.penetration():g} %), {found.called} ever"
    )
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


def change(
    of: ListName,
    where: Where,
    status: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The new status of the leads.", autocompletion=names("disposition")),
    ] = None,
    to_list: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="The list to which the leads are moved. It has the same country.",
            autocompletion=names("list"),
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The new owner of the leads. '' means no owner.")
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the leads. Their calls stay.")] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    wanted, at = LeadsChange(status, to_list, owner, delete), list_records.at(app_client.records())
    leads = 0
    sums = dict.fromkeys(("matching", "changed", "in_call", "with_callback"), 0)
    with progress("change") as tell:
        after: int | None = 0
        while after is not None:
            step = at.change(of, where, wanted, after, dry_run=dry_run)
            sums = {name: number + getattr(step, name) for name, number in sums.items()}
            if step.after is not None and not leads:
                with suppress(AppRefused):  # a token may change leads that it may not read
                    leads = at.counts(of).leads
            after = step.after
            tell(max(0, leads - sums["matching"]), max(1, leads))
    if as_json:
        print_json({"list": of, "dry_run": dry_run} | sums)
        return
    done = "deleted" if delete else "changed"
    print(f"list {of}: {sums['matching']} leads match, {sums['changed']} {'would be ' if dry_run else ''}{done}")
    for name, why in (("in_call", "in a live call"), ("with_callback", "with a pending callback")):
        if sums[name]:
            print(f"left out: {sums[name]} {why}")


def _by_status(found: ListCounts) -> list[tuple[str, ...]]:
    """Return a row for each status: its leads in all, and by number of calls."""
    by_status: dict[str, list[int]] = {}
    for one in found.statuses:
        row = by_status.setdefault(one.status, [0] * (MANY + 1))
        row[min(MANY, one.called_count)] += one.leads
    return [(status, str(sum(row)), *(str(leads or "") for leads in row)) for status, row in by_status.items()]
