"""`warmline doctor`: the key of second factors, and the clock that their codes need."""

import subprocess
import time
import tomllib
from contextlib import closing

import pyotp
import pytest

from cli.doctor.checks import secrets_check, warmline_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from warmline.access import one_time_codes
from warmline.store.configuration import config, second_factors, user_sessions
from warmline.store.database.database import connect

PASSWORD = "opensesame7"  # noqa: S105 - of a test
KEY = one_time_codes.new_key()


def findings(machine: Machine, key: str) -> list[Finding]:
    facts = machine.facts()
    facts.settings = facts.settings._replace(second_factor_key=key)
    return list(secrets_check.second_factor(facts))


@pytest.fixture
def enrolled(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Provide a machine with a right clock, and with a manager who has enrolled."""
    monkeypatch.setattr(warmline_check, "clock_is_kept", lambda: True)
    db, now = machine.settings.db, time.time()
    config.create(db, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    token = user_sessions.begin(db, "mia", PASSWORD, "").token
    secret = second_factors.begin(db, KEY, token, PASSWORD).secret
    assert "users with a second factor: 0" in findings(machine, KEY)[0].found, "not enrolled before the first code"
    second_factors.confirm(db, KEY, token, pyotp.TOTP(secret).at(int(now)), now)
    return machine


def test_the_key_of_the_enrolment_is_good(enrolled: Machine) -> None:
    [only] = findings(enrolled, KEY)
    assert (only.severity, only.code) == (Severity.GOOD, "second_factor_good")
    assert only.found == "users with a second factor: 1; their codes can be checked"


def test_a_site_without_a_key_is_told_how_to_add_one(machine: Machine) -> None:
    [only] = findings(machine, "")
    assert (only.severity, only.code) == (Severity.NOTE, "second_factor_key_none")
    printed = only.fix.rpartition(" >> ")[0]
    told = subprocess.run(["sh", "-c", printed], capture_output=True, text=True, check=True).stdout
    key = tomllib.loads(told)["second_factor_key"]
    assert len(key) >= one_time_codes.SHORTEST_KEY


@pytest.mark.parametrize(("key", "code"), [("", "second_factor_key_empty"), ("x" * 40, "second_factor_key_other")])
def test_a_lost_key_is_an_error_and_the_fix_names_the_reset(enrolled: Machine, key: str, code: str) -> None:
    [only] = findings(enrolled, key)
    assert (only.severity, only.code, only.by_hand) == (Severity.ERROR, code, True)
    assert "warmline user reset-second-factor USER" in only.fix
    assert KEY not in "".join(map(str, only)) and not (key and key in "".join(map(str, only)))


def test_a_clock_without_synchronisation_is_a_warning(enrolled: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warmline_check, "clock_is_kept", lambda: False)
    assert [(one.severity, one.code) for one in findings(enrolled, KEY)] == [(Severity.WARNING, "second_factor_clock")]


RECEIPT = """
    INSERT INTO receipt (id, kind, agent, call, number, ingroup, to_agent, caller_id, message, status, key, "by",
        source, requested, cause, steps) VALUES (?, 'PAUSE', '1000', '', '', '', '', '', '', '', '', ?, ?, ?, '', '[]')
"""


def test_programs_that_the_agent_api_will_refuse_are_named_before_the_update(enrolled: Machine) -> None:
    now = time.time_ns() // 1000
    with closing(connect(enrolled.settings.db)) as db:
        db.execute("UPDATE meta SET value = 'of the version before' WHERE key = 'fingerprint'")
        rows = (("user:mia", "api/v1", now), ("user:mia", "crm", now - 40 * 86_400_000_000), ("6666", "crm", now))
        db.executemany(RECEIPT, [(str(number), *row) for number, row in enumerate(rows)])
    [only] = secrets_check.password_only(enrolled.facts())
    assert (only.severity, only.code) == (Severity.GOOD, "password_only_unused") and ": mia; in 30 days" in only.found
    with closing(connect(enrolled.settings.db, any_schema=True)) as db:
        db.execute(RECEIPT, ["used", "user:mia", "crm", now])
    [only] = secrets_check.password_only(enrolled.facts())
    assert (only.severity, only.code, only.by_hand) == (Severity.WARNING, "password_only_used", True)
    assert "mia (last on 20" in only.found and "password_only_addresses" in only.fix
