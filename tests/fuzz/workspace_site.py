"""The workspace of an API process with one agent, who is logged in at a page; behind it the core and the database."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from aiohttp import ClientSession, DummyCookieJar, web
from yarl import URL

from ari_app.http.server import password_check
from ari_app.http.workspace.phone.remote_phones import remote_phones
from lab import configure
from tests.fuzz import quiet_log
from tests.fuzz.call_process import CallProcess, connected
from tests.fuzz.listening import Listening, listening
from tests.http.own_app import own_app
from tests.http.workspace.phone.test_sip_end import Asterisk
from warmline.store.configuration import config
from warmline.store.database import passwords
from warmline.store.leads import leads
from warmline.system import settings

USER, AGENT, PASSWORD = "anna", "1000", "opensesame7"
NUMBER = "15551230001"  # of the customer, whose lead is LEAD
LEAD = 1
BAD = {400, 401, 403, 404, 405, 409, 411, 412, 413, 414, 415, 422, 431}


class Site:
    """`own` are the headers of a page of this server in its session."""

    def __init__(
        self,
        process: CallProcess,
        door: Listening,
        client: ClientSession,
        log: quiet_log.Log,
        app: web.Application,
        asterisk: Asterisk,
    ) -> None:
        self.process, self.driver, self.app, self.asterisk = process, process.driver, app, asterisk
        self.door, self._client, self._log = door, client, log
        self.host = door.url.removeprefix("http://")
        self.own = {"Host": self.host, "Origin": door.url, "X-Warmline": "1", "Cookie": ""}
        self.own["Cookie"] = self.log_in()

    def log_in(self) -> str:
        """Begin a session; return the header Cookie."""
        body = {"user": USER, "password": PASSWORD}
        headers = {**self.own, "Cookie": "x=y", "Content-Type": "application/json"}
        status, _, cookie = self.door.do(self.send("POST", "/workspace/login", msgspec.json.encode(body), headers))
        assert status == 200
        return cookie.partition(";")[0]

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Send a request; nothing may be wrong after it."""
        status, text, _ = self.door.do(self.send(method, path, body, headers))
        self.check()
        return status, text

    async def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
        """Send a request on the loop; return the status, the body and the header Set-Cookie."""
        url = URL(f"{self.door.url}{path}", encoded=True)
        async with self._client.request(method, url, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.read(), answer.headers.get("Set-Cookie", "")

    def check(self) -> None:
        """Check that both processes run, that the log has no error, and that no forbidden number was dialled."""
        self._log.is_quiet()
        self.process.check()
        lost, self.door.lost = self.door.lost, []
        assert not lost, lost

    @asynccontextmanager
    async def feed(self) -> AsyncIterator[Any]:
        """Provide the first message of a good page's feed."""
        async with self._client.ws_connect(f"{self.door.url}/workspace/feed", headers=self.own) as page:
            await page.send_str('{"hello": {"page": "good", "phone": false}}')
            yield msgspec.json.decode((await page.receive()).data)


@cache
def _database() -> bytes:
    """Provide a database with the demo's configuration, the user and a lead."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        configure.fill(path, [])
        with patch.object(passwords, "COST", 16):
            config.create(path, "user", USER, {"pass": PASSWORD, "role": "agent", "agent": AGENT}, who="test")
        config.create(path, "list", "9001", {"campaign": "TESTCAMP"}, who="test")
        assert leads.create(path, "9001", {"phone_number": NUMBER, "first_name": "Ada"}, who="test") == LEAD
        return path.read_bytes()


async def _client() -> ClientSession:
    return ClientSession(cookie_jar=DummyCookieJar())


async def _asterisk() -> Asterisk:
    _, made = await asyncio.get_running_loop().create_datagram_endpoint(Asterisk, local_addr=("127.0.0.1", 0))
    return made


@contextmanager
def site() -> Iterator[Site]:
    """Provide a site; agent 1000 is logged in, and READY."""
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        database = Path(run, "warmline.db")
        database.write_bytes(_database())
        with closing(CallProcess(database)) as process:
            asterisk = process.do(_asterisk())
            sip = "{}:{}".format(*asterisk.address)
            own = {"WARMLINE_RUN": run, "WARMLINE_DB": str(database), "WARMLINE_API_RATE": "0"}
            places = settings.load({**own, "WARMLINE_BROWSER_SIP": sip, "WARMLINE_LISTEN_PORT": "0"})
            calls, running = process.do(connected(process.path))
            users = password_check.from_store(str(database))
            app = own_app(calls, users, places, calls.orphans, once=calls, phones=remote_phones(calls.link))
            with listening(app, process.loop) as door:
                client = door.do(_client())
                yield Site(process, door, client, log, app, asterisk)
                door.do(client.close())
            running.cancel()
            process.do(asyncio.wait([running]))
            asterisk.transport.close()
