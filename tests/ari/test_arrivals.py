"""Arrivals are what the dialplan sends: no channel that a script makes arrives, however it is requested."""

from typing import Any
from unittest.mock import AsyncMock

import msgspec
import pytest

from warmline.ari import Ari, connect, events, resources, testing

APP, OWN_ID = "script-bot", "media-1"
REQUESTS = {
    "channels/externalMedia": "channelId",
    "channels/create": "channelId",
    "channels": "channelId",
    "channels/1764.1/snoop": "snoopId",
}
"""Each request that makes a channel, and its parameter for the id."""


def start(ari: Ari, channel_id: str, *arguments: str) -> None:
    """Let Asterisk tell that a channel is in the script."""
    nobody = resources.CallerID()
    dialplan = resources.DialplanCEP(app_name="Stasis", app_data=APP)
    channel = resources.Channel(id=channel_id, state="Up", caller=nobody, connected=nobody, dialplan=dialplan)
    ari.script_events.take_message(msgspec.json.encode(events.StasisStart(args=arguments, channel=channel)).decode())


async def make_channel(ari: Ari, path: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Send a request, and return the query that Asterisk gets."""
    request = AsyncMock(return_value=b"{}")
    monkeypatch.setattr(ari._client, "request", request)
    await ari.request("POST", *path.split("/"), query=query)
    assert request.await_args
    return {**request.await_args.kwargs["query"]}


@pytest.mark.parametrize("path", REQUESTS)
@pytest.mark.parametrize("own_id", ["", OWN_ID])
async def test_a_channel_that_the_script_makes_does_not_arrive(
    path: str, own_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = REQUESTS[path]
    async with testing.world(), connect("bot") as ari:
        given_id = {name: own_id} if own_id else {}
        query = await make_channel(ari, path, {"app": APP, "endpoint": "PJSIP/1000", **given_id}, monkeypatch)
        channel_id = query[name]
        assert channel_id == own_id or channel_id.startswith(f"{APP}-")
        start(ari, channel_id)
        assert ari.script_events.take_arrival() is None
        monkeypatch.undo()


@pytest.mark.parametrize("path", ["channels/media-1", "channels/1764.1/snoop/media-1"])
async def test_an_id_in_the_path_is_known_too(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with testing.world(), connect("bot") as ari:
        await make_channel(ari, path, {"app": APP}, monkeypatch)
        start(ari, OWN_ID)
        assert ari.script_events.take_arrival() is None
        monkeypatch.undo()


async def test_a_channel_that_the_script_sends_to_the_dialplan_arrives_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with testing.world(), connect("bot") as ari:
        query = await make_channel(ari, "channels", {"endpoint": "PJSIP/1000", "extension": "s"}, monkeypatch)
        start(ari, query["channelId"], "blue")
        arrival = ari.script_events.take_arrival()
        assert arrival and arrival.arguments == ("blue",) and not ari.has_called(arrival)
        monkeypatch.undo()


async def test_the_other_half_of_a_local_channel_arrives() -> None:
    """The script has its first half, and the dialplan has the second one until it sends it."""
    async with testing.world(), connect("bot") as ari:
        start(ari, f"{ari.new_id()};2")
        assert ari.script_events.take_arrival()
