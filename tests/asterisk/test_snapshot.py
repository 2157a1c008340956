"""The snapshot of Asterisk at a connection."""

import asyncio
import json
from typing import Any, cast

import pytest

from ari_app.asterisk import snapshot
from warmline.ari.client.ari_client import AriClient, AriError


class Says:
    """Return an Asterisk with these bridges, and nothing else."""

    app = "warmline"
    server = "main"

    def __init__(self, *bridges: dict[str, Any]) -> None:
        self._bridges = list(bridges)

    async def request(self, method: str, *where: str, has_long_timeout: bool, for_client: bool) -> bytes:
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


class PlaysMessage(Says):
    """An Asterisk that plays the safe harbour message to a lead. `status` refuses the lead's variables."""

    def __init__(self, status: int = 0) -> None:
        super().__init__()
        self.status = status

    async def request(self, _: str, *where: str, query: dict[str, str] | None = None, **_more: bool) -> bytes:
        if where[-1] != "variable":
            leads = [{"id": "L", "dialplan": {"exten": "harbour"}}, {"id": "M", "dialplan": {"exten": "s"}}]
            return json.dumps(leads if where == ("channels",) else []).encode()
        assert where[1] == "L" and query
        if self.status:
            raise AriError(self.status, "ari_refused", "gone")
        return json.dumps({"value": TIMES[query["variable"]]}).encode()


TIMES = {"WARMLINE_ANSWERED": "1795570156650947", "WARMLINE_MESSAGE_AT": "1795570158619285"}


def test_a_snapshot_has_the_times_of_a_lead_who_hears_the_message() -> None:
    seen = asyncio.run(snapshot.read(cast("AriClient", PlaysMessage()), (), 0))
    assert seen.channels["L"].channelvars == TIMES and seen.channels["M"].channelvars == {}


@pytest.mark.parametrize("status", [404, 409])
def test_a_lead_who_has_just_gone_has_no_times(status: int) -> None:
    seen = asyncio.run(snapshot.read(cast("AriClient", PlaysMessage(status)), (), 0))
    assert seen.channels["L"].channelvars == {}
