"""The lab of the real scenarios: started once, with the far end of its trunk, and phones that stay on the line."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from ari_app.process.heartbeat_writer import EVERY
from lab import app_parts, asterisk, instance, process, programs
from lab.folder import SETTINGS
from lab.sip import (
    Behaviour,
    IncomingCall,
    Parties,
    SipCall,
    SipPhone,
    TrunkPeer,
    answer,
    dead,
    early,
    redirect,
    refuse,
    ring,
    tones,
)
from tools.simulation.asterisk.ari_proxy import Proxy
from tools.simulation.call_centre import own_dialplan
from tools.simulation.call_centre.far_ends import FarEnd
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay
from warmline.store.reports.agent_day import agent_day
from warmline.system.heartbeat_file import HeartbeatFile

# Parties in one scenario have different tones; the third party has THIRD, the customers have the rest.
AGENT_TONES = {
    "1000": tones.AGENT,
    "1001": tones.CLOSER,
    "1002": tones.CONTROL_B,
    "1007": tones.CONTROL_THIRD,
    "1009": 3450,
}


class LabSite:
    """One lab; `seats` has the lines of the agents' phones, which later scenarios reuse."""

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._serial = count(1)
        self.customers = 0

    async def open(self) -> None:
        """Start the lab in a separate folder; the trunk's far end is started first."""
        self.folder = self._parent / f"lab{next(self._serial)}"
        self.far_ends: dict[str, FarEnd | Behaviour] = {}
        self.seats: dict[str, SipCall] = {}
        self._phones: dict[str, SipPhone] = {}
        self._own_queue = False
        self._stack = AsyncExitStack()
        self.parties = await self._stack.enter_async_context(Parties(turning=True))
        self.peer: TrunkPeer = await self.parties.peer(self._treat)
        self._stack.callback(self._down)
        self.lab = await asyncio.to_thread(instance.up, self.folder, self.peer.trunk)
        self.http = await self._stack.enter_async_context(aiohttp.ClientSession())
        found = asterisk.find()
        assert found
        self.sounds = found.data / "sounds/en"

    async def close(self) -> None:
        """Stop everything that was started.

        The journal must be complete and replay without a difference, and every moment of the agents' day must be
        accounted for.
        """
        await self._stack.aclose()
        assert verify(self.database) == []
        assert replay(self.database).differences == []
        for user in self.seats:
            assert agent_day(self.database, user, 0, time.time_ns() // 1000).findings == []

    @property
    def database(self) -> str:
        """Return the database of the app."""
        return self.lab.db

    async def renew(self) -> None:
        """Start another lab, after a scenario that damaged this one."""
        await self._stack.aclose()
        await self.open()

    def _down(self) -> None:
        if (self.folder / "warmline.toml").exists():
            instance.down(self.folder)
        self.parties.server_ended()

    def _treat(self, number: str) -> Behaviour:
        busy = FarEnd(486) if number in self.lab.phones else FarEnd("answer")
        does = self.far_ends.get(number, busy)
        if not isinstance(does, FarEnd):
            return does
        match does.says:
            case int(status):
                return refuse(status)
            case _ if does.redirects:
                return redirect(does.redirects, ringing=does.rings)
            case _ if does.early:
                return early(tones.THIRD, does.after if does.says else None)
            case "answer":
                return answer(0 if does.silent else None, does.after)
        return ring() if does.rings else dead()

    async def log_in(self, user: str) -> SipCall:
        """Let the user's phone dial the login extension on a new line."""
        return await (await self.registered(user)).call(self.lab.phones[user]["login"])

    async def registered(self, user: str) -> SipPhone:
        """Return the user's phone, which can be called."""
        if user not in self._phones:
            tone, password = AGENT_TONES.get(user, tones.CLOSER), self.lab.phones[user]["password"]
            phone = await self.parties.phone(user, password, self.lab.sip, tone, self._called_phone(user))
            self._phones[user] = phone
        return self._phones[user]

    def phone_dies(self, user: str) -> None:
        """Let the user's phone vanish; the next one that registers is another phone."""
        self._phones.pop(user).die()

    def _called_phone(self, user: str) -> Behaviour:
        async def behave(call: IncomingCall) -> None:
            await self._treat(user)(call)

        return behave

    async def set_global(self, name: str, value: str) -> None:
        """Set a global variable of the dialplan."""
        command = [*self.lab.asterisk_cli, f"dialplan set global {name} {value}"]
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)

    async def has_own_queue(self) -> None:
        """Give Asterisk a queue, a Dial() and a key of its own, with the lines of the page on adoption."""
        if not self._own_queue:
            await asyncio.to_thread(own_dialplan.add, self.folder / "etc", self.lab.asterisk_cli)
            self._own_queue = True

    async def called(self, user: str, within: float) -> IncomingCall:
        """Wait for a call to the user's phone that is not refused."""
        call = await self._phones[user].next_call(within)
        while call.ended.at is not None:
            call = await self._phones[user].next_call(within)
        return call

    async def ari(self, path: str) -> list[dict[str, Any]]:
        """Return Asterisk's answer to a request that bypasses the app."""
        login = aiohttp.encode_basic_auth(self.lab.ari["user"], self.lab.ari["password"])
        headers = {"Authorization": login}
        async with self.http.get(f"{self.lab.ari['url']}/{path}", headers=headers) as answer:
            found: list[dict[str, Any]] = [] if answer.status == 404 else await answer.json()
            return found

    async def app(self, path: str, **query: str) -> str:
        """Return the app's answer to a request."""
        async with self.http.get(f"{self.lab.api}/{path}", params=query, headers=self.token()) as answer:
            return await answer.text()

    async def document(self, name: str) -> Any:
        """Return the JSON API's document of this name; fail with the status if that is not 200."""
        async with self.http.get(f"{self.lab.api}/api/v1/{name}", headers=self.token()) as answer:
            assert answer.status == 200, f"{name}: HTTP status {answer.status}, {await answer.text()}"
            return await answer.json()

    async def order(self, path: str, body: dict[str, str]) -> tuple[int, Any]:
        """Return the JSON API's status and document for a command."""
        async with self.http.post(f"{self.lab.api}/api/v1/{path}", json=body, headers=self.token()) as answer:
            return answer.status, await answer.json()

    def token(self) -> dict[str, str]:
        """Return the header that authorizes a request."""
        token = (self.folder / "run/token").read_text().strip()
        return {"Authorization": f"Bearer {token}"}

    @property
    def app_runs(self) -> bool:
        return process.running(programs.app_record(self.folder)) is not None

    async def beat(self) -> None:
        """Write the app's heartbeat in its place, without end."""
        given = HeartbeatFile(str(self.folder / "run"))
        while True:
            given.give()
            await asyncio.sleep(EVERY)

    @property
    def call_process(self) -> int:
        """The pid of the app's part that owns the calls."""
        return app_parts.pid_of(self.lab.pids["warmline"], "calls")

    def tell_app(self, number: signal.Signals) -> None:
        """Send the app a signal; SIGSTOP and SIGCONT also to the process that owns the calls.

        A supervisor that runs would start the stuck process again.
        """
        os.kill(self.lab.pids["warmline"], number)
        if number in (signal.SIGSTOP, signal.SIGCONT):
            os.kill(self.call_process, number)

    async def kill_app(self) -> None:
        """Send SIGKILL to the app; return once it is dead."""
        await self._kill("warmline")

    async def _kill(self, program: str) -> None:
        await asyncio.to_thread(process.kill, self.lab.pids[program])

    async def kill_asterisk(self) -> None:
        """Send SIGKILL to Asterisk; return once it is dead."""
        await self._kill("asterisk")

    async def stop_asterisk(self) -> None:
        """Send SIGTERM to Asterisk; return once it has ended."""
        await asyncio.to_thread(process.stop, programs.asterisk_record(self.folder))

    async def start_asterisk(self) -> None:
        """Start another Asterisk in its place; the app keeps running."""
        self.lab = await asyncio.to_thread(instance.restart_asterisk, self.folder)

    @asynccontextmanager
    async def behind_proxy(self) -> AsyncIterator[Proxy]:
        """Lead the app's connection to Asterisk through a proxy within the block; the app is restarted for that."""
        port = urlsplit(self.lab.ari["url"]).port or 0
        straight = (self.folder / SETTINGS).read_text()
        async with Proxy(port) as proxy:
            try:
                await self._with_settings(straight.replace(f":{port}/ari", f":{proxy.port}/ari"))
                yield proxy
            finally:
                await self._with_settings(straight)

    async def _with_settings(self, text: str) -> None:
        if self.app_runs:
            await self.kill_app()
        (self.folder / SETTINGS).write_text(text)
        await self.start_app()

    async def start_app(self) -> None:
        """Start the app again; Asterisk keeps running."""
        self.lab = await asyncio.to_thread(instance.restart_app, self.folder)
