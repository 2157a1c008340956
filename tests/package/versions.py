"""`python -m tests.package.versions`: run the tests of calls, and record with which versions they passed.

`python -m tests.package.versions scripts` does so with the tests of scripts: the recipes and the pages' own scripts.

Python is the one that runs this command. Asterisk is the first one on the PATH, otherwise that of `make setup`.
"""

import json
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from lab import asterisk
from tools.pages.recorded.version_runs import FILE, SCRIPTS_FILE, runs

# The scenarios of what an agent does with a call; all scenarios take five times as long.
SCENARIOS = """
restarts/test_asterisk_killed restarts/test_app_killed_queue calls/test_audio agents/test_login queue/test_inbound
calls/test_three_way transfers/test_leave recording/test_leave_recording transfers/test_consulting calls/test_hold
agents/test_mute calls/test_parking transfers/test_refer agents/test_phone_keys agents/test_supervising
agents/test_disposition recording/test_recording_by_hand
""".split()  # noqa: SIM905 - a list of names has more lines
OTHERS = ("tests/lab/test_installed.py", "tests/lab/test_demo.py")
TESTS = (*(f"tests/scenarios/{name}.py" for name in SCENARIOS), *OTHERS)
# The scripts of pages and the recipes; and the pages for readers who have something, with each line typed.
SCRIPTS = """
scenarios/scripts/test_ari_pages scenarios/scripts/test_ari_recipes scenarios/scripts/test_ari_scripts
scenarios/scripts/test_ari_faults scenarios/scripts/test_agi_scripts scenarios/scripts/test_example_calls
agi/test_fastagi_dialplan agi/test_dialplan lab/test_page_commands_survey
scenarios/recipes/test_recipes scenarios/recipes/test_recipes_after_calls scenarios/recipes/test_recipes_hostile
scenarios/recipes/test_recipes_with_agents lab/test_page_commands_start agi/test_five_scripts
agi/test_coming_from_pyst2 agi/test_own_scripts_called agi/test_call_beside_asterisk agi/test_sessions_recorded
agi/test_passed_data agi/test_call_result
""".split()  # noqa: SIM905 - a list of names has more lines
KINDS = {"calls": (FILE, TESTS), "scripts": (SCRIPTS_FILE, tuple(f"tests/{name}.py" for name in SCRIPTS))}
OPTIONS = ("-k", "not simulated", "-p", "no:cacheprovider", "-q")


class Run(NamedTuple):
    """The tests with one Asterisk and one Python. `origin` is where Asterisk came from: `Debian` or `source`.

    `again` is how many of the `passed` tests failed beside others, and then passed alone.
    """

    asterisk: str
    origin: str
    python: str
    date: str
    passed: int
    again: int
    failed: int


class Outcomes:
    """A plugin of pytest that remembers the outcomes of the tests."""

    def __init__(self) -> None:
        self.passed, self.failed = set[str](), set[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.when == "call":
            self.passed.add(report.nodeid)


def read(file: Path) -> list[Run]:
    """Return all runs of a file."""
    return [Run(**row) for row in runs(file)]


def number(version: str) -> tuple[int, ...]:
    """Return the number of a version as it is compared."""
    return tuple(map(int, version.split(".")))


def recorded(runs: list[Run], new: Run) -> list[Run]:
    """Return the runs with a new one, which replaces the previous one of its versions."""
    kept = [one for one in runs if (one.asterisk, one.python) != (new.asterisk, new.python)]
    return sorted([*kept, new], key=lambda one: (number(one.asterisk), number(one.python)))


def main(kind: str = "calls") -> int:
    """Run the tests of a kind, and those that failed once more, alone; record the outcome.

    Return 1 if a test failed again.
    """
    if kind not in KINDS:
        raise SystemExit(f"unknown tests: {kind!r}; allowed: {', '.join(KINDS)}; choose one of these")
    file, tests = KINDS[kind]
    version = asterisk.ensure(print).version
    found = re.search(r"\d+\.\d+\.\d+", version)
    assert found, version
    outcomes, alone = Outcomes(), Outcomes()
    code = pytest.main([*OPTIONS, "-n", "2", "--dist", "loadfile", *tests], plugins=[outcomes])
    assert code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED), code
    if outcomes.failed:
        pytest.main([*OPTIONS, *sorted(outcomes.failed)], plugins=[alone])
    failed = outcomes.failed - (alone.passed - alone.failed)
    run = Run(
        asterisk=found[0],
        origin="Debian" if "dfsg" in version else "source",
        python=platform.python_version(),
        date=datetime.now(UTC).date().isoformat(),
        passed=len((outcomes.passed | outcomes.failed) - failed),
        again=len(outcomes.failed - failed),
        failed=len(failed),
    )
    print(f"Asterisk {run.asterisk}, Python {run.python}: {run.passed} passed, {run.again} alone, {run.failed} failed")
    rows = [one._asdict() for one in recorded(read(file), run)]
    file.write_text("[\n" + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n]\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
