"""`python -m tools.bench.compare CHECKOUT leave=8 connect=8`: run benchmarks here and in another checkout, in turn.

The side that begins changes with each round. For each benchmark, the last lines are the median of each side, and the
ratio of this checkout's to the other's. Exit code 0: no ratio is above --most; 1: one is; 2: one could not be measured.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROUNDS = 7
MOST = 1.05
HERE = Path(__file__).parents[2]


class WantedBenchmark(NamedTuple):
    """A benchmark, and how often each of its runs measures."""

    name: str
    times: int


class CannotCompare(Exception):
    """A benchmark gave no figure; the text has its name, its checkout and its output."""


def compare(
    other: Path, wanted: Sequence[WantedBenchmark], rounds: int, say: Callable[[str], None]
) -> dict[str, tuple[float, float]]:
    """Return the medians of each benchmark, the other checkout's and this one's. Raises CannotCompare."""
    found: dict[tuple[str, Path], list[float]] = {}
    for number in range(rounds):
        for one in wanted:
            for place in (other, HERE) if number % 2 == 0 else (HERE, other):
                figure = measured(place, one)
                found.setdefault((one.name, place), []).append(figure)
                say(f"{number + 1} {one.name} {'here' if place == HERE else 'there'} {figure:g}")
    return {one.name: (median(found[one.name, other]), median(found[one.name, HERE])) for one in wanted}


def measured(place: Path, wanted: WantedBenchmark) -> float:
    """Return the figure that a checkout's own benchmark prints, in its own environment. Raises CannotCompare."""
    program = "tools.bench" if (place / "tools").is_dir() else "bench"  # its place in 0.9.0
    command = [".venv/bin/python", "-m", program, wanted.name, "--json", "--count", str(wanted.times)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    try:
        return float(json.loads(done.stdout)["value"])
    except (ValueError, KeyError, TypeError):
        words = done.stderr.strip() or done.stdout.strip()
        raise CannotCompare(f"{wanted.name} in {place} gives no figure: {words or 'it says nothing'}") from None


def ratio(there: float, here: float) -> float:
    """Return the ratio of this checkout's figure to the other's; 1 if both are 0."""
    return here / there if there else float("inf") if here else 1.0


def main(arguments: Sequence[str]) -> int:
    """Compare, and print the result."""
    asked = _parser().parse_args(arguments)
    try:
        medians = compare(asked.checkout.resolve(), asked.benchmarks, asked.rounds, partial(print, flush=True))
    except (CannotCompare, OSError) as problem:
        print(f"tools.bench.compare: {problem}", file=sys.stderr)
        return 2
    for name, (there, here) in medians.items():
        print(f"{name}: there {there:g}, here {here:g}, ratio {ratio(there, here):.3f}, goal {asked.most:g} or less")
    return 0 if all(ratio(*pair) <= asked.most for pair in medians.values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.compare", description=__doc__)
    parser.add_argument("checkout", type=Path, help="another checkout, in which `make setup` has been run")
    parser.add_argument("benchmarks", type=_wanted, nargs="+", metavar="NAME=COUNT", help="such as leave=8")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"runs of each on each side, {ROUNDS}")
    parser.add_argument("--most", type=float, default=MOST, help=f"the highest ratio that is well, {MOST}")
    return parser


def _wanted(text: str) -> WantedBenchmark:
    name, _, count = text.partition("=")
    if not name or not count.isdecimal() or int(count) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=COUNT, such as leave=8")
    return WantedBenchmark(name, int(count))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
