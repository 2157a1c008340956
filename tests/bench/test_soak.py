"""A small soak: all calls end in a lab."""

import asyncio

import pytest

from tools.proofs import calls as soak

CALLS = 10


def test_ten_calls_go_all_their_ways_and_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "AGENTS", CALLS)
    monkeypatch.setattr(soak, "TALK", 10.0)  # on a slow disk too, each agent has finished by then
    steps: list[None] = []
    found = asyncio.run(soak.measure(CALLS, lambda: steps.append(None)))
    assert len(steps) == CALLS
    judged = [row for row in found.rows if row.goal == "0"]
    assert len(judged) == 6 and [(row.what, row.warmline) for row in judged if not row.met] == []
    [there] = [row.warmline for row in found.rows if row.what == "there were"]
    assert there["calls"] == CALLS and there["left to a third"] == sum(kind is soak.LEFT for kind in soak.KINDS)
    assert there["recordings"] >= 4, "of four in ten, and after a leave once more"
    assert [row.met for row in found.rows if row.what in ("memory", "open files, at most")] == [None, None]
