"""`warmline audit agent`: one agent's day, how long each state lasted, to the second."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.arguments.time_options import Precise, day_bounds
from cli.output import time_format
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import console
from cli.output.table import print_table
from cli.output.time_format import clock, day, iso
from warmline.store.configuration.full_names import full_names
from warmline.store.reports.agent_day import AgentDay, agent_day
from warmline.system import settings

User = Annotated[
    str,
    typer.Argument(metavar="USER", show_default=False, help="The agent, such as 1000.", autocompletion=names("agent")),
]
Day = Annotated[
    str, typer.Option("--day", metavar="DAY", help="The day: today, yesterday, monday, or a date such as 2026-11-20.")
]


def show(user: User, of: Day = "today", precise: Precise = False, as_json: Json = False) -> None:
    time_format.precise = precise
    now = time.time_ns() // 1000
    start, end = day_bounds(of, now)
    path = settings.load().db
    found = agent_day(path, user, start, max(start, min(end, now)))
    if as_json:
        print_json({"agent": user, "from": iso(start), "until": iso(min(end, now)), **_document(found)})
    else:
        called = f"{user} {full_names(path, 'agent').get(user, '')}".rstrip()
        _page(called, start, end, found)
    if found.findings:
        raise typer.Exit(ExitCode.FAILED)


def _page(called: str, start: int, end: int, found: AgentDay) -> None:
    print(f"Agent {called}, {day(start)}: {_length(found.length)} logged in, calls: {found.calls}")
    if not found.sessions:
        return

    def moment(at: int | None) -> str:
        """Return the time of day, with its date if it is another day's."""
        shown = "" if at is None else clock(at)
        return shown if at is None or start <= at < end else f"{day(at)} {shown}"

    print_table(
        ("login", "logout", "phone", "campaign"),
        [(moment(one["started"]), moment(one["ended"]), one["phone"], one["campaign"]) for one in found.sessions],
    )
    print()
    shown = _adding_up(found.totals)
    shares = [(name, shown[name], f"{time / max(1, found.length):.1%}") for name, time in found.totals.items()]
    print_table(("state", "time", "share"), [*shares, ("all", _length(sum(found.totals.values())), "100.0%")])
    if found.pause_codes:
        print()
        codes = _adding_up(found.pause_codes)
        print_table(("pause code", "time"), [(code or "none", text) for code, text in codes.items()])
    if found.dispositions:
        print()
        print_table(("disposition", "calls"), [(code, str(times)) for code, times in found.dispositions.items()])
    print()
    for finding in found.findings:
        console().print(f"Mismatch: {finding}", markup=False)
    if found.clock_was_set:
        console().print("The machine's clock was set, so the day is not compared with the journal.")
    elif not found.findings:
        console().print("The states have no gaps, their sum is the sessions' length, and the journal agrees.")


def _length(microseconds: int) -> str:
    """Return a duration as h:mm:ss; `--precise` adds the milliseconds."""
    return time_format.exact(microseconds) if time_format.precise else time_format.exact(microseconds + 500_000)[:-4]


def _adding_up(lengths: Mapping[str, int]) -> dict[str, str]:
    """Round the lengths to whole seconds, so that the rounded lengths add up to the rounded total.

    Readers add up the column.
    """
    if time_format.precise:
        return {name: time_format.exact(length) for name, length in lengths.items()}
    shown, whole, before = {}, 0, 0
    for name, length in lengths.items():
        whole += length
        rounded = (whole + 500_000) // 1_000_000
        shown[name] = time_format.exact((rounded - before) * 1_000_000)[:-4]
        before = rounded
    return shown


def _document(found: AgentDay) -> dict[str, object]:
    """Return the document for `--json`; its times are in milliseconds."""
    sessions = [one | {"started": iso(one["started"]), "ended": iso(one["ended"])} for one in found.sessions]
    lengths = {
        f"{name}_ms": {code: time / 1000 for code, time in of.items()}
        for name, of in (("totals", found.totals), ("states", found.states), ("pause_codes", found.pause_codes))
    }
    rest = {name: value for name, value in asdict(found).items() if name in ("calls", "dispositions", "findings")}
    agrees = not found.findings and not found.clock_was_set
    return {"agrees": agrees, "length_ms": found.length / 1000, "sessions": sessions, **lengths, **rest}
