"""The demo of several servers: a loss and a party of another call are found; `tools/nightly servers` plays it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.lab.test_demo import programs
from tests.soak import soaking
from tools.simulation.call_centre.command_line import WARMLINE
from warmline.core.messages.values.server_action import MAIN_SERVER

LIMIT = 240  # seconds until a hanging demo is ended
COSTS = ("the leave costs no packet", "the restart costs no packet")  # the claims that a busy machine may spoil
ALONG, STRANGERS, _, LOST_ON_B = range(4)  # of the claims about a restart


@pytest.mark.skipif(not soaking(), reason="tools/nightly servers; test_demo.py plays the same steps on one server")
def test_every_claim_holds_on_two_servers(short_path: Path) -> None:
    words = [*WARMLINE, "demo", "servers", "--json", "--dir", str(short_path / "lab")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT)
    print(done.stderr)
    document = json.loads(done.stdout)
    failed = [one["claim"] for one in document["claims"] if not one["holds"]]
    assert [claim for claim in failed if not any(cost in claim for cost in COSTS)] == []
    assert done.returncode == (1 if failed else 0) and document["holds"] == (not failed)
    assert set(document["adopted_seconds"]) == {MAIN_SERVER, "b"} and max(document["adopted_seconds"].values()) < LIMIT
    texts = [one["claim"] for one in document["claims"]]
    assert any(text.startswith("b: a customer dials") for text in texts)
    assert not programs(short_path), "something is left running"
