"""Requests over the event stream: each gets its own answer, and none waits without limit."""

import asyncio
import json
from typing import Any

import pytest

from tests.wording.said import refused
from warmline.ari.client import request_timeout
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.websocket_requests import WebsocketRequests


class Line:
    """A connection whose far end answers when a test calls for it."""

    def __init__(self) -> None:
        self.way = WebsocketRequests()
        self.asked: list[dict[str, Any]] = []
        self.beat()

    def beat(self) -> None:
        """Receive an event."""
        self.way.open(self._send)

    async def _send(self, text: str) -> None:
        self.asked.append(json.loads(text))

    async def ask(self, bridge: str) -> "asyncio.Task[bytes]":
        task = asyncio.create_task(
            self.way.request("POST", ("bridges", bridge, "removeChannel"), {"channel": "PJSIP/1&2"})
        )
        await asyncio.sleep(0)  # its first step is to send
        return task

    def answer(self, number: int, status: int, **more: str) -> None:
        name = self.asked[number]["request_id"]
        self.way.take_answer(json.dumps({"type": "RESTResponse", "request_id": name, "status_code": status} | more))


async def test_each_request_gets_its_own_answer() -> None:
    line = Line()
    first, second = await line.ask("room-1"), await line.ask("room-2")
    assert [one["uri"] for one in line.asked] == [
        "bridges/room-1/removeChannel?channel=PJSIP%2F1%262",
        "bridges/room-2/removeChannel?channel=PJSIP%2F1%262",
    ]
    line.answer(1, 404, reason_phrase="Not Found")
    line.answer(0, 204)
    line.answer(0, 500)  # a second answer means nothing
    assert await first == b""
    with pytest.raises(AriError) as refused:
        await second
    assert (refused.value.status, refused.value.text) == (404, "Not Found")
    assert line.way.is_usable


async def test_an_unanswered_request_moves_others_to_http_until_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    line = Line()
    first, second = await line.ask("room-1"), await line.ask("room-2")
    for asked in (first, second):
        with refused(AriError, "stream_no_answer"):
            await asked
    assert not line.way.is_usable
    line.beat()
    assert not line.way.is_usable, "events come, answers do not"
    line.answer(0, 204)
    assert not line.way.is_usable, "the second request is still to be done"
    line.answer(1, 204)
    assert line.way.is_usable


async def test_a_new_connection_owes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "STREAM_TIMEOUT_SECONDS", 0.01)
    line = Line()
    with refused(AriError, "stream_no_answer"):
        await (await line.ask("room-1"))
    line.way.close()
    assert not line.way.is_usable
    line.beat()
    assert line.way.is_usable
