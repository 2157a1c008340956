"""The stage of the chaos: two servers behind proxies, a front if Kamailio is installed, and what is left of calls."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import aiohttp

from contrib.front.tests.kamailio.kamailio_stage import KAMAILIO, Kamailio
from lab.sip import CallRefused, Hearing, SipCall, WaitTimeout
from tests.servers.servers_stage import CONTROL, WITHIN, ServersStage, ThreeWay, pairs, stage
from tools.bench.tools import final_checks
from tools.bench.tools.bench_lab import until
from tools.bench.tools.result import CannotMeasureError
from tools.simulation.asterisk.ari_proxy import Proxy

AGENTS = 4
LOST_AFTER = 5  # seconds, the default of the setting server_lost_seconds
SETTLED = 20.0  # seconds until agents are READY, and nothing is left of calls
FRONT = "front"  # among the servers that a caller can call
IN_ID = re.compile(r"[/?&=,]")


class ChaosStage:
    """The lab with its agents, the proxies by server, and the front, None without Kamailio."""

    def __init__(self, here: ServersStage, proxies: dict[str, Proxy], front: Kamailio | None) -> None:
        self.here, self.proxies, self.front = here, proxies, front
        self._logged = 0  # lines of the app's log that were read
        self.sips = {one["sip"]: name for name, one in here.lab.servers.items()}

    async def call_by(self, server: str, voices: int) -> ThreeWay:
        """Let a customer call a server or the front, until three hear each other; `server` is where that is."""
        if server != FRONT:
            return await self.here.three_way(server, voices)
        assert self.front
        customer = await self.here.comes_to(self.front.sip, voices)
        user, agent = await self.here.rung_for(customer)
        await Hearing({"customer": customer, "agent": agent}).heard(customer, agent, customer.began)
        third = await self.here.dial_third(user, voices)
        contact = agent.invite.contact[0].uri
        room = ThreeWay(self.sips[f"{contact.host}:{contact.port}"], voices, user, customer, agent, third)
        since, ear = await third.answered(WITHIN), Hearing(room.parties)
        for one, other in pairs(room.parties):
            await ear.heard(one, other, since)
        return room

    async def reached(self, *servers: str) -> None:
        """Wait until the app follows these servers and says so."""
        await self.here.follows(*servers, within=SETTLED)

        async def look() -> bool | None:
            states = {one["name"]: one for one in await self.here.document("servers") or ()}
            return all(states.get(name, {}).get("connected") for name in servers) or None

        await until(look, f"the app does not reach {', '.join(servers)}", SETTLED)

    async def settle(self, calls: tuple[SipCall, ...]) -> str:
        """End calls, and let every agent become READY; return who does not."""
        for call in calls:
            with suppress(WaitTimeout, CallRefused):
                await call.hang_up()
        states: dict[str, str] = {}

        async def look() -> bool | None:
            states.clear()
            states.update({one["user"]: one["state"] for one in await self.here.document("agents") or ()})
            for user, state in states.items():
                if state == "DISPO":
                    await self.here.ask(user, "external_status", "SALE")
                elif state == "PAUSED":
                    await self.here.ask(user, "external_pause", "RESUME")
            return (len(states) == AGENTS and set(states.values()) == {"READY"}) or None

        try:
            await until(look, "not READY", SETTLED)
        except CannotMeasureError:
            return ", ".join(f"agent {user} is {state}" for user, state in states.items() if state != "READY")
        return ""

    async def orphans(self) -> list[str]:
        """Return the channels and bridges of any server that are not those of its control, once they stay."""
        return await self._left(self._unknown)

    async def open_rows(self) -> list[str]:
        """Return calls, receipts and recordings without an end, once they stay."""

        async def look() -> list[str]:
            path = self.here.lab.db
            return [*final_checks.still_open(path), *final_checks.endless(path)]

        return await self._left(look)

    def warnings(self) -> list[str]:
        """Return what the app has logged as a warning or an error since the last time."""
        lines = (Path(self.here.lab.dir) / "log/warmline.log").read_text(errors="replace").splitlines()
        new, self._logged = lines[self._logged :], len(lines)
        return [line for line in new if " level=warning " in line or " level=error " in line]

    def strayed(self) -> tuple[list[str], int]:
        """Return the requests about a channel that went to another server than the channel's, and how many were right.

        The requests so far are forgotten.
        """
        homes = dict(self.here.journal("SELECT id, server FROM leg"))
        wrong, right = [], 0
        for server, proxy in self.proxies.items():
            asked, proxy.requests = proxy.requests, []
            for one in asked:
                found = {homes[name] for part in IN_ID.split(one) if (name := unquote(part)) in homes}
                right += found == {server}
                wrong += [f"{server} got {one}"] if found - {server} else []
        return wrong, right

    async def _left(self, look: Callable[[], Awaitable[list[str]]]) -> list[str]:
        left: list[str] = []

        async def none() -> bool | None:
            left[:] = await look()
            return not left or None

        with suppress(CannotMeasureError):
            await until(none, "something is left", SETTLED)
        return left

    async def _unknown(self) -> list[str]:
        found = []
        for name in self.here.lab.servers:
            for channel in await self._read(name, "channels"):
                if channel["dialplan"]["exten"] != CONTROL and not channel["name"].startswith("CBAnn/"):
                    found.append(f"{name}: {channel['name']} {channel['id']} {channel['dialplan']['app_name']}")
            for bridge in await self._read(name, "bridges"):
                if bridge["creator"] != "ConfBridge" and bridge["bridge_class"] != "ConfBridge":
                    found.append(f"{name}: bridge {bridge['id']} {bridge['name']} {bridge['creator']}")
        return found

    async def _read(self, server: str, what: str) -> list[dict[str, Any]]:
        ari = self.here.lab.servers[server]["ari"]
        login = {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
        async with self.here.http.get(f"{ari['url']}/{what}", headers=login) as response:
            found: list[dict[str, Any]] = await response.json()
            return found


@asynccontextmanager
async def chaos_stage(folder: Path) -> AsyncIterator[ChaosStage]:
    """Provide the stage, without calls."""
    front = Kamailio(folder, folder / "lab/warmline.toml") if KAMAILIO else None
    settings = f"server_lost_seconds = {LOST_AFTER}\n" + (f'front = "{front.link}"\n' if front else "")
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(stage(folder, agents=AGENTS, settings=settings, in_control=3))
        proxies = {name: await stack.enter_async_context(here.behind_proxy(name)) for name in here.lab.servers}
        if front:
            stack.callback(front.kill)
            front.write()
            await front.start(await here.parties.customer(front.sip))
        yield ChaosStage(here, proxies, front)
