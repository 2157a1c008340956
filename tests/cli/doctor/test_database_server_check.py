"""The findings about the server of the database, from what it tells."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cli.doctor import database_server_check
from cli.doctor.facts.check_facts import FactUnknown
from cli.doctor.facts.finding import Severity
from warmline.store.database.database import StoreError
from warmline.store.maintenance import server_state
from warmline.store.maintenance.server_state import ServerState

GOOD = ServerState(150018, "15.18", True, True, 1, 1000, 0.01, 0.002, "process 7 on a")


def codes(monkeypatch: pytest.MonkeyPatch, state: ServerState | None) -> list[tuple[str, Severity]]:
    monkeypatch.setattr(server_state, "of", lambda _: state)
    facts: Any = SimpleNamespace(settings=SimpleNamespace(db="postgresql://h/db"))
    return [(one.code, one.severity) for one in database_server_check.server(facts)]


@pytest.mark.parametrize(
    ("changed", "code", "severity"),
    [
        ({}, "server_good", Severity.GOOD),
        ({"number": 140_009, "version": "14.9"}, "server_old", Severity.ERROR),
        ({"waits": False, "synchronous": 0}, "server_alone", Severity.NOTE),
        ({"sees_standbys": False, "synchronous": 0}, "server_standbys_hidden", Severity.NOTE),
        ({"synchronous": 0}, "server_standby_away", Severity.ERROR),
        ({"behind": 1 << 30}, "server_standby_behind", Severity.WARNING),
        ({"ahead": -3.0}, "server_clock_apart", Severity.WARNING),
        ({"forgets": ("fsync",)}, "server_without_fsync", Severity.ERROR),
        ({"forgets": ("synchronous_commit",)}, "server_commits_early", Severity.WARNING),
        ({"answered": 0.5}, "server_slow", Severity.WARNING),
    ],
)
def test_server_is_judged(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], code: str, severity: Severity
) -> None:
    assert codes(monkeypatch, replace(GOOD, **changed)) == [(code, severity)]


def test_database_in_a_file_has_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(monkeypatch, None) == [("database_in_file", Severity.GOOD)]


def test_server_that_does_not_answer_is_no_finding_of_this_check() -> None:
    def fails(_: str) -> None:
        raise StoreError("database_not_opened", "database {path} cannot be opened", path="x")

    with pytest.MonkeyPatch.context() as patched, pytest.raises(FactUnknown):
        patched.setattr(server_state, "of", fails)
        facts: Any = SimpleNamespace(settings=SimpleNamespace(db="postgresql://h/db"))
        list(database_server_check.server(facts))
