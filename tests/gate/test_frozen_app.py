"""An app that was frozen, replaced and woken commands nothing, on simulated ARI and on a real Asterisk."""

import asyncio
from pathlib import Path

import pytest

from ari_app.gate.gate import Gate
from tests.asterisk import private
from tests.gate import frozen_rounds
from tests.gate.app_trees import AppTree
from tests.gate.gate_site import running, settings_of
from tests.gate.recording_relay import recording
from tests.soak import soaking
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.store.database import leader_epoch

ARI = private.USER, private.PASSWORD
FROZEN = 3.0  # seconds; the app's next heartbeats, sweeps and timers are overdue then
KEEPS = 2.0  # seconds that the new client is watched after the old app has stood down
RINGS = "Local/tone@parties"
ROUNDS = 5


async def test_a_frozen_app_that_wakes_does_nothing(db: Path, tmp_path: Path) -> None:
    found = await frozen_rounds.rounds(tmp_path / "rounds", db, 1, seed=7)
    assert (found.late, found.replaced) == ([], 0)


@pytest.mark.skipif(not soaking(), reason="tools/nightly servers; the test above has a simulated ARI")
async def test_asterisk_obeys_the_client_that_leads_and_no_frozen_app(db: Path, tmp_path: Path) -> None:
    """Commands of the new client are done while the old app wakes, and the channel that it holds stays."""
    with private.running(tmp_path / "asterisk") as real:
        async with recording(real.url) as relay:
            settings = settings_of(tmp_path, f"http://127.0.0.1:{relay.port}/ari")
            async with running(lambda: Gate(settings)) as gate:
                for number in range(ROUNDS):
                    while leader_epoch.read(db) < gate.highest:
                        leader_epoch.begin_next(db)
                    old = AppTree(tmp_path / f"old-{number}", db, gate.url, ARI)
                    try:
                        await old.until("connected to Asterisk, application warmline")
                        old.freeze()
                        await asyncio.sleep(FROZEN)
                        await _replace_and_wake(gate, old)
                    finally:
                        await old.end()
        assert relay.late() == []
        assert relay.of(2 * ROUNDS), "the new client commands"


async def _replace_and_wake(gate: Gate, old: AppTree) -> None:
    epoch = leader_epoch.read(old.db) + 1
    connected, lost = asyncio.Event(), list[str]()

    async def made(_: int) -> None:
        connected.set()

    async with AriClient(gate.url, *ARI, private.APP, epoch=epoch) as new:
        stream = AriEventStream(new, ["Dial"], lambda _: None, made, on_lost=lambda: lost.append("lost"))
        listening = asyncio.create_task(stream.run())
        await asyncio.wait_for(connected.wait(), 20)
        lost.clear()  # Asterisk may end the first connection together with that of the old app
        query = {"endpoint": RINGS, "app": private.APP, "channelId": "kept"}
        await new.request("POST", "channels", "create", query=query, is_dial=True)
        old.wake()
        await old.until("stands down")
        await asyncio.sleep(KEEPS)
        assert b'"kept"' in await new.request("GET", "channels", "kept")
        assert old.log().count("this app leads with epoch") == 1, "the supervisor starts it no more"
        await new.request("DELETE", "channels", "kept")
        assert not lost and not listening.done()
        listening.cancel()
