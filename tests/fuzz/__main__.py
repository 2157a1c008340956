"""`python -m tests.fuzz --minutes 60 [--each] [--door NAME]`: try new inputs at every entry point.

Prints the inputs and results; for each failure, it prints the smallest input as code. Failing inputs are kept in
.cache/fuzz, and the next run tries them first. Exit 1 if there was a failure.
"""

import sys
import time
import traceback
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.entry_point import Door, ForbiddenDial, search
from tests.fuzz.entry_points import DOORS
from tests.fuzz.watch import Hang, watched

FRAMES = 15  # of a traceback that are printed
LONGEST = 5000  # characters of an input that are printed
CORPORA = Path(__file__).parents[2] / ".cache/fuzz"  # a folder for each entry point
ROUND = 400  # inputs until the entry point is opened again


@dataclass
class Tally:
    """The results of an entry point so far."""

    door: Door
    inputs: int = 0
    seconds: float = 0.0
    failures: dict[str, tuple[str, str]] = field(default_factory=dict)  # place of the failure: its kind and details

    def count(self, kind: str) -> int:
        return sum(one == kind for one, _ in self.failures.values())

    def row(self) -> tuple[str, ...]:
        kinds = (str(self.count(kind)) for kind in ("crash", "hang", "forbidden dial"))
        return self.door.name, f"{self.inputs}", f"{self.inputs / max(self.seconds, 0.001):.0f}", *kinds


HEAD = ("door", "inputs", "inputs/s", "crashes", "hangs", "forbidden dials")


def main() -> int:
    arguments = ArgumentParser(prog="python -m tests.fuzz")
    arguments.add_argument("--minutes", type=float, required=True, help="in all, the same share for each door")
    arguments.add_argument("--each", action="store_true", help="that time for each door")
    arguments.add_argument("--door", action="append", choices=[door.name for door in DOORS], help="this one alone")
    chosen = arguments.parse_args()
    doors = [door for door in DOORS if door.name in (chosen.door or [one.name for one in DOORS])]
    seconds = chosen.minutes * 60 / (1 if chosen.each else len(doors))
    tallies = [_fuzz(door, seconds) for door in doors]
    _print_table([tally.row() for tally in tallies])
    inputs, minutes = sum(tally.inputs for tally in tallies), sum(tally.seconds for tally in tallies) / 60
    failures = sum(len(tally.failures) for tally in tallies)
    print(f"{inputs} inputs in {minutes:.1f} minutes: {failures} failures")
    return int(failures > 0)


def _fuzz(door: Door, seconds: float) -> Tally:
    """Run one round after the other, until the time is over."""
    tally = Tally(door)
    began = time.monotonic()
    while tally.seconds < seconds:
        with door.opened() as attack:
            _round(tally, attack, began + seconds)
        tally.seconds = time.monotonic() - began
    print(*(f"{name} {value}" for name, value in zip(HEAD, tally.row(), strict=True)), sep=", ", flush=True)
    return tally


def _round(tally: Tally, attack: Callable[[Any], None], until: float) -> None:
    last: Any = None
    failed = False

    def timed(given: Any) -> None:
        nonlocal last, failed
        if not failed and time.monotonic() > until:
            return  # the rest of the round is neither tried nor counted
        last = given
        tally.inputs += 1
        try:
            with watched():
                attack(given)
        except BaseException:
            failed = True
            raise

    try:
        corpus = DirectoryBasedExampleDatabase(CORPORA / tally.door.name.replace(" ", "-"))
        search(tally.door, timed, ROUND, corpus)
    except Hang as hang:
        _note(tally, "hang", hang, f"{last!r}")
    except Exception as error:  # any exception is a finding
        kind = "forbidden dial" if isinstance(error, ForbiddenDial) else "crash"
        _note(tally, kind, error, "\n".join(getattr(error, "__notes__", [])) or f"{last!r}")


def _note(tally: Tally, kind: str, error: BaseException, example: str) -> None:
    """Print it once for each place."""
    if isinstance(error, ExceptionGroup):  # it failed once, and not again with the same input
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/site-packages/" not in frame.filename] or frames
    where = f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"
    if where not in tally.failures:
        tally.failures[where] = kind, example
        trace = "".join(traceback.format_list(frames[-FRAMES:]))
        print(f"\n{tally.door.name}: {kind}\n{trace}{where}: {error}\n{example[:LONGEST]}\n", flush=True)


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    for row in (HEAD, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
