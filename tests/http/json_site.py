"""The JSON API on loopback, with the real core and database behind it; Asterisk is simulated, in virtual time."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from aiohttp.test_utils import TestClient, TestServer

from ari_app.http.local.local_server import LocalServer
from ari_app.http.routes import API
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.v1.live_state import JsonApi
from ari_app.link import unix_sockets
from ari_app.switchboard.turn_feed import TurnFeed
from tests.begun_drivers import BegunDriver
from tests.http.agent_api import no_orphans, verify
from tests.http.core_call_control import CoreBoard
from tests.http.own_app import CheckedCommands, own_app
from warmline.core.engine.engine import Input
from warmline.core.world.turn import Turn
from warmline.store.database.reading import keeping
from warmline.store.journal.journal_codec import entry_of
from warmline.system import settings
from warmline.system.link_sockets import LOCAL

T = TypeVar("T")
FACTOR_KEY = "a key of second factors, of a test alone"


class Told(NamedTuple):
    """An answer: its status, its JSON, its headers."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Recorded(BegunDriver):
    """Tells the switchboard's follower of each commit."""

    board: CoreBoard | None = None

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        written = entry_of(entry, turn, base)
        tell = self.board.turns.prepared([turn], [written]) if self.board and written else None
        super().record(entry, turn, base)
        if tell:
            tell()


class JsonSite:
    """The `agents` are logged in. `ask` sends a request with a token, or as a program of this machine.

    `users` checks passwords; without it, they are those of PASSWORDS. `renew` is called before a command of the command
    line. With a `source`, the database is a copy of that one, which no test changes.
    """

    def __init__(
        self,
        database: Path,
        run: Path,
        users: ApiUsers | None = None,
        agents: Sequence[str] = ("1000",),
        source: Path | None = None,
    ) -> None:
        self.database = database
        self.renew: Callable[[], Awaitable[None]] = nothing_new
        self._users = users
        self._kept = ExitStack()
        self._kept.enter_context(keeping())  # as the API's process does
        self.driver = Recorded.copy(source, database, agents) if source else Recorded(database)
        for agent in () if source else agents:
            self.driver.log_in(agent)
        self.board = self.driver.board = CoreBoard(self.driver)
        self.board.turns = TurnFeed(lambda: self.driver.world, self.driver.last_row)
        self._run = run
        self._loop = asyncio.Runner()
        self.start()

    def start(self) -> None:
        """Start the server, with empty caches."""
        folders = {"WARMLINE_RUN": str(self._run), "WARMLINE_RECORDINGS": str(self._run / "recordings")}
        key = {"WARMLINE_SECOND_FACTOR_KEY": FACTOR_KEY}
        places = settings.load(folders | key | {"WARMLINE_DB": str(self.database)})
        app = own_app(self.board, self._users or ApiUsers(verify), places, no_orphans)
        self.api = app[API]

        async def open_door() -> TestClient[Any, Any]:
            client: TestClient[Any, Any] = TestClient(TestServer(app))
            await client.start_server()
            return client

        self.client = self.do(open_door())
        self._local = serve_local(self.api, self._run, self._loop.get_loop(), lambda: self.renew())
        self.token = (self._run / "token").read_text()

    def forget(self) -> None:
        """Reload the configuration."""
        self.api.askers.clear()

    def stop(self) -> None:
        """Stop the server, and wait until the connections of the command line are closed, too."""
        self._local.cancel()
        self.do(self._ended())

    async def _ended(self) -> None:
        await self.client.close()
        if left := asyncio.all_tasks() - {asyncio.current_task()}:
            for one in left:  # connections, and what a test still waits for
                one.cancel()
            await asyncio.wait(left)

    def close(self) -> None:
        """Close everything."""
        self.stop()
        self._loop.close()
        self.driver.close()
        self._kept.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a function on the loop."""
        return self._loop.run(work)

    @contextmanager
    def turning(self) -> Iterator[None]:
        """Run the loop in a separate thread, for clients that block."""
        loop = self._loop.get_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        return self._loop.get_loop()

    @property
    def url(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    def ask(self, method: str, path: str, body: object = None, *, token: str | None = None, **headers: str) -> Told:
        """Send one request to /api/v1; `body` is sent as JSON, bytes unchanged.

        Underlines in header names become hyphens.
        """
        return self.do(self.asking(method, path, body, token=token, **headers))

    async def asking(
        self, method: str, path: str, body: object = None, *, token: str | None = None, **headers: str
    ) -> Told:
        """The same on the loop."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent.setdefault("Authorization", f"Bearer {self.token if token is None else token}")
        data = body
        if body is not None and not isinstance(body, bytes):
            data = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        response = await self.client.request(method, f"/api/v1{path}", data=data, headers=sent)
        text = await response.read()
        read = json.loads(text) if "json" in response.content_type else text.decode()
        return Told(response.status, read, response.headers)

    def customer(self) -> str:
        """Connect a customer to agent 1000; return the call's id."""
        self.driver.customer()
        return self.driver.call().id


async def nothing_new() -> None:
    """Find no change of the configuration."""


def serve_local(
    api: JsonApi,
    run: Path | str,
    loop: asyncio.AbstractEventLoop,
    renew: Callable[[], Awaitable[None]] = nothing_new,
) -> asyncio.Task[None]:
    """Open the command line's socket in the folder `run`, and return the task that serves it."""
    listener = unix_sockets.bind(LOCAL.path(str(run)), LOCAL.mode)
    direct = api.once.once if isinstance(api.once, CheckedCommands) else api.once
    return loop.create_task(LocalServer(replace(api, once=direct), renew).serve(listener))


@contextmanager
def json_site(database: Path, folder: Path, source: Path | None = None) -> Iterator[JsonSite]:
    """Provide a site with its own database, or with a copy of a `source`."""
    run = folder / "run"
    run.mkdir()
    site = JsonSite(database, run, source=source)
    try:
        yield site
    finally:
        site.close()
