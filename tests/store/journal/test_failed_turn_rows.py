"""The journal records which turn failed and its remedy; a replay does the same, and nothing else."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.core.core_stage import SCENES
from tools.simulation.asterisk.failing_driver import RecordedFailingDriver
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.calls import converge
from warmline.core.engine import call_removal, engine
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.world.turn import Turn
from warmline.store.database.database import connect
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay
from warmline.store.reports.failed_turns import FailedTurn, failed_turns

SECRET = "4711-of-the-exception"  # noqa: S105 - no row may contain it


class SecretError(Exception):
    """An exception whose text contains a secret."""


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedFailingDriver]:
    """Agent 1000 with a customer and a third party, agent 1001 with another customer."""
    made = RecordedFailingDriver(Path(shutil.copy(demo_database, tmp_path)))
    made.log_in("1000")
    SCENES["three_way"](made)
    made.log_in("1001")
    made.customer(name="other")
    made.wait(2)
    yield made
    made.close()


def rows(lab: RecordedFailingDriver) -> list[dict[str, Any]]:
    """Return the payload of each failed turn's row."""
    with closing(connect(lab.database)) as db:
        found = db.execute("SELECT payload FROM journal WHERE kind = 'turn.failed' ORDER BY seq").fetchall()
    assert all(SECRET not in payload for (payload,) in found)
    return [json.loads(payload) for (payload,) in found]


def is_whole(lab: RecordedFailingDriver) -> bool:
    """Check that the journal's tables and open records are the same after a replay."""
    return verify(lab.database) == [] and replay(lab.database).differences == []


def poison(monkeypatch: pytest.MonkeyPatch, customer: str) -> None:
    """Let every turn of this customer's call fail."""
    taken = converge.converge

    def fails(turn: Turn, call: Call) -> Call:
        if call.customer == customer:
            raise SecretError(SECRET)
        return taken(turn, call)

    monkeypatch.setattr(engine, "converge", fails)


def test_a_row_records_the_failed_input_place_and_remedy(
    lab: RecordedFailingDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = lab.call_of("cust").id
    with monkeypatch.context() as patch:
        poison(patch, "cust")
        assert lab.ask(Kind.PARK_CUSTOMER) == "an error in Warmline: nothing has changed"
        lab.wait(3)
    first, second = rows(lab)
    said = first["input"]
    assert (said["kind"], said["remedy"], said["error"], said["calls"]) == (
        "command.requested",
        "reconcile",
        "SecretError",
        [call],
    )
    assert said["failed"]["command"] == {"kind": "PARK_CUSTOMER", "agent": "1000"}
    assert said["place"].startswith("warmline/core/engine/engine.py:") and said["place"].endswith(" _advance")
    assert [name for name, _ in first["asked"]] == ["command.answer", "call.reconcile"]
    assert (second["input"]["kind"], second["input"]["remedy"]) == ("call.reconciled", "fallback")
    assert is_whole(lab)
    [last, one] = failed_turns(lab.database, 0)
    assert one == FailedTurn(one.at, call, "command.requested", "SecretError", said["place"], "reconcile")
    assert failed_turns(lab.database, last.at) == [last]


def test_a_client_learns_the_kind_and_the_remedy_alone(
    lab: RecordedFailingDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        poison(patch, "cust")
        lab.hang_up(lab.call_of("cust").third or "")
    told = [one for one in journal_events.after(lab.database, EventId(0, 0), 10_000) if one.type == "turn.failed"]
    assert [one.data for one in told] == [
        {"kind": "leg.left", "remedy": "reconcile"},
        {"kind": "call.reconciled", "remedy": "fallback"},
    ]


@pytest.mark.parametrize("remove", [False, True])
def test_a_day_with_failed_turns_is_the_same_when_it_is_replayed(
    lab: RecordedFailingDriver, monkeypatch: pytest.MonkeyPatch, remove: bool
) -> None:
    def fails(*_: object) -> None:
        raise SecretError(SECRET)

    lab.fails = lambda entry: isinstance(entry, ev.ActionDone | ev.DtmfReceived | ev.FallbackTaken)
    lab.feed(ev.DtmfReceived("other"))
    lab.feed(ev.FallbackTaken("01AWAY", 1, "5550000", "800", "away"))
    lab.ask(Kind.RECORD_START)
    lab.fails = lambda _: False
    with monkeypatch.context() as patch:
        poison(patch, "cust")
        if remove:
            patch.setattr(call_removal, "cut_off", fails)
        lab.customer(name="waits")
        lab.feed_together(difference(lab.asterisk, lab.world))
        lab.wait(20)
    lab.wait(20)
    lab.ask(Kind.RESUME if remove else Kind.STATUS, status="" if remove else "A")
    lab.ask(Kind.HANGUP, "1001")
    lab.wait(20)
    assert {row["input"]["remedy"] for row in rows(lab)} >= {"reconcile", "none", "remove" if remove else "fallback"}
    assert is_whole(lab)
    lab.die()
    lab.come_back()
    lab.wait(20)
    assert is_whole(lab)
