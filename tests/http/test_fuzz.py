"""Whatever is sent to the agent API, it answers with a page of its own and asks nothing it should not."""

import asyncio
import tempfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.door import FakeBoard, no_orphans, verify, world
from warmline import settings as places
from warmline.ari_app.http.agc.fields import FILTERS
from warmline.ari_app.http.agc.functions import FUNCTIONS, NOT_SUPPORTED
from warmline.ari_app.http.agc.transfer_conference import DIALS, ENDS
from warmline.ari_app.http.auth import ApiUsers
from warmline.ari_app.http.routes import make_app

KNOWN = [name.encode() for name in (*FUNCTIONS, *sorted(NOT_SUPPORTED), *DIALS, *ENDS, "PAUSE", "RESUME", "YES", "1")]
VALUES = st.one_of(st.binary(max_size=200), st.sampled_from(KNOWN))
PARAMETERS = st.dictionaries(st.one_of(st.sampled_from(sorted(FILTERS)), st.text(max_size=20)), VALUES, max_size=12)
LOGGED_IN = {"source": b"test", "user": b"6666", "pass": b"1234", "agent_user": b"1000"}


class OpenDoor:
    """One door for all examples; each example's request runs on its loop."""

    def __init__(self, run: str) -> None:
        self._loop = asyncio.new_event_loop()
        self.board = FakeBoard(world())
        app = make_app(self.board, ApiUsers(verify), places.load({"WARMLINE_RUN": run}), no_orphans)

        async def start() -> TestClient[Any, Any]:
            client = TestClient(TestServer(app))
            await client.start_server()
            return client

        self._client = self._loop.run_until_complete(start())

    def send(self, method: str, parameters: dict[str, bytes], content_type: str) -> tuple[int, str]:
        async def go() -> tuple[int, str]:
            encoded = "&".join(f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in parameters.items())
            data = encoded.encode() if method == "POST" else None
            url = "/agc/api.php" if method == "POST" else f"/agc/api.php?{encoded}"
            headers = {"Content-Type": content_type}
            async with self._client.request(method, url, data=data, headers=headers) as response:
                return response.status, await response.text()

        return self._loop.run_until_complete(go())

    def close(self) -> None:
        self._loop.run_until_complete(self._client.close())
        self._loop.close()


@pytest.fixture(scope="module")
def door() -> Iterator[OpenDoor]:
    with tempfile.TemporaryDirectory() as run:
        opened = OpenDoor(run)
        yield opened
        opened.close()


@settings(deadline=None, max_examples=200)
@given(
    method=st.sampled_from(["GET", "POST"]),
    parameters=st.one_of(PARAMETERS, PARAMETERS.map(lambda given: given | LOGGED_IN)),
    content_type=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "a/b", "x"]
    ),
)
def test_any_bytes_get_an_answer(door: OpenDoor, method: str, parameters: dict[str, bytes], content_type: str) -> None:
    status, body = door.send(method, parameters, content_type)
    assert status in (200, 418)
    assert "Traceback" not in body
    assert body == "" or body.startswith(("ERROR: ", "SUCCESS: ", "VERSION: ", "Coffee: ", "<html>", "\n<a href"))
