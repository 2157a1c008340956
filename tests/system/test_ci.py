"""`.ci/run`: its table, its limits, and its end at the first part that fails."""

import re
import subprocess
import sys

from tools.pages.marked_text import PROJECT

BUSY = "import time\nwhile time.process_time() < 0.45: pass\n"
LEFT_BY_ITS_PARENT = f"""
import os, select
(reads, writes), (waits, starts) = os.pipe(), os.pipe()
if os.fork():
    left = os.pidfd_open(int.from_bytes(os.read(reads, 4), "big"))
    os.write(starts, b"1")
    select.select([left], [], [])  # until the last process has ended
elif left := os.fork():
    os.write(writes, left.to_bytes(4, "big"))
else:
    os.read(waits, 1)
    exec({BUSY!r})
"""
DRIVER = """
import runpy, sys
ci = runpy.run_path(".ci/parts.py")
parts = [ci["Part"](name, 9, limit, (sys.executable, "-c", program)) for name, limit, program in PARTS]
sys.exit(ci["run"](parts))
"""


def ran(*parts: tuple[str, float, str]) -> tuple[int, str]:
    """Return the exit code and the output of a run with these parts: name, limit of processor time, and program."""
    done = subprocess.run(
        [sys.executable, "-c", f"PARTS = {parts!r}\n{DRIVER}"], cwd=PROJECT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout


def test_the_table_has_each_part_and_the_sum_beside_their_limits() -> None:
    code, printed = ran(("one", 5, "pass"), ("two", 7, "print('words of its own')"))
    assert code == 0 and printed.startswith("words of its own\n")
    rows = [re.split(r"  +", line) for line in printed.splitlines()[2:]]
    assert rows[0] == ["part", "clock", "limit", "processor", "limit"]
    assert [(row[0], row[2], row[4]) for row in rows[1:]] == [
        ("one", "9 s", "5 s"),
        ("two", "9 s", "7 s"),
        ("all", "18 s", "12 s"),
    ]


def test_a_part_that_costs_too_much_fails_the_run_after_all_parts() -> None:
    code, printed = ran(("costly", 0.3, BUSY), ("next", 9, "pass"))
    assert code == 1
    noted = [line for line in printed.splitlines() if line.endswith("costs too much")]
    assert [line.split()[0] for line in noted] == ["costly"] and re.search("^next ", printed, re.MULTILINE)


def test_a_program_that_outlives_its_parent_costs_too() -> None:
    assert "costs too much" in ran(("left", 0.3, LEFT_BY_ITS_PARENT))[1]
    assert "costs too much" not in ran(("quick", 0.3, LEFT_BY_ITS_PARENT.replace("< 0.45", "< 0")))[1]


def test_the_first_part_that_fails_ends_the_run() -> None:
    code, printed = ran(("wrong", 9, "raise SystemExit(3)"), ("next", 9, "pass"))
    assert code == 1 and re.search(r"^wrong .* failed: exit code 3$", printed, re.MULTILINE) and "next" not in printed
