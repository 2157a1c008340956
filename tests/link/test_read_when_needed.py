"""A record that the API process cannot decode: readers see the former state, then the whole one."""

from pathlib import Path

import pytest

from ari_app.link import record_codec
from ari_app.link.messages import LiveRecord
from tests.link.link_stage import LinkStage, on_a_link
from tests.link.test_replica import told
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.leg import Leg
from warmline.core.world.world import OpenRecord


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
