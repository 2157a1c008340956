"""`python -m tools.bench NAME`: measure Warmline and its baseline in one run.

The last line is the result. Exit code 0: the goal is met; 1: it is not; 2: it could not be measured. A run with the
usual number of measurements also writes its result to tools/bench/results.
"""

import argparse
import asyncio
import json
import sys
from functools import partial
from types import ModuleType
from typing import Any

import aiohttp
from rich.console import Console

from lab.lab_error import LabError
from lab.sip import CallRefused, WaitTimeout
from tools.bench import chaos, dialling, flood, pacing, restarts
from tools.bench.calls import (
    adopt,
    agi_route,
    ari_library,
    call_arrivals,
    connect,
    crossed,
    fallback_delay,
    gate_cost,
    lead_import,
    leave,
    many_servers,
    soak,
    workspace_feeds,
)
from tools.bench.capacity import both, fixed_rates, late_disk_rates, recorded_rooms
from tools.bench.chaos import campaign_kills, dialler_chaos
from tools.bench.chaos.program_parts import INTERRUPTS, PARTS
from tools.bench.core import cli_speed, growth, memory, queue_matching
from tools.bench.database import commit_cost, moved_rows, server_connect
from tools.bench.million import beside_leads, call_searches, lead_kills, manager_clicks
from tools.bench.reports import busy_machine, report_speed
from tools.bench.tools import result_files
from tools.bench.tools.bench_progress import bar
from tools.bench.tools.result import BenchResult, CannotMeasureError

BENCHMARKS: dict[str, ModuleType] = {
    "leave": leave,
    "adopt": adopt,
    "connect": connect,
    "crossed": crossed,
    "many": many_servers,
    "busy": busy_machine,
    "calls": call_arrivals,
    "fallback": fallback_delay,
    "flood": flood,
    "gate": gate_cost,
    "route": agi_route,
    "ari": ari_library,
    "queue": queue_matching,
    "workspace": workspace_feeds,
    "growth": growth,
    "memory": memory,
    "import": lead_import,
    "chaos": chaos,
    "dialchaos": dialler_chaos,
    "campaignkills": campaign_kills,
    "restarts": restarts,
    "soak": soak,
    "cli": cli_speed,
    "reports": report_speed,
    "capacity": both,
    "rooms": recorded_rooms,
    "rates": fixed_rates,
    "laterates": late_disk_rates,
    "pacing": pacing,
    "dialling": dialling,
    "leads": beside_leads,
    "leadkills": lead_kills,
    "pastcalls": call_searches,
    "managers": manager_clicks,
    "database": commit_cost,
    "serverconnect": server_connect,
    "move": moved_rows,
}
# `all` leaves these out.
LONG = (
    "busy", "chaos", "dialchaos", "campaignkills", "dialling", "flood", "restarts", "memory", "soak", "cli", "reports",
    "capacity", "rooms", "rates", "laterates", "pacing", "leads", "leadkills", "pastcalls", "managers",
    "database", "serverconnect", "move",
)  # fmt: skip
LEAST_MINUTES = 10  # of chaos and dialchaos
FOR_MINUTES = (chaos, dialler_chaos)
OF_ROWS = (beside_leads, lead_kills, call_searches, manager_clicks, moved_rows)
PLAIN_WIDTH = 120  # columns, if the output is not a terminal


def main(arguments: list[str]) -> int:
    """Run the benchmarks that the command line names; return the exit code, of several the highest."""
    wanted = _parser().parse_args(arguments)
    names = [name for name in BENCHMARKS if name not in LONG] if wanted.name == "all" else [wanted.name]
    try:
        return max([_run(name, wanted) for name in names])
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 2


def _run(name: str, wanted: argparse.Namespace) -> int:
    benchmark = BENCHMARKS[name]
    count = wanted.count or benchmark.COUNT
    options: dict[str, Any] = {"minutes": wanted.minutes, "seed": wanted.seed} if benchmark in FOR_MINUTES else {}
    if benchmark is flood:
        options = {"only": wanted.only, "seconds": wanted.seconds}
    if benchmark in OF_ROWS and wanted.rows:
        options = {"rows": wanted.rows}
    if benchmark is lead_kills:
        options["seed"] = wanted.seed
    if benchmark is both:
        options = {"only": wanted.only}
    if benchmark is restarts:
        options = {"parts": wanted.part, "hows": wanted.how}
    try:
        with bar(name, None if wanted.minutes else count) as step:
            result: BenchResult = asyncio.run(benchmark.measure(count, step, **options))
    except (CannotMeasureError, LabError, WaitTimeout, CallRefused, aiohttp.ClientError) as problem:
        print(f"{name}: could not be measured: {problem}", file=sys.stderr)
        return 2
    if is_usual(wanted, benchmark.COUNT):
        kept = result_files.write(result, result_files.FOLDER)
        print(f"{name}: result written to tools/bench/results/{kept.name}", file=sys.stderr)
    if wanted.json:
        print(json.dumps(result.as_json(), ensure_ascii=False), flush=True)
    else:
        Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(result.table())
        print(result.line(), flush=True)
    return 0 if result.met else 1


def is_usual(wanted: argparse.Namespace, count: int) -> bool:
    """Return whether a benchmark measures all there is, as often or as long as usual; only then its result is kept.

    `count` is how often it usually measures.
    """
    some = (wanted.part, wanted.how) != (PARTS, tuple(INTERRUPTS))
    other = wanted.count not in (None, count) or wanted.rows
    return not (some or other or wanted.only or wanted.seconds or 0 < wanted.minutes < LEAST_MINUTES)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument(
        "name",
        choices=[*BENCHMARKS, "all"],
        metavar="NAME",
        help=f"{', '.join(BENCHMARKS)}, all: all but {', '.join(LONG)}",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a benchmark instead of a table")
    parser.add_argument(
        "--count", "--times", type=_count, help="how often each side is measured, instead of the usual number"
    )
    parser.add_argument("--quick", action="store_const", const=1, dest="count", help="measure once: as --count 1")
    parser.add_argument("--minutes", type=_count, default=0, help="chaos, dialchaos: for how long, instead of --count")
    parser.add_argument(
        "--seed", type=int, default=1, help="chaos, dialchaos, leadkills: what is drawn at random comes from this"
    )
    parser.add_argument(
        "--rows",
        type=_count,
        default=0,
        help="leads, leadkills, pastcalls, managers, move: how many rows, usually a million",
    )
    parser.add_argument(
        "--only", default="", help="flood: the attacks, such as B1,W3; capacity: rooms or setup; default: all"
    )
    parser.add_argument("--seconds", type=_count, default=0, help="flood: for how long each attack lasts")
    some = ("--part", PARTS, "the parts to interrupt"), ("--how", tuple(INTERRUPTS), "the ways to interrupt them")
    for name, all_of_them, what in some:
        told = f"restarts: {what}, of {','.join(all_of_them)}"
        parser.add_argument(name, type=partial(_some_of, all_of_them), default=all_of_them, help=told)
    return parser


def _some_of(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    found = tuple(text.split(","))
    if not set(found) <= set(names):
        raise argparse.ArgumentTypeError(f"{text} names something else than {', '.join(names)}")
    return found


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 up")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
