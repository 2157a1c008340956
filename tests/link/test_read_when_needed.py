"""The API process decodes a changed record when it reads the live state; a reader sees what it saw before."""

import random
from pathlib import Path

import pytest

from ari_app.link import record_codec, replica
from ari_app.link.messages import LiveRecord
from tests.http.test_live_copy import STEPS
from tests.link.link_stage import LinkStage, on_a_link
from tests.link.test_replica import Copied, take, told
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.leg import Leg
from warmline.core.world.world import OpenRecord


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the records that were decoded."""
    ids: list[str] = []
    decode = record_codec.decoded

    def noted(message: LiveRecord) -> OpenRecord:
        ids.append(message.id)
        return decode(message)

    monkeypatch.setattr(record_codec, "decoded", noted)
    return ids


def test_a_copy_that_is_never_read_keeps_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "UNREAD", 40)
    lab, chance = Copied(), random.Random(1)  # noqa: S311 - a test that can be repeated
    lab.log_in("1000")
    for _ in range(60):
        chance.choice(STEPS)(lab)  # type: ignore[arg-type]
        for message in lab.unread():
            take(lab.copy, message)
            assert len(lab.copy._unread) <= 40
        lab.late.clear()
    assert told(lab.copy.world) == told(lab.world)


def test_a_record_that_cannot_be_read_brings_the_whole_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The live state is as before until then, as if the connection had been lost."""

    def damaged(record: OpenRecord, _: object = None, *, is_open: bool) -> LiveRecord:
        return LiveRecord("leg" if isinstance(record, Leg) else "call", record.id, is_open, b'{"id": 7}')

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            row = calls.told_row
            with monkeypatch.context() as patch:
                patch.setattr(record_codec, "encoded", damaged)
                await stage.board.post_and_keep(LegArrived("c", ("ingroup", "SALESLINE"), up=True))
                while calls.told_row == row:
                    await stage.board.turned()
            stage.board.records._state.clear()  # else it is sent as of the start, with the damaged frame after it
            assert "c" not in calls.world.legs
            while not calls.world.legs:
                await stage.board.turned()
            await calls.link.up()
            assert told(calls.world) == told(stage.board.world)

    on_a_link(tmp_path, talk)
