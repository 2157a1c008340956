"""The agent API: any mixture of known functions and values, and any bytes, in each state of an agent."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote_from_bytes

import msgspec
from aiohttp import ClientSession
from hypothesis import strategies as st
from yarl import URL

from ari_app.http.agc.functions import caller_id, park_call
from ari_app.http.agc.functions.function_table import FUNCTIONS, NOT_SUPPORTED
from ari_app.http.agc.functions.transfer_conference import VALUES
from ari_app.http.agc.requests.fields import FILTERS
from ari_app.http.server.http_listener import listen
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.server.request_heads import AGENT_BODY, MOST_QUERY
from tests.fuzz import hostile, quiet_log
from tests.fuzz.dial_oracle import DENIED, judge
from tests.fuzz.entry_point import Attack, Door
from tests.http.agent_api import empty_database, no_orphans, verify
from tests.http.core_call_control import CoreBoard
from tests.http.examples.setups import SETUPS, bring_about
from tests.http.own_app import own_app
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.model.receipt import Receipt
from warmline.system import settings as places

# fmt: off
WORDS = (
    *VALUES, *park_call.VALUES, *caller_id.CHOICES, "PAUSE", "RESUME", "START", "STOP", "STATUS", "LOGOUT", "CALL",
    "DISPLAY", "LOCAL_ONLY", "HANGUP", "EXTENSIONTRANSFER", "INGROUPTRANSFER", "AGENTDIRECT", "DEFAULTINGROUP",
    "SUPPORTLINE", "CLOSEDLINE", "GOODALIAS", "BADALIAS", "OLDALIAS",
    "1000", "1001", "8500", "8501", "777", "YES", "0", "1",
    "answer", "CALLBK", "123SPQ", "C1", "PJSIP/8500@trunk&Local/1@from-phones", "8500,ext", "+1 555 1234", "9001234",
    "+9001234", "19001234567", "<img src=x onerror=alert(1)>",
)
# Almost correct: the function and its parameters are known, many of their values are not.
OWN = (
    "phone_number", "ingroup_choices", "consultative", "group_alias", "cid_choice", "dial_override", "stage",
    "lead_id", "status", "wait", "idempotency_key", "agent_user",
)
# fmt: on
NAMES = [name.encode() for name in (*FUNCTIONS, *NOT_SUPPORTED)]
KNOWN = st.sampled_from([word.encode() for word in WORDS])
ANYTHING = st.one_of(st.binary(max_size=200), KNOWN, st.sampled_from(NAMES), hostile.texts.map(hostile.as_bytes))
SHORT = ANYTHING.map(lambda value: value[:200])
PARAMETERS = st.dictionaries(st.one_of(st.sampled_from(sorted(FILTERS)), st.text(max_size=20)), ANYTHING, max_size=12)
LOGGED_IN = {"source": b"test", "user": b"6666", "pass": b"1234", "agent_user": b"1000"}
LIKELY = st.fixed_dictionaries(
    {"function": st.sampled_from(NAMES), "value": ANYTHING}, optional=dict.fromkeys(OWN, ANYTHING)
)
FIELDS = st.one_of(PARAMETERS, PARAMETERS.map(lambda it: it | LOGGED_IN), LIKELY.map(lambda it: LOGGED_IN | it))
PLAIN = "application/x-www-form-urlencoded"
PARTS = f"multipart/form-data; boundary={hostile.BOUNDARY}"
FORMS = (PLAIN, PARTS, "multipart/form-data", "a/b", "x")
LARGEST_RECEIPT = 5000  # bytes
LONGEST = 3000  # bytes in an address; the server accepts 4096 in its query

MEDIA = re.compile(r"(sound:[-\w]+(\|[-\w]+)*)?")
STYLES = ("ERROR: ", "SUCCESS: ", "NOTICE: ", "VERSION: ", "Coffee: ", "<html>", "\n<a href", "<PRE>Webserver Data:\n")


class Request(NamedTuple):
    """A request. Some fields occur twice, some in the address while others are in the body.

    With a `form`, the body is the form.
    """

    method: str
    fields: dict[str, bytes]
    again: dict[str, bytes]
    content_type: str
    form: bytes


class Given(NamedTuple):
    setup: str
    mode: str  # the value of api_impossible
    requests: list[Request]


REQUESTS = st.builds(
    Request,
    st.sampled_from(["GET", "GET", "POST", "POST", "HEAD", "PUT"]),
    FIELDS,
    st.dictionaries(st.sampled_from([*OWN, "function", "user", "pass", "value"]), SHORT, max_size=2),
    st.sampled_from(FORMS),
    st.one_of(st.just(b""), st.just(b""), st.just(b""), st.sampled_from((*hostile.FORMS, *hostile.FIELDS))),
)
INPUTS = st.builds(
    Given, st.sampled_from(sorted(SETUPS)), st.sampled_from(["ERROR", "SUCCESS"]), st.lists(REQUESTS, max_size=4)
)


def _encoded(fields: dict[str, bytes]) -> str:
    return "&".join(
        f"{quote_from_bytes(hostile.as_bytes(name))}={quote_from_bytes(value)}" for name, value in fields.items()
    )


def _type(request: Request) -> str:
    if request.form in hostile.FIELDS:
        return PLAIN
    return PARTS if request.form else request.content_type


class _Site:
    """Open one server for all inputs; each input's requests find their own calls."""

    def __init__(self, board: CoreBoard, runner: asyncio.Runner, url: str, log: quiet_log.Log) -> None:
        self._board, self._runner, self._url, self._log = board, runner, url, log
        self.client = runner.run(_client())

    def attacked(self, given: Given) -> None:
        lab = bring_about(given.setup, given.mode)
        lab.configure("campaigns", "TESTCAMP", dial_deny=DENIED)
        self._board.driver = lab
        self._board.digits.clear()
        for request in given.requests:
            status, body = self._runner.run(self._send(request))
            if status == 413 and max(len(_encoded(request.fields)), len(request.form or b"")) > AGENT_BODY:
                continue
            if status == 414 and len(_encoded(request.fields)) + len(_encoded(request.again)) >= MOST_QUERY:
                continue
            if request.method in ("GET", "POST"):
                assert status in (200, 418), status
                assert body == "" or body.startswith(STYLES), body[:100]
            elif request.method == "HEAD":
                assert (status, body) == (200, "")
            else:
                assert status in (400, 404, 405), status
            assert "Traceback" not in body
            self._log.is_quiet()
        for action in lab.asked:
            if isinstance(action, do.CreateChannel):
                judge(action, lab.world.rules)
                assert action.caller != lab.world.rules.group_aliases["OLDALIAS"].caller_id_number
            elif isinstance(action, do.Play):
                assert MEDIA.fullmatch(action.media), action
        receipts = (*lab.world.receipts.values(), *(one for one in lab.closed.values() if isinstance(one, Receipt)))
        assert all(len(msgspec.json.encode(receipt)) < LARGEST_RECEIPT for receipt in receipts)
        assert all(re.fullmatch("[0-9A-DW*#]*", digits) for digits in self._board.digits)

    async def _send(self, request: Request) -> tuple[int, str]:
        first, more = _encoded(request.fields), _encoded(request.again)
        in_body = request.method not in ("GET", "HEAD") or len(first) > LONGEST
        query = more if in_body else f"{first}&{more}"
        url = URL(f"{self._url}/agc/api.php?{query}", encoded=True)
        data = (request.form or first.encode()) if in_body else None
        headers = {"Content-Type": _type(request)}
        async with self.client.request(request.method, url, data=data, headers=headers) as response:
            return response.status, await response.text()


async def _client() -> ClientSession:
    return ClientSession()


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        board = CoreBoard(Driver())
        own = places.load({"WARMLINE_RUN": run, "WARMLINE_DB": empty_database(), "WARMLINE_API_RATE": "0"})
        with asyncio.Runner() as runner:
            server = runner.run(listen(own_app(board, ApiUsers(verify), own, no_orphans), "127.0.0.1", 0))
            site = _Site(board, runner, f"http://127.0.0.1:{server.addresses[0][1]}", log)
            yield site.attacked
            runner.run(site.client.close())
            runner.run(server.cleanup())


DOOR = Door("agent API", INPUTS, opened, quick=5)
