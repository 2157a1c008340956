"""The call centre of the scenarios: a lab behind a proxy, two agents, the trunk, and an independent conversation."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from lab import instance
from lab.folder import SETTINGS
from lab.sip import IncomingCall, SipCall, SipPhone, TrunkCustomer, WaitTimeout, answer, tones
from tools.bench.tools import final_checks
from tools.bench.tools.bench_lab import BenchLab, stage
from tools.proofs.chaos import bare_control
from tools.proofs.chaos.chaos_scenarios import SLOW
from tools.simulation.asterisk.ari_proxy import Proxy
from warmline.store.database.database import connect
from warmline.system import settings

AGENT, CLOSER = "1000", "1001"
RECORDED = """
[campaign.TESTCAMP]
campaign_recording = "ALLCALLS"
leave_3way_start_recording = "ALL_CALLS"
"""
LIMIT = aiohttp.ClientTimeout(total=6)
AWAY = "SELECT id FROM fallback WHERE number LIKE '%' || ?"

RINGS = 2.0  # seconds that the slow number rings
AGAIN = 0.1  # seconds between two reads
WITHIN = 20.0  # seconds until an agent must be in the expected state

Record = dict[str, Any]
T = TypeVar("T")


class ChaosCentre:
    """One lab. `seats` has the line of each agent's phone; `thirds` has each call that came out on the trunk."""

    def __init__(self, here: BenchLab, proxy: Proxy, http: aiohttp.ClientSession) -> None:
        self.stage, self.proxy = here, proxy
        self.lab = here.lab
        self.folder = Path(here.lab.dir)
        self.seats: dict[str, SipCall] = {}
        self.control = bare_control.Control(here)
        self.thirds: list[IncomingCall] = []
        self._http = http
        self._customers = 0

    # -- people --

    async def open(self) -> None:
        """Bring all agents on the line, the closer PAUSED."""
        self.stage.peer.decide = {SLOW: answer(after=RINGS), bare_control.NUMBER: answer(tones.CONTROL_THIRD)}.get
        await self.control.open()
        for user, hz in ((AGENT, tones.AGENT), (CLOSER, tones.CLOSER)):
            account = self.lab.phones[user]
            phone: SipPhone = await self.stage.parties.phone(user, account["password"], self.lab.sip, hz)
            self.seats[user] = await phone.call(account["login"])
            await self.seats[user].answered()
            await self.agent_is(user, "READY")
        await self.ask("external_pause", "PAUSE", CLOSER)
        await self.agent_is(CLOSER, "PAUSED")

    async def customer(self) -> tuple[str, TrunkCustomer]:
        """Return a new customer on the trunk, who has not called yet, with their number."""
        self._customers += 1
        number = f"555777{self._customers:04}"
        return number, await self.stage.parties.customer(self.lab.sip, number, tones.CUSTOMER)

    async def gather_thirds(self) -> None:
        """Take every call of Warmline's that comes out on the trunk, without end."""
        while True:
            with suppress(WaitTimeout):  # no call came in this time
                call = await self.stage.peer.next_call(1.0)
                if call.number != bare_control.NUMBER:
                    self.thirds.append(call)

    def third(self) -> SipCall | None:
        """Return the last of them, if it is answered and not over."""
        alive = [call for call in self.thirds if call.answered.at is not None and call.ended.at is None]
        return alive[-1] if alive else None

    # -- the app, which may not answer --

    async def ask(self, function: str, value: str, agent: str = AGENT, **fields: str) -> str:
        """Call the agent API; return its answer, or the error of the request."""
        query = {"source": "chaos", **self.lab.api_user, "agent_user": agent, "function": function, "value": value}
        try:
            async with self._http.get(f"{self.lab.api}/agc/api.php", params=query | fields) as answer:
                return (await answer.text()).strip()
        except (aiohttp.ClientError, TimeoutError) as problem:
            return f"{type(problem).__name__}: {problem}"

    async def live(self, what: str) -> list[Record] | None:
        """Return the app's list of live `calls` or `agents`; None while it does not answer."""
        login = {"Authorization": f"Bearer {(self.folder / 'run/token').read_text().strip()}"}
        try:
            async with self._http.get(f"{self.lab.api}/api/v1/{what}", headers=login) as answer:
                return await answer.json() if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def connected(self) -> None:
        """Wait until the app is connected, so that the next call does not take the fallback.

        Raises WaitTimeout.
        """

        async def look() -> bool:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._http.get(f"{self.lab.api}/healthz") as answer:
                    return answer.status == 200
            return False

        if not await soon(look, WITHIN):
            raise WaitTimeout(f"the app hears nothing of Asterisk within {WITHIN:g} s")

    async def state(self, number: str) -> str:
        """Return the state of this customer's call; "" if there is none, or the app does not answer."""
        return str((await self._call(number)).get("state", ""))

    async def has(self, user: str, number: str) -> bool:
        """Return whether this agent has this customer's call."""
        return bool((await self._call(number)).get("agent") == user)

    async def _call(self, number: str) -> Record:
        return next((call for call in await self.live("calls") or () if call["customer"].endswith(number)), {})

    async def agent_is(self, user: str, *states: str) -> None:
        """Wait until the agent is in one of these states. Raises WaitTimeout."""

        async def look() -> bool:
            return await self.agent_state(user) in states

        if not await soon(look, WITHIN):
            raise WaitTimeout(f"agent {user} is not {' or '.join(states)} within {WITHIN:g} s")

    async def agent_state(self, user: str) -> str:
        """Return the agent's state; "" if the app does not answer."""
        return next((str(one["state"]) for one in await self.live("agents") or () if one["user"] == user), "")

    # -- what is left --

    def rows(self, sql: str, *values: str) -> list[Record]:
        """Return rows of the database."""
        with closing(connect(self.lab.db)) as connection:
            cursor = connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    async def still_open(self) -> list[str]:
        """Return calls, receipts and recordings without an end."""
        return final_checks.still_open(self.lab.db)

    async def orphans(self) -> list[str]:
        """Return Asterisk's channels and bridges that belong to no call or agent."""
        seats = tuple(f"PJSIP/{user}-" for user in self.seats)
        return await final_checks.orphans(self.stage, seats, self.control.has)


async def soon(look: Callable[[], Awaitable[T]], within: float) -> T:
    """Return what `look` finds as soon as it is true; after this many seconds, whatever it finds then."""
    limit = time.monotonic() + within
    while True:
        if (found := await look()) or time.monotonic() > limit:
            return found
        await asyncio.sleep(AGAIN)


@asynccontextmanager
async def centre() -> AsyncIterator[ChaosCentre]:
    """Start the call centre of the scenarios, and end it afterwards.

    Raises LabError, CannotMeasureError, WaitTimeout, CallRefused.
    """
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(stage(RECORDED, turning=True))
        port = int(re.findall(r":(\d+)/", here.lab.ari["url"])[0])
        proxy = await stack.enter_async_context(Proxy(port))
        file = Path(here.lab.dir) / SETTINGS
        file.write_text(file.read_text().replace(f":{port}/ari", f":{proxy.port}/ari"))
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=LIMIT))
        found = ChaosCentre(here, proxy, http)
        found.lab = await asyncio.to_thread(instance.restart_app, found.folder)
        fastagi = f"agi://{settings.load({'WARMLINE_CONFIG': str(file)}).fastagi}"
        await here.ari.request("POST", "asterisk/variable", variable="WARMLINE_FASTAGI", value=fastagi)
        taking = asyncio.create_task(found.gather_thirds())
        stack.callback(taking.cancel)
        await found.open()
        yield found
