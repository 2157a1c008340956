"""Why a caller had no agent, from the records and the machine's load."""

from contextlib import closing
from pathlib import Path

import pytest

from tools.bench.tools.machine_load import LoadSample, MachineLoad, used
from tools.proofs.calls.missed_callers import MissedCause, fewest_ready, missed
from warmline.store.database.database import connect

SECOND = 1_000_000
IDLE, FULL = MachineLoad([LoadSample(3 * SECOND, 0.5)]), MachineLoad([LoadSample(3 * SECOND, 0.99)])


def _database(path: Path, new: Path, intervals: list[tuple[str, str, float, float]]) -> str:
    """A caller who comes at 2 s and goes at 5 s without an agent; and what an agent did: state, call, from, until."""
    path.write_bytes(new.read_bytes())
    call = {"id": "c", "agc_id": "Y", "state": "ended", "arrived": 2 * SECOND, "number": "", "dialled": ""}
    call |= {"status": "", "ingroup": "", "direct": "", "last_agent": "", "ended": 5 * SECOND, "ended_by": "customer"}
    with closing(connect(path)) as db:
        names = ", ".join(call)
        db.execute(f"INSERT INTO call ({names}) VALUES ({', '.join('?' * len(call))})", list(call.values()))  # noqa: S608 - our own
        for number, (state, of, since, until) in enumerate(intervals):
            db.execute(
                "INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)"
                " VALUES (?, 's', 'a', ?, '', ?, ?, ?)",
                (str(number), state, of, round(since * SECOND), round(until * SECOND)),
            )
    return str(path)


@pytest.mark.parametrize(
    ("did", "load", "cause"),
    [
        ([("INCALL", "", 0, 9)], IDLE, MissedCause.NONE_FREE),
        ([("INCALL", "", 0, 9)], FULL, MissedCause.MACHINE),
        ([("INCALL", "", 0, 4), ("READY", "", 4, 9)], FULL, MissedCause.FREE),
        ([("READY", "", 0, 2), ("QUEUE", "c", 2, 5)], IDLE, MissedCause.SLOW),
        ([("READY", "", 0, 2), ("QUEUE", "c", 2, 5)], FULL, MissedCause.LATE),
        ([("INCALL", "", 0, 4.5), ("QUEUE", "c", 4.5, 5)], IDLE, MissedCause.LATE),
    ],
)
def test_a_cause_is_reported_with_the_states_of_agents_and_machine(
    new_database: Path, tmp_path: Path, did: list[tuple[str, str, float, float]], load: MachineLoad, cause: MissedCause
) -> None:
    [found] = missed(_database(tmp_path / "warmline.db", new_database, did), load)
    assert found.cause is cause and "c waited 3.0 s" in found.told and str(cause) in found.told
    assert f"processors used {load.looks[0].used:.0%}" in found.told


def test_the_fewest_ready_agents_of_a_period_are_counted(new_database: Path, tmp_path: Path) -> None:
    did: list[tuple[str, str, float, float]] = [("READY", "", 0, 3), ("READY", "", 1, 9), ("READY", "", 2, 4)]
    path = _database(tmp_path / "warmline.db", new_database, did)
    assert fewest_ready(path, 2 * SECOND, 3 * SECOND) == 2 and fewest_ready(path, 2 * SECOND, 4 * SECOND) == 1


def test_processor_use_is_computed_without_idle_and_stolen_time() -> None:
    assert used("cpu 10 0 10 80 0 0 0 0 0 0", "cpu 20 0 20 120 20 0 0 20 0 0") == pytest.approx(0.4)
