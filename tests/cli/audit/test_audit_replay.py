"""`warmline audit replay`: a call's inputs, given to the core again."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.database.database import connect


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    """A call before a restart of the app without open calls, and one after it, an hour later."""
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    for name in ("one", "two"):
        driver.log_in("1000")
        driver.asterisk.come_in(name, "ingroup", "SALESLINE")
        driver.pump()
        driver.wait(5)
        driver.hang_up(name)
        driver.ask(Kind.STATUS, status="SALE")
        driver.ask(Kind.LOGOUT)
        driver.hang_up("phone-1000")
        driver.wait(3600)
        driver.die()
        driver.come_back()
    yield driver
    driver.close()


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline audit replay …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))

    return lambda *arguments: run("audit", "replay", *arguments)


def change(lab: RecordedDriver, sql: str) -> None:
    with closing(connect(lab.database)) as db:
        db.execute("DROP TRIGGER journal_unchanged")
        db.execute(sql)


def calls(lab: RecordedDriver) -> list[str]:
    return [row[0] for row in lab.journal.execute("SELECT id FROM call ORDER BY arrived")]


def test_the_same_again(run: Run, lab: RecordedDriver) -> None:
    for call in calls(lab):
        code, out, err = run(call)
        assert (code, err) == (0, "") and out.startswith(f"No difference: call {call}: ")
    code, out, _ = run()
    assert code == 0 and out.startswith("No difference: the whole journal, ")


def test_a_replay_begins_at_a_start_without_open_calls(run: Run, lab: RecordedDriver) -> None:
    starts = [row[0] for row in lab.journal.execute("SELECT seq FROM journal WHERE kind = 'app.started' ORDER BY seq")]
    one, two = (json.loads(run(call, "--json")[1]) for call in calls(lab))
    assert (one["begun"], two["begun"]) == (1, starts[0])
    assert one["same"] and two["same"] and two["inputs"] > 5
    assert two["rows"] == two["last"] - two["begun"] + 1
    change(lab, f"UPDATE journal SET payload = NULL WHERE seq < {starts[0]}")  # noqa: S608 - a number
    assert run(calls(lab)[1])[0] == 0
    code, out, err = run(calls(lab)[0])
    assert (code, out) == (1, "") and "cannot be replayed to its end: the payload of row 1 was erased" in err


def test_a_decision_that_differs_in_the_replay_is_shown(run: Run, lab: RecordedDriver) -> None:
    call = calls(lab)[0]
    [(first,)] = lab.journal.execute("SELECT min(seq) FROM journal WHERE call = ?", (call,))
    other = "json_set(payload, '$.asked', json('[]'))"
    change(lab, f"UPDATE journal SET payload = {other} WHERE seq = {first}")  # noqa: S608 - words of ours
    code, out, _ = run(call)
    assert code == 2 and "asked is " in out
    assert run(calls(lab)[1])[0] == 0


def test_a_call_that_is_not_there(run: Run) -> None:
    assert run("nonsense")[::2] == (3, f"warmline: {said('call_unknown', call='nonsense')}\n")
