"""Whatever is sent to the agent API, it answers with a page of its own and makes no channel that the rules forbid."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.http.core_board import CoreBoard
from tests.http.door import empty_database, no_orphans, verify
from tests.http.examples.setups import SETUPS, bring_about
from tests.worlds.core_driver import Driver
from warmline import settings as places
from warmline.ari_app.http.agc import caller_id, park_call
from warmline.ari_app.http.agc.fields import FILTERS
from warmline.ari_app.http.agc.functions import FUNCTIONS, NOT_SUPPORTED
from warmline.ari_app.http.agc.transfer_conference import VALUES
from warmline.ari_app.http.auth import ApiUsers
from warmline.ari_app.http.routes import make_app
from warmline.core import actions as do

# fmt: off
WORDS = (
    *VALUES, *park_call.VALUES, *caller_id.CHOICES, "PAUSE", "RESUME", "START", "STOP", "STATUS", "LOGOUT", "CALL",
    "DISPLAY", "LOCAL_ONLY", "HANGUP", "EXTENSIONTRANSFER", "INGROUPTRANSFER", "AGENTDIRECT", "DEFAULTINGROUP",
    "SUPPORTLINE", "CLOSEDLINE", "GOODALIAS", "BADALIAS", "1000", "1001", "8500", "8501", "777", "YES", "0", "1",
    "answer", "CALLBK", "123SPQ", "C1", "PJSIP/8500@trunk&Local/1@from-phones", "8500,ext", "+1 555 1234",
)
# fmt: on
NAMES = [name.encode() for name in (*FUNCTIONS, *NOT_SUPPORTED)]
KNOWN = st.sampled_from([word.encode() for word in WORDS])
ANYTHING = st.one_of(st.binary(max_size=200), KNOWN, st.sampled_from(NAMES))
PARAMETERS = st.dictionaries(st.one_of(st.sampled_from(sorted(FILTERS)), st.text(max_size=20)), ANYTHING, max_size=12)
LOGGED_IN = {"source": b"test", "user": b"6666", "pass": b"1234", "agent_user": b"1000"}
# Nearly right: the function and its own parameters are known, their values often are.
# fmt: off
OWN = (
    "phone_number", "ingroup_choices", "consultative", "group_alias", "cid_choice", "dial_override", "stage",
    "lead_id", "status", "wait", "idempotency_key", "agent_user",
)
# fmt: on
LIKELY = st.fixed_dictionaries(
    {"function": st.sampled_from(NAMES), "value": ANYTHING}, optional=dict.fromkeys(OWN, ANYTHING)
)
REQUESTS = st.one_of(PARAMETERS, PARAMETERS.map(lambda it: it | LOGGED_IN), LIKELY.map(lambda it: LOGGED_IN | it))
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "a/b", "x")

ENDPOINT = re.compile(r"PJSIP/(\+?[0-9*#]{1,32}@trunk|100[01])")
CALLER = re.compile(r"(\+?[0-9]*)")
MEDIA = re.compile(r"(sound:[-\w]+(\|[-\w]+)*)?")


class OpenDoor:
    """One door for all examples; each example's requests run on its loop, and find their own calls behind it."""

    def __init__(self, run: str) -> None:
        self._loop = asyncio.new_event_loop()
        self.board = CoreBoard(Driver())
        self.requests = self.channels = 0
        own = places.load({"WARMLINE_RUN": run, "WARMLINE_DB": empty_database()})
        app = make_app(self.board, ApiUsers(verify), own, no_orphans)

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

        self.requests += 1
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
        print(f"{opened.requests} requests to the agent API made {opened.channels} channels")


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(
    setup=st.sampled_from(sorted(SETUPS)),
    mode=st.sampled_from(["ERROR", "SUCCESS"]),
    requests=st.lists(st.tuples(st.sampled_from(["GET", "POST"]), REQUESTS, st.sampled_from(FORMS)), max_size=4),
)
def test_any_bytes_get_an_answer_and_no_channel_is_made_that_is_forbidden(
    door: OpenDoor, setup: str, mode: str, requests: list[tuple[str, dict[str, bytes], str]]
) -> None:
    lab = bring_about(setup, mode)
    door.board.driver = lab
    for method, parameters, content_type in requests:
        status, body = door.send(method, parameters, content_type)
        assert status in (200, 418)
        assert "Traceback" not in body
        starts = ("ERROR: ", "SUCCESS: ", "NOTICE: ", "VERSION: ", "Coffee: ", "<html>", "\n<a href")
        assert body == "" or body.startswith(starts)
    for action in lab.asked:
        if isinstance(action, do.MakeLeg):
            door.channels += 1
            assert ENDPOINT.fullmatch(action.endpoint), action
            assert CALLER.fullmatch(action.caller), action
        elif isinstance(action, do.Play):
            assert MEDIA.fullmatch(action.media), action
    assert all(re.fullmatch("[0-9A-DW*#]*", digits) for digits in door.board.digits)
