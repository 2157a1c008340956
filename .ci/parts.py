"""Run all that continuous integration runs, from a fresh clone, as any user. The first part that fails ends the run.

As root, the tests of users and permissions run again as an ordinary user. Each of the two users has permissions that
the other does not have. The table at the end has the time of each part beside its limit. The run fails if a part used
more than 1.25 times its processor time. Parts that install programs are not judged. The clock is only shown, because
the machine may be shared.
"""

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CHILD_SUBREAPER = 36  # of prctl(2): programs that outlive their parent become children of this process
TOLERANCE = 1.25  # times the limit of a part's processor time


class Part(NamedTuple):
    """A command and its limits in seconds: clock on two idle processors, and processor time of all its programs."""

    name: str
    clock: int
    processor: int
    command: tuple[str, ...]
    needs_root: bool = False  # because the tests of the Debian package do
    installs: bool = False  # its time depends on what is there already, and is not judged


PARTS = (
    Part("set-up", 60, 60, ("make", "setup"), installs=True),
    Part("check", 90, 240, ("make", "check")),
    Part("test", 360, 700, ("make", "test", "TREE=")),  # check has run tests/tree
    Part("test-browser", 240, 500, ("make", "test-browser")),
    Part("test-package", 90, 150, ("make", "test-package", "FILES=--by-day tests/package")),
    Part("test-rights", 90, 300, (".ci/as-ordinary-user", "tools/nightly", "rights"), needs_root=True),
)


class Measured(NamedTuple):
    """A part that has ended: its exit code, and the seconds that it took."""

    part: Part
    code: int
    clock: float
    processor: float

    @property
    def is_costly(self) -> bool:
        """Return whether the part used more processor time than is tolerated."""
        return not self.part.installs and self.processor > TOLERANCE * self.part.processor


def measure(part: Part) -> Measured:
    """Run a part to its end. A process that outlives its parent counts, too, if it ends before the part."""
    begun, processor = time.monotonic(), 0.0
    child = subprocess.Popen(part.command, stdin=subprocess.DEVNULL)
    with contextlib.suppress(ChildProcessError):  # none is left
        while (ended := os.wait4(-1, 0 if child.returncode is None else os.WNOHANG))[0]:
            pid, status, used = ended
            processor += used.ru_utime + used.ru_stime
            if pid == child.pid:
                child.returncode = os.waitstatus_to_exitcode(status)
    return Measured(part, child.returncode, time.monotonic() - begun, processor)


def table(done: Sequence[Measured]) -> str:
    """Return the times of the parts and their sum, each beside its limit."""
    limits = Part("all", sum(one.part.clock for one in done), sum(one.part.processor for one in done), ())
    whole = Measured(limits, 0, sum(one.clock for one in done), sum(one.processor for one in done))
    rows = [f"{'part':<14}{'clock':>8}{'limit':>8}{'processor':>12}{'limit':>8}"]
    for one in (*done, whole):
        name, clock, processor = one.part[:3]
        note = f"  failed: exit code {one.code}" if one.code else "  costs too much" if one.is_costly else ""
        rows.append(f"{name:<14}{one.clock:>6.0f} s{clock:>6} s{one.processor:>10.0f} s{processor:>6} s{note}")
    return "\n".join(rows)


def run(parts: Sequence[Part]) -> int:
    """Run the parts and print the table; return an exit code."""
    ctypes.CDLL(None, use_errno=True).prctl(CHILD_SUBREAPER, 1, 0, 0, 0)
    done: list[Measured] = []
    for part in parts:
        done.append(measure(part))
        if done[-1].code:
            break
    print(f"\n{table(done)}", flush=True)
    return 1 if any(one.code or one.is_costly for one in done) else 0


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[1])
    os.environ["CI"] = "true"
    sys.exit(run([part for part in PARTS if not part.needs_root or os.geteuid() == 0]))
