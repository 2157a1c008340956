"""The snapshot of Asterisk at a connection."""

import asyncio
import json
from typing import Any, cast

import pytest

from ari_app.asterisk import snapshot
from ari_app.asterisk.ari.ari_client import AriClient


class Says:
    """Return an Asterisk with these bridges, and nothing else."""

    app = "warmline"
    server = "main"

    def __init__(self, *bridges: dict[str, Any]) -> None:
        self._bridges = list(bridges)

    async def request(self, method: str, *where: str, patient: bool, for_client: bool) -> bytes:
        return json.dumps(self._bridges if where == ("bridges",) else []).encode()


@pytest.mark.parametrize(("name", "ours"), [("warmline", True), ("room-1", True), ("", True), ("warmline-2", False)])
def test_rooms_of_another_application_are_not_ours(name: str, ours: bool) -> None:
    """An older release used a bridge's id as its name."""
    client = cast("AriClient", Says({"id": "room-1", "name": name, "channels": ["L"]}))
    seen = asyncio.run(snapshot.read(client, (), 0))
    assert seen.bridges == ({"room-1"} if ours else set()) and seen.places == {"L": "room-1"}


def test_a_snapshot_has_the_name_of_its_server() -> None:
    there = Says()
    there.server = "b"
    assert asyncio.run(snapshot.read(cast("AriClient", there), (), 0)).server == "b"
