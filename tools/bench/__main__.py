"""`python -m tools.bench NAME`: measure Warmline and its baseline in one run.

The last line is the result. Exit code 0: the goal is met; 1: it is not; 2: it could not be measured. A run with the
usual number of measurements also writes its result to tools/bench/results.
"""

import argparse
import sys
from functools import partial
from types import ModuleType

from tools.bench import pacing
from tools.bench.calls import adopt, agi_route, connect, leave
from tools.bench.capacity import fixed_rates, recorded_rooms
from tools.bench.tools import result_files
from tools.bench.tools.run_one import number, run_one

BENCHMARKS: dict[str, ModuleType] = {
    "leave": leave,
    "connect": connect,
    "adopt": adopt,
    "route": agi_route,
    "rates": fixed_rates,
    "rooms": recorded_rooms,
    "pacing": pacing,
}
LONG = ("rates", "rooms", "pacing")  # `all` leaves these out


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
    times = wanted.count or benchmark.COUNT
    result = run_one(name, partial(benchmark.measure, times), times, as_json=wanted.json)
    if result is None:
        return 2
    if times == benchmark.COUNT:
        kept = result_files.write(result, result_files.FOLDER)
        print(f"{name}: result written to tools/bench/results/{kept.name}", file=sys.stderr)
    return 0 if result.met else 1


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
        "--count", "--times", type=number, help="how often each side is measured, instead of the usual number"
    )
    parser.add_argument("--quick", action="store_const", const=1, dest="count", help="measure once: as --count 1")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
