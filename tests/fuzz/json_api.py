"""The JSON API of an API process beyond its document: bodies that are not JSON, deep, huge or of another type."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes

import msgspec
from aiohttp import ClientSession
from hypothesis import strategies as st
from yarl import URL

from ari_app.http.openapi.route_table import ROUTES, ApiRoute
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.server.request_heads import JSON_BODY
from ari_app.http.v1.commands import KEY_HEADER
from lab import configure
from tests.fuzz import hostile, quiet_log
from tests.fuzz.call_process import CallProcess, connected
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.listening import Listening, listening
from tests.http.agent_api import verify
from tests.http.own_app import own_app
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.system import settings

ASKED = [route for route in ROUTES if route.path not in ("/events", "/live")]  # a stream has no end
TAKING = [route for route in ASKED if route.takes]
THERE = {
    "user": ("1000", "1001"),
    "id": ("CALL", "1", "01KAFH8Y3C0000000000000001"),
    "lead_id": ("1", "0"),
    "kind": ("campaign", "ingroup", "container", "script"),  # an agent of the calls is not to be deleted
    "name": ("TESTCAMP", "SALESLINE", "NEW"),
    "revision": ("1", "9"),
}
TYPES = ("application/json", "application/json; charset=utf-7", "text/plain", "application/x-www-form-urlencoded", "")
ENCODINGS = ("", "", "", "gzip", "br", "identity")
LEAST = st.sampled_from(["", "", "", "", "key-12345678", "x" * 256, "é", "\t", "k" * 255])
BAD = {400, 401, 403, 404, 405, 409, 411, 412, 413, 415, 422}


class Request(NamedTuple):
    """One request; in the path, CALL is the call of agent 1000."""

    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]


def _examples(route: ApiRoute) -> st.SearchStrategy[bytes]:
    """Draw the route's own example, unchanged or damaged."""
    example = msgspec.to_builtins(route.example)
    numbers = st.sampled_from(["8500", "9001234", "+9001", "777", "8501"])
    if "number" in example:
        return hostile.spoilt(numbers.map(lambda number: example | {"number": number})).map(hostile.written)
    return hostile.spoilt(st.just(example)).map(hostile.written)


bodies = st.one_of(
    st.binary(max_size=100),
    hostile.json_values.map(hostile.written),
    st.sampled_from(
        [
            b"",
            hostile.deep("[", "]").encode(),
            hostile.deep('{"number":', "}").encode(),
            b'{"number":"8500","number":"9001"}',
            b'{"kind":"DIAL_WITH_CUSTOMER","number":' + b"9" * 5000 + b"}",
            b'{"number": "' + b"8" * JSON_BODY + b'"}',
            "\ufeff{}".encode(),
            '{"number":"8500"}'.encode("utf-16"),
        ]
    ),
)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    route = draw(st.sampled_from(TAKING if draw(st.integers(0, 3)) else ASKED))
    path = route.path
    for name in THERE:
        if f"{{{name}}}" in path:
            part = draw(st.one_of(st.sampled_from(THERE[name]), hostile.texts.map(lambda text: text[:200])))
            path = path.replace(f"{{{name}}}", part if part in THERE[name] else quote_from_bytes(_segment(part)))
    names = [parameter.name for parameter in route.parameters if parameter.place == "query"]
    query = draw(st.lists(st.tuples(st.sampled_from([*names, "x"]), hostile.texts), max_size=2))
    body = draw(st.one_of(_examples(route), bodies)) if route.takes else draw(st.one_of(st.just(b""), bodies))
    if draw(st.integers(0, 9)) == 0:
        body = draw(hostile.damaged(st.just(body)))
    headers = {"Content-Type": draw(st.sampled_from(TYPES)), "Content-Encoding": draw(st.sampled_from(ENCODINGS))}
    headers[KEY_HEADER] = draw(LEAST)
    method = draw(st.sampled_from([route.method] * 8 + ["GET", "POST", "DELETE", "PUT", "PATCH"]))
    written = "&".join(f"{quote(name)}={quote_from_bytes(hostile.as_bytes(text)[:1000])}" for name, text in query)
    return Request(method, path, written, body, {name: value for name, value in headers.items() if value})


def _segment(text: str) -> bytes:
    return hostile.as_bytes(text) or b"%"


class _Site:
    def __init__(self, process: CallProcess, door: Listening, client: ClientSession, log: quiet_log.Log) -> None:
        self._process, self._driver = process, process.driver
        self._door, self._client, self._log = door, client, log
        self._turn = 0

    def attacked(self, given: list[Request]) -> None:
        for request in given:
            call = self._in_a_call() if "CALL" in request.path else ""
            status, text = self._door.do(self._send(request, request.path.replace("CALL", call)))
            self._log.is_quiet()
            assert status < 300 or status in BAD, (status, text)
            answer = msgspec.json.decode(text) if text else None
            if status >= 400:
                assert answer["status"] == status and answer["detail"], answer
        self._process.check()

    async def _send(self, request: Request, path: str) -> tuple[int, bytes]:
        url = URL(f"{self._door.url}/api/v1{path}?{request.query}", encoded=True)
        async with self._client.request(request.method, url, data=request.body, headers=request.headers) as response:
            return response.status, await response.read()

    def _in_a_call(self) -> str:
        """Put agent 1000 into a call, whatever happened before; return its id."""
        driver = self._driver
        session = driver.world.sessions.get("1000")
        if session and session.state is AgentState.DISPO:
            driver.ask(Kind.STATUS, status="A")  # a logout may have waited for it
        if "1000" not in driver.world.sessions:
            driver.log_in("1000")
        if not driver.session().call:
            self._turn += 1
            driver.ask(Kind.RESUME)
            driver.customer(name=f"customer-{self._turn}")
            driver.wait(0.5)
        return driver.session().call or "NONE"


@cache
def demo_database() -> bytes:
    """Provide a database with the demo's configuration."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        configure.fill(path, [])
        return path.read_bytes()


async def _client(token: str) -> ClientSession:
    return ClientSession(headers={"Authorization": f"Bearer {token}"})


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        database = Path(run, "warmline.db")
        database.write_bytes(demo_database())
        with closing(CallProcess(database)) as process:
            own = settings.load({"WARMLINE_RUN": run, "WARMLINE_DB": str(database), "WARMLINE_API_RATE": "0"})
            calls, running = process.do(connected(process.path))
            app = own_app(calls, ApiUsers(verify), own, calls.orphans, once=calls)
            with listening(app, process.loop) as door:
                client = door.do(_client(Path(run, "token").read_text()))
                yield _Site(process, door, client, log).attacked
                door.do(client.close())
            running.cancel()
            process.do(asyncio.wait([running]))


DOOR = Door("JSON API", st.lists(requests(), min_size=1, max_size=3), opened, quick=4)
