"""The call centre that goes through it all: a lab behind a proxy, two agents, the trunk, and a conversation beside it
that Warmline has nothing to do with.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import aiohttp

from bench import bare
from bench.chaos.proxy import Proxy
from bench.dialplan import ROOM
from bench.stage import Stage, stage, until
from warmline.lab import instance
from warmline.lab.folder import SETTINGS
from warmline.lab.parties import Call, Customer, IncomingCall, Phone, tones
from warmline.store.database import connect

AGENT, CLOSER = "1000", "1001"
CONTROL = "chaos-control"
RECORDED = """
[campaign.TESTCAMP]
campaign_recording = "ALLCALLS"
leave_3way_start_recording = "ALL_CALLS"
"""
LIMIT = aiohttp.ClientTimeout(total=6)
OPEN = "SELECT kind, id FROM open_state WHERE kind IN ('call', 'receipt', 'recording')"

AGAIN = 0.1  # seconds between two looks

Record = dict[str, Any]
T = TypeVar("T")


class Control(NamedTuple):
    """Two who talk to each other in a room that Warmline does not know."""

    one: Call
    other: Call


class Centre:
    """One lab. `seats` has the line of each agent's phone; `thirds` each call that came out on the trunk."""

    def __init__(self, here: Stage, proxy: Proxy, http: aiohttp.ClientSession) -> None:
        self.stage, self.proxy = here, proxy
        self.lab = here.lab
        self.folder = Path(here.lab.dir)
        self.seats: dict[str, Call] = {}
        self.control: Control
        self.control_legs: set[str] = set()
        self.thirds: list[IncomingCall] = []
        self._http = http
        self._customers = 0

    # -- people --

    async def open(self) -> None:
        """Bring everybody on the line, the closer PAUSED."""
        await bare.open_bridge(self.stage, CONTROL)
        self.control = Control(*[await self._in_control(hz) for hz in (tones.CONTROL_A, tones.CONTROL_B)])
        # Recorded, and so mixed, as our rooms are: a mixer misses a packet now and then, which two alone would not.
        await self.stage.ari.request("POST", f"bridges/{CONTROL}/record", name=CONTROL, format="wav")
        for user, hz in ((AGENT, tones.AGENT), (CLOSER, tones.CLOSER)):
            account = self.lab.phones[user]
            phone: Phone = await self.stage.parties.phone(user, account["password"], self.lab.sip, hz)
            self.seats[user] = await phone.call(account["login"])
            await self.seats[user].answered()
            await self.agent_is(user, "READY")
        await self.ask("external_pause", "PAUSE", CLOSER)
        await self.agent_is(CLOSER, "PAUSED")

    async def _in_control(self, hz: int) -> Call:
        someone = await self.stage.parties.customer(self.lab.sip, f"1555124{hz}", hz)
        call, leg = await bare.come(self.stage, someone, ROOM)
        await self.stage.ari.request("POST", f"bridges/{CONTROL}/addChannel", channel=leg)
        self.control_legs.add(leg)
        return call

    async def customer(self) -> tuple[str, Customer]:
        """Somebody new on the trunk, who has not called yet, and his number."""
        self._customers += 1
        number = f"555777{self._customers:04}"
        return number, await self.stage.parties.customer(self.lab.sip, number, tones.CUSTOMER)

    async def gather_thirds(self) -> None:
        """Take every call that comes out on the trunk, for ever."""
        while True:
            with suppress(Exception):  # none came in this while
                self.thirds.append(await self.stage.peer.next_call(1.0))

    def third(self) -> Call | None:
        """The last of them, if it is answered and not over."""
        alive = [call for call in self.thirds if call.answered.at is not None and call.ended.at is None]
        return alive[-1] if alive else None

    # -- the app, which may be away --

    async def ask(self, function: str, value: str, agent: str = AGENT, **fields: str) -> str:
        """Call the agent API: its answer, or what went wrong on the way."""
        query = {"source": "chaos", **self.lab.api_user, "agent_user": agent, "function": function, "value": value}
        try:
            async with self._http.get(f"{self.lab.api}/agc/api.php", params=query | fields) as answer:
                return (await answer.text()).strip()
        except (aiohttp.ClientError, TimeoutError) as problem:
            return f"{type(problem).__name__}: {problem}"

    async def live(self, what: str) -> list[Record] | None:
        """The app's list of live `calls` or `agents`; None while it does not answer."""
        login = {"Authorization": f"Bearer {(self.folder / 'run/token').read_text().strip()}"}
        try:
            async with self._http.get(f"{self.lab.api}/api/v1/{what}", headers=login) as answer:
                return await answer.json() if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def state(self, number: str) -> str:
        """The state of this customer's call; "" if there is none, or nobody answers."""
        return str((await self._call(number)).get("state", ""))

    async def has(self, user: str, number: str) -> bool:
        """Whether this agent has this customer's call."""
        return bool((await self._call(number)).get("agent") == user)

    async def _call(self, number: str) -> Record:
        return next((call for call in await self.live("calls") or () if call["customer"].endswith(number)), {})

    async def agent_is(self, user: str, *states: str) -> None:
        """Wait until he is in one of these states. Raises CannotMeasureError."""

        async def look() -> bool | None:
            agents = await self.live("agents") or ()
            return any(one["user"] == user and one["state"] in states for one in agents) or None

        await until(look, f"agent {user} is not {' or '.join(states)}")

    # -- what is left --

    def rows(self, sql: str, *values: str) -> list[Record]:
        """What the database says."""
        with closing(connect(self.lab.db)) as connection:
            cursor = connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    async def still_open(self) -> list[str]:
        """Calls, receipts and recordings without an end."""
        return [f"{row['kind']} {row['id']}" for row in self.rows(OPEN)]

    async def orphans(self) -> list[str]:
        """Channels and bridges of nobody, as Asterisk has them."""
        channels = await self.stage.ari.request("GET", "channels")
        bridges = [bridge["id"] for bridge in await self.stage.ari.request("GET", "bridges")]
        seats = tuple(f"PJSIP/{user}-" for user in self.seats)
        others = [channel["name"] for channel in channels if channel["id"] not in self.control_legs]
        return [name for name in others if not name.startswith(seats)] + [
            bridge for bridge in bridges if bridge != CONTROL
        ]


async def soon(look: Callable[[], Awaitable[T]], within: float) -> T:
    """What `look` finds, once that is something; after so many seconds, nothing, as it found then."""
    limit = time.monotonic() + within
    while True:
        if (found := await look()) or time.monotonic() > limit:
            return found
        await asyncio.sleep(AGAIN)


@asynccontextmanager
async def centre() -> AsyncIterator[Centre]:
    """Start one, and end it afterwards. Raises LabError, CannotMeasureError."""
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(stage(RECORDED))
        port = int(re.findall(r":(\d+)/", here.lab.ari["url"])[0])
        proxy = await stack.enter_async_context(Proxy(port))
        settings = Path(here.lab.dir) / SETTINGS
        settings.write_text(settings.read_text().replace(f":{port}/ari", f":{proxy.port}/ari"))
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=LIMIT))
        found = Centre(here, proxy, http)
        found.lab = await asyncio.to_thread(instance.restart_app, found.folder)
        taking = asyncio.create_task(found.gather_thirds())
        stack.callback(taking.cancel)
        await found.open()
        yield found
