"""A changed record is encoded once, for the database and for the other processes; so is the payload of a row."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests.link.link_stage import LinkStage, on_a_link
from tests.link.test_replica import told
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.world.world import OpenRecord
from warmline.store.journal import open_state
from warmline.store.journal.journal_entry import JournalEntry

CALLER = LegArrived("c", ("ingroup", "SALESLINE"), up=True)


def test_the_database_and_the_followers_share_the_json_of_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = open_state.body
    encoded: list[OpenRecord] = []  # the records themselves, so that no two have the same id

    def noted(record: OpenRecord) -> bytes:
        encoded.append(record)
        return body(record)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            monkeypatch.setattr(open_state, "body", noted)
            await stage.board.post_and_keep(CALLER)
            while "c" not in calls.world.legs:
                await stage.board.turned()
            assert told(calls.world) == told(stage.board.world)
        times = Counter(map(id, encoded))
        assert {type(record).__name__ for record in encoded} >= {"Call", "Leg", "QueueWait"}
        assert set(times.values()) == {1}

    on_a_link(tmp_path, talk)


def test_an_entry_remembers_the_json_of_its_payload_and_not_of_another_entry() -> None:
    one, two = JournalEntry(1, "leg.ringing", payload={"core": 1}), JournalEntry(1, "leg.ringing", payload={"core": 2})
    assert one.payload_json() is one.payload_json()
    assert [msgspec.json.decode(entry.payload_json()) for entry in (one, two)] == [{"core": 1}, {"core": 2}]
    assert one != two and one == JournalEntry(1, "leg.ringing", payload={"core": 1})
