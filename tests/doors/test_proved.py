"""Attacks that tests of `make test` prove: they run again, and a row names their files."""

import os
import re
import subprocess
import sys

import pytest

from tests.doors.door_table import found
from tools.release.wheel import PROJECT

WITHIN = 900.0  # seconds
PROOFS = {
    "dialled numbers: spare zeros, carrier and star codes, deny lists": (
        "tests/core/rules/test_number_readings.py tests/core/permission/test_dial_gate.py"
        " tests/core/calls/test_outbound.py tests/options/test_deny_lists.py tests/fuzz/test_dial_oracle.py"
    ),
    "emergency numbers: typed by a person, dialled by a program": (
        "tests/core/permission/test_emergency_numbers.py tests/http/people/test_emergency_calls.py"
        " tests/store/leads/test_lead_import.py"
    ),
    "every route with wrong roles, by token and by cookie": (
        "tests/http/people/test_rights.py tests/http/workspace/test_rights_by_cookie.py"
        " tests/http/people/test_dial_ways.py tests/http/people/test_dial_stop.py"
    ),
    "second factors, own accounts, wallboards, bounds of groups": (
        "tests/http/people/test_second_factor.py tests/http/people/test_own_account.py"
        " tests/http/people/test_wallboards.py tests/http/people/test_overview_bounds.py"
    ),
    "requests of other sites, streams after a logout, heads and bodies": (
        "tests/http/workspace/test_cross_site.py tests/http/people/test_ended_streams.py"
        " tests/http/server/test_http_server.py tests/http/server/test_connection_limits.py"
    ),
    "new input at each entry point": "tests/fuzz/test_entry_points.py",
    "messages of a hostile API process": "tests/link tests/cli/install/test_taken_over_api.py",
    "Asterisk killed, the API process killed, the disk late, all in calls": (
        "tests/scenarios/restarts/test_asterisk_killed.py tests/scenarios/restarts/test_app_killed_aside.py"
        " tests/scenarios/restarts/test_killed_beside_a_late_disk.py"
    ),
}
SHIFT = "tests/http/people/test_shift.py"


def proved(files: str, soak: str = "") -> str:
    """Run tests; return what they printed. Raises AssertionError if one fails."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("WARMLINE_")}
    command = [sys.executable, "-m", "pytest", "-s", *files.split()]
    given = environ | ({"WARMLINE_SOAK": soak} if soak else {})
    done = subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, timeout=WITHIN)
    wrong = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "E  "))]
    assert done.returncode == 0, "\n".join(wrong)
    return done.stdout


@pytest.mark.parametrize("attack", PROOFS)
def test_an_attack_is_refused_as_the_tests_prove(attack: str) -> None:
    told = re.findall(r"(\d+) passed.* in ([\d.]+)s", proved(PROOFS[attack]))
    files = ", ".join(f"`{file}`" for file in PROOFS[attack].split())
    found("proved", attack, f"{told[-1][0]} tests passed in {told[-1][1]} s: {files}")


def test_fifty_agents_log_in_beside_guesses() -> None:
    told = re.findall(r"50 logins: (.*)", proved(SHIFT, soak="1"))
    assert len(told) == 2
    known, proxied, load = *told, os.getloadavg()[0]
    found(
        "proved", "50 logins beside 10 guesses a second", f"known devices: {known}; proxy: {proxied}; load {load:.1f}"
    )
