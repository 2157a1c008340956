"""The lab of the real scenarios: started once, with the far end of its trunk, and phones that stay on the line."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from ari_app.process.heartbeat import EVERY
from lab import asterisk, instance, process, programs
from lab.folder import SETTINGS
from simulation.asterisk.ari_proxy import Proxy
from simulation.call_centre.far_ends import FarEnd
from sip_parties import (
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
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay
from warmline.store.reports.agent_day import agent_day
from warmline.system.heartbeat import HeartbeatFile

# Whoever is in a scenario together must sound different; the third is THIRD, the customers have the rest.
AGENT_TONES = {"1000": tones.AGENT, "1001": tones.CLOSER, "1002": tones.CONTROL_B}


class LabSite:
    """One lab; `seats` has the lines of the agents' phones, which later scenarios take over."""

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._serial = count(1)
        self.customers = 0

    async def open(self) -> None:
        """Start it in a folder of its own; the trunk's far end is there first."""
        self.folder = self._parent / f"lab{next(self._serial)}"
        self.far_ends: dict[str, FarEnd] = {}
        self.seats: dict[str, SipCall] = {}
        self._phones: dict[str, SipPhone] = {}
        self._stack = AsyncExitStack()
        self.parties = await self._stack.enter_async_context(Parties(turning=True))
        self.peer: TrunkPeer = await self.parties.peer(self._treat)
        self._stack.callback(self._down)
        self.lab = await asyncio.to_thread(instance.up, self.folder, self.peer.trunk)
        self.http = await self._stack.enter_async_context(aiohttp.ClientSession())
        found = asterisk.find()
        assert found
        self.sounds = Path(found.data or "/usr/share/asterisk") / "sounds/en"

    async def close(self) -> None:
        """End what was started. What the journal says must still be whole, and give the same when it is replayed;
        every moment of the agents' day must be accounted for.
        """
        await self._stack.aclose()
        assert verify(self.lab.db) == []
        assert replay(self.lab.db).differences == []
        for user in self.seats:
            assert agent_day(self.lab.db, user, 0, time.time_ns() // 1000).findings == []

    async def renew(self) -> None:
        """Another lab, after a scenario that left this one spoiled."""
        await self._stack.aclose()
        await self.open()

    def _down(self) -> None:
        if (self.folder / "warmline.toml").exists():
            instance.down(self.folder)

    def _treat(self, number: str) -> Behaviour:
        busy = FarEnd(486) if number in self.lab.phones else FarEnd("answer")
        does = self.far_ends.get(number, busy)
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
        """The user's phone dials the login extension, on a line of its own."""
        return await (await self.registered(user)).call(self.lab.phones[user]["login"])

    async def registered(self, user: str) -> SipPhone:
        """The user's phone, which can be called."""
        if user not in self._phones:
            tone, password = AGENT_TONES.get(user, tones.CLOSER), self.lab.phones[user]["password"]
            phone = await self.parties.phone(user, password, self.lab.sip, tone, self._called_phone(user))
            self._phones[user] = phone
        return self._phones[user]

    def phone_dies(self, user: str) -> None:
        """The user's phone vanishes without a word; the next one that registers is another."""
        self._phones.pop(user).die()

    def _called_phone(self, user: str) -> Behaviour:
        async def behave(call: IncomingCall) -> None:
            await self._treat(user)(call)

        return behave

    async def called(self, user: str, within: float) -> IncomingCall:
        """Await a call to the user's phone that is not refused."""
        call = await self._phones[user].next_call(within)
        while call.ended.at is not None:
            call = await self._phones[user].next_call(within)
        return call

    async def ari(self, path: str) -> list[dict[str, Any]]:
        """What Asterisk itself says, asked past the app."""
        login = aiohttp.encode_basic_auth(self.lab.ari["user"], self.lab.ari["password"])
        headers = {"Authorization": login}
        async with self.http.get(f"{self.lab.ari['url']}/{path}", headers=headers) as answer:
            found: list[dict[str, Any]] = [] if answer.status == 404 else await answer.json()
            return found

    async def app(self, path: str, **query: str) -> str:
        """What the app says to a request."""
        async with self.http.get(f"{self.lab.api}/{path}", params=query, headers=self._token()) as answer:
            return await answer.text()

    async def document(self, name: str) -> Any:
        """What the JSON API has under this name. Fails with its status if that is not 200."""
        async with self.http.get(f"{self.lab.api}/api/v1/{name}", headers=self._token()) as answer:
            assert answer.status == 200, f"{name}: HTTP status {answer.status}, {await answer.text()}"
            return await answer.json()

    async def order(self, path: str, body: dict[str, str]) -> tuple[int, Any]:
        """What the JSON API says to a command: its status, and its document."""
        async with self.http.post(f"{self.lab.api}/api/v1/{path}", json=body, headers=self._token()) as answer:
            return answer.status, await answer.json()

    def _token(self) -> dict[str, str]:
        token = (self.folder / "run/token").read_text().strip()
        return {"Authorization": f"Bearer {token}"}

    @property
    def app_runs(self) -> bool:
        return process.running(programs.app_record(self.folder)) is not None

    async def beat(self) -> None:
        """Give the app's beat for ever, in its place."""
        given = HeartbeatFile(str(self.folder / "run"))
        while True:
            given.give()
            await asyncio.sleep(EVERY)

    def tell_app(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.lab.pids["warmline"], number)

    async def kill_app(self) -> None:
        """SIGKILL; returns once it is dead."""
        await self._kill("warmline")

    async def _kill(self, program: str) -> None:
        await asyncio.to_thread(process.kill, self.lab.pids[program])

    async def kill_asterisk(self) -> None:
        """SIGKILL; returns once it is dead."""
        await self._kill("asterisk")

    async def stop_asterisk(self) -> None:
        """SIGTERM; returns once it has ended."""
        await asyncio.to_thread(process.stop, programs.asterisk_record(self.folder))

    async def start_asterisk(self) -> None:
        """Start another one in its place, beside the app that went on."""
        self.lab = await asyncio.to_thread(instance.restart_asterisk, self.folder)

    @asynccontextmanager
    async def behind_proxy(self) -> AsyncIterator[Proxy]:
        """While in here, the app's way to Asterisk leads through a proxy; for that it is killed and started again."""
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
        """Start it again, beside Asterisk that went on."""
        self.lab = await asyncio.to_thread(instance.restart_app, self.folder)
