"""A lab with several Asterisks, on-hook agents whose phones answer at once, and a room on each that is a control.

Every party plays its own tone. The packets that arrive at its port decide whom it hears.
"""

import asyncio
import json
import math
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from lab import app_parts, instance, process, server_faults
from lab.description import Lab
from lab.sip import Behaviour, Hearing, IncomingCall, Parties, SipCall, SipPhone, Span, answer, ring
from tools.bench.tools.bench_lab import until
from tools.simulation.asterisk.ari_proxy import Proxy
from warmline.core.messages.values.server_action import MAIN_SERVER

AUTO_ANSWER = "<sip:pbx>;answer-after=0"  # of the header Call-Info
CHANGES = f"""
[campaign.TESTCAMP]
phone_headers = "Call-Info: {AUTO_ANSWER}"
login_state = "READY"
"""
DID, CONTROL = "8005550100", "8005559001"
ANSWERS, RINGS = "49305", "49306"  # the first digits of third parties; the last four are the tone
OWN_DIALPLAN = f"""
[from-trunk](+)
exten => {CONTROL},1,Answer()
 same => n,Set(CONFBRIDGE(user,quiet)=yes)
 same => n,ConfBridge(control)
"""
WITHIN = 10.0  # seconds
AFTER = 1.0  # seconds that are listened to after a leave
LOST = 2  # packets of 20 ms that a busy machine may cost two undisturbed parties, as in the scenarios
PERIOD = 5.0  # seconds of a longer time in which it may cost them as many again
# The tones of a customer, an agent and a third party, and those of a server's control.
TONES = ((1950, 2150, 2450), (2650, 2850, 3050), (1750, 3550, 2350))
CONTROL_TONES = ((3250, 3450, 2250), (1850, 3650, 2750))


class Lost(NamedTuple):
    """Packets of a period that a party spoke and another one never heard, in the direction that lost most.

    `call` is that of the call, `control` that of the server's control at the same time.
    """

    call: int
    control: int

    def beyond(self, span: Span) -> int:
        """Return the packets of this time that the call lost beyond the control and what a busy machine costs."""
        return max(0, self.call - self.control - LOST * math.ceil((span.until - span.since) / PERIOD))


class ThreeWay(NamedTuple):
    """A customer, the agent whose phone was rung for them, and a third party, all on one server.

    `voices` is the place of their tones in TONES.
    """

    server: str
    voices: int
    user: str
    customer: SipCall
    agent: SipCall
    third: SipCall

    @property
    def parties(self) -> dict[str, SipCall]:
        """Return the three calls by their roles, with the place of their tones."""
        named = {"customer": self.customer, "agent": self.agent, "third": self.third}
        return {f"{role} {self.voices}": call for role, call in named.items()}


class ServersStage:
    """The lab `lab`, its parties, and the commands of its agents."""

    def __init__(self, folder: Path, parties: Parties, http: aiohttp.ClientSession) -> None:
        self.folder, self.parties, self.http = folder, parties, http
        self.lab: Lab
        self.auto_answer = True  # phones answer at once if the call asks for that; otherwise they ring
        self.in_control = 2  # callers, at most 3
        self.controls: dict[str, tuple[SipCall, ...]] = {}
        self._numbers = count(1)
        self._phones: list[SipPhone] = []
        self._agent_tones: dict[str, int] = {}  # by the number of the customer
        self._came: dict[str, asyncio.Future[tuple[str, IncomingCall]]] = {}

    async def begin(self, servers: int, agents: int, settings: str, campaign: str) -> None:
        """Start the lab, with these lines in its settings and in its campaign, and log the agents in."""
        changes = self.folder / "changes.toml"
        users = [str(1000 + n) for n in range(agents)]
        changes.write_text(CHANGES + campaign + "".join(f'[agent.{user}]\nphone_mode = "on_hook"\n' for user in users))
        peer = await self.parties.peer(self._third)
        up = (self.folder / "lab", peer.trunk, changes)
        self.lab = await asyncio.to_thread(instance.up, *up, servers=servers)
        if settings:
            file = Path(self.lab.dir) / "warmline.toml"
            file.write_text(settings + file.read_text())
            self.lab = await asyncio.to_thread(instance.restart_app, self.folder / "lab")
        (Path(self.lab.dir) / "own.conf").write_text(OWN_DIALPLAN)
        for one in self.lab.servers.values():
            reload = [*one["asterisk_cli"], "dialplan reload"]
            await asyncio.to_thread(subprocess.run, reload, check=True, capture_output=True)
        for server in self.lab.servers:
            self.controls[server] = await self._control(server)
        for user in users:
            await self.log_in(user)

    async def log_in(self, user: str) -> None:
        """Register the agent's phone at each server, log the agent in, and wait until they are READY."""
        main, *others = [one["sip"] for one in self.lab.servers.values()]
        password = self.lab.phones[user]["password"]
        self._phones.append(await self.parties.phone(user, password, main, behave=self._called(user), also=others))
        assert await self.order(f"agents/{user}/login") == ""
        await self.agent_is(user, "READY")

    async def three_way(self, server: str, voices: int) -> ThreeWay:
        """Let a customer call a server; return when customer, agent and third party hear each other.

        Each call that is open at once needs other `voices`.
        """
        user, customer, agent = await self.talking(server, voices)
        third = await self.dial_third(user, voices)
        room = ThreeWay(server, voices, user, customer, agent, third)
        since, ear = await third.answered(WITHIN), Hearing(room.parties)
        for one, other in pairs(room.parties):
            await ear.heard(one, other, since)
        return room

    async def dial_third(self, user: str, voices: int, rings: bool = False) -> IncomingCall:
        """Let an agent dial a third party with their customer; return its call once it is there."""
        number = f"{RINGS if rings else ANSWERS}{next(self._numbers):03}{TONES[voices][2]}"
        self._came[number] = asyncio.get_running_loop().create_future()
        await self.command(user, "DIAL_WITH_CUSTOMER", phone_number=number)
        async with asyncio.timeout(WITHIN):
            _, third = await self._came[number]
        return third

    async def comes(self, server: str, voices: int) -> SipCall:
        """Let a customer call a server; return their call."""
        return await self.comes_to(self.lab.servers[server]["sip"], voices)

    async def comes_to(self, sip: str, voices: int) -> SipCall:
        """Let a customer call this HOST:PORT, such as a front's; return their call."""
        number, tones = f"3125550{next(self._numbers):03}", TONES[voices]
        self._came[number], self._agent_tones[number] = asyncio.get_running_loop().create_future(), tones[1]
        customer = await self.parties.customer(sip, number, tones[0])
        return await customer.call(DID)

    async def rung_for(self, customer: SipCall, within: float = WITHIN) -> tuple[str, IncomingCall]:
        """Return the agent whose phone is called for a customer, and the call of the phone."""
        number = customer.party.user
        try:
            async with asyncio.timeout(within):
                return await self._came[number]
        except TimeoutError:
            calls = self.journal("SELECT id, state, agent, ended_by, why FROM call WHERE number = ?", number)
            agents = {one["user"]: one["state"] for one in await self.document("agents") or ()}
            kinds = self.journal("SELECT kind, payload FROM journal ORDER BY seq DESC LIMIT 12")
            raise TimeoutError(f"no phone rang for {number}: {calls}; agents: {agents}; journal: {kinds}") from None

    async def talking(self, server: str, voices: int) -> tuple[str, SipCall, IncomingCall]:
        """Let a customer call a server, and wait until an agent's phone has answered; return agent and calls."""
        call = await self.comes(server, voices)
        user, agent = await self.rung_for(call)
        ear = Hearing({"customer": call, "agent": agent})
        await ear.heard(call, agent, call.began)
        await ear.heard(agent, call, call.began)
        assert _server_of(agent) == self.lab.servers[server]["sip"], "the phone was rung by the customer's server"
        return user, call, agent

    async def command(self, user: str, value: str, function: str = "transfer_conference", **fields: str) -> None:
        """Give a command by the agent API, and check that it succeeds."""
        answer = await self.ask(user, function, value, **fields)
        assert answer.startswith("SUCCESS"), answer

    async def ask(self, user: str, function: str, value: str, **fields: str) -> str:
        """Return the answer of the agent API."""
        return await self.ask_at(self.lab.api, user, function, value, **fields)

    async def ask_at(self, api: str, user: str, function: str, value: str, **fields: str) -> str:
        """Return the answer of the agent API of the app at this address."""
        query = {"source": "test", **self.lab.api_user, "agent_user": user, "function": function, "value": value}
        async with self.http.get(f"{api}/agc/api.php", params=query | fields) as response:
            return (await response.text()).strip()

    async def leave(self, ear: Hearing, *rooms: ThreeWay) -> Span:
        """Let the agents of these calls leave at once; return the time until some time after, which was heard."""
        since = time.monotonic()
        await asyncio.gather(*(self.command(room.user, "LEAVE_3WAY_CALL") for room in rooms))
        return await ear.listen(time.monotonic() + AFTER - since, since)

    async def wrap_up(self, user: str) -> None:
        """Let an agent give a disposition; return when they are READY."""
        await self.command(user, "SALE", "external_status")
        await self.agent_is(user, "READY")

    async def order(self, path: str, **body: str) -> str:
        """Give a command with this body by the JSON API; return "" when it is done, otherwise the reason."""
        async with self.http.post(f"{self.lab.api}/api/v1/{path}", json=body, headers=self._token()) as response:
            return "" if response.status == 201 else str((await response.json())["detail"])

    async def document(self, name: str) -> Any:
        """Return a document of the JSON API; None while the app does not answer."""
        try:
            async with self.http.get(f"{self.lab.api}/api/v1/{name}", headers=self._token()) as response:
                return await response.json() if response.status == 200 else None
        except aiohttp.ClientError:
            return None

    async def state(self, room: ThreeWay) -> str:
        """Return the state of a call in the live list, "" if it is not there."""
        number = room.customer.party.user
        return next((str(one["state"]) for one in await self.document("calls") or () if one["customer"] == number), "")

    async def agent_is(self, user: str, state: str, within: float = WITHIN) -> float:
        """Wait until an agent has a state; return the time."""

        async def look() -> float | None:
            found = {one["user"]: one["state"] for one in await self.document("agents") or ()}
            return time.monotonic() if found.get(user) == state else None

        return await until(look, f"agent {user} is not {state}", within)

    async def follows(self, *servers: str, within: float = WITHIN) -> float:
        """Wait until the app is connected to each of these servers; return the time."""

        async def look() -> float | None:
            found = await asyncio.gather(*map(self._follows, servers))
            return time.monotonic() if all(found) else None

        return await until(look, f"the app does not follow {', '.join(servers)}", within)

    async def adopted_after(self, since: int, *servers: str) -> float:
        """Wait until the calls of these servers, or of all, are adopted after this time (microseconds UTC).

        Returns the seconds until the last one, by the times in the journal.
        """
        wanted = set(servers or self.lab.servers)

        async def look() -> float | None:
            rows = self.journal("SELECT at, payload FROM journal WHERE kind = 'app.reconciled' AND at > ?", since)
            done = {json.loads(payload)["input"].get("server", MAIN_SERVER): at for at, payload in rows[::-1]}
            return (max(done.values()) - since) / 1e6 if wanted <= set(done) else None

        return await until(look, "the servers are not adopted", WITHIN)

    def journal(self, sql: str, *values: object) -> list[Any]:
        """Return the rows of a query of the database."""
        with closing(sqlite3.connect(f"file:{self.lab.db}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    async def _follows(self, server: str) -> bool:
        ari = self.lab.servers[server]["ari"]
        login = {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
        try:
            async with self.http.get(f"{ari['url']}/applications/warmline", headers=login) as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    @property
    def call_process(self) -> int:
        """The pid of the app's part that owns the calls."""
        return app_parts.pid_of(self.lab.pids["warmline"], "calls")

    async def kill_call_process(self) -> float:
        """Kill the call process by SIGKILL; return the time at which it is dead."""
        await asyncio.to_thread(process.kill, self.call_process)
        return time.monotonic()

    async def kill_server(self, server: str) -> float:
        """Kill the Asterisk of a server by SIGKILL; return the time at which it is dead."""
        await asyncio.to_thread(server_faults.kill, self.lab, server)
        return time.monotonic()

    async def restart_server(self, server: str) -> None:
        """Start the Asterisk of a server again, with its control, and wait until the app is connected."""
        self.lab = await asyncio.to_thread(instance.restart_asterisk, self.folder / "lab", server)
        await asyncio.gather(self.follows(server), *(phone.register() for phone in self._phones))
        self.controls[server] = await self._control(server)

    @asynccontextmanager
    async def behind_proxy(self, server: str) -> AsyncIterator[Proxy]:
        """Lead the app's connection to the gate of a server through a proxy; the app is restarted for that."""
        settings, gate = Path(self.lab.dir) / "warmline.toml", self.lab.servers[server]["gate"]
        named = f'gate = "{gate}"' if server == MAIN_SERVER else f'"http://{gate}/ari"'
        async with Proxy(int(gate.rpartition(":")[2])) as proxy:
            text = settings.read_text()
            assert named in text
            settings.write_text(text.replace(named, named.replace(gate, f"127.0.0.1:{proxy.port}")))
            self.lab = await asyncio.to_thread(instance.restart_app, self.folder / "lab")
            await self.follows(*self.lab.servers)
            yield proxy

    async def lost(self, room: ThreeWay, span: Span, *pairs: tuple[SipCall, SipCall]) -> Lost:
        """Return the packets lost between these pairs of a call, and by the server's control."""
        return await self.lost_on(room.server, span, *pairs)

    async def lost_on(self, server: str, span: Span, *both: tuple[SipCall, SipCall]) -> Lost:
        """Return the packets lost between these pairs of calls on a server, and by its control."""
        control = named(self.controls[server])
        ear = Hearing(control)
        await ear.listen(span.until - span.since, span.since)
        return Lost(
            max(ear.unheard(one, other, *span) for pair in both for one, other in (pair, pair[::-1])),
            max(ear.unheard(one, other, *span) for one, other in pairs(control)),
        )

    async def _control(self, server: str) -> tuple[SipCall, ...]:
        """Bring callers of a server together in a room that the app does not know."""
        tones = CONTROL_TONES[list(self.lab.servers).index(server)][: self.in_control]
        sip, calls = self.lab.servers[server]["sip"], []
        for tone in tones:
            party = await self.parties.customer(sip, f"3125559{next(self._numbers):03}", tone)
            calls.append(await party.call(CONTROL))
            await calls[-1].answered()
        ear = Hearing(control := named(calls))
        for one, other in pairs(control):
            await ear.heard(one, other, one.began)
        return tuple(calls)

    def _called(self, user: str) -> Behaviour:
        """Return the behaviour of an agent's phone: it answers at once if the headers of the call ask for that."""

        async def behave(call: IncomingCall) -> None:
            customer = call.caller.uri.user or ""
            at_once = self.auto_answer and call.invite.headers["Call-Info"] == AUTO_ANSWER
            await (answer(self._agent_tones.get(customer)) if at_once else ring())(call)
            self._tell(customer, user, call)

        return behave

    def _third(self, number: str) -> Behaviour:
        """Return the behaviour of a third party, whose number ends with its tone."""

        async def behave(call: IncomingCall) -> None:
            await (ring() if number.startswith(RINGS) else answer(int(number[-4:])))(call)
            self._tell(number, "", call)

        return behave

    def _tell(self, number: str, user: str, call: IncomingCall) -> None:
        if (waiting := self._came.get(number)) and not waiting.done():
            waiting.set_result((user, call))

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {(Path(self.lab.dir) / 'run/token').read_text().strip()}"}


@asynccontextmanager
async def stage(
    folder: Path, servers: int = 2, agents: int = 2, settings: str = "", campaign: str = "", in_control: int = 2
) -> AsyncIterator[ServersStage]:
    """Provide a lab with several servers and ready agents; end all of it at the end."""
    async with Parties(turning=True) as parties, aiohttp.ClientSession() as http:
        opened = ServersStage(folder, parties, http)
        opened.in_control = in_control
        try:
            await opened.begin(servers, agents, settings, campaign)
            yield opened
        finally:
            if (folder / "lab/warmline.toml").exists():
                await asyncio.to_thread(instance.down, folder / "lab")
            parties.server_ended()


def named(control: Iterable[SipCall]) -> dict[str, SipCall]:
    """Return the callers of a control by names."""
    return {f"control {number}": call for number, call in enumerate(control)}


def pairs(parties: dict[str, SipCall]) -> Iterator[tuple[SipCall, SipCall]]:
    """Yield each two different parties, in both orders."""
    yield from ((one, other) for one in parties.values() for other in parties.values() if one is not other)


def hear_each_other(room: ThreeWay, others: ThreeWay, span: Span) -> None:
    """Check that in this time all of a call hear each other, and no party of the other call."""
    ear = Hearing(room.parties | others.parties)
    for one, other in pairs(room.parties):
        assert ear.hears(one, other, *span), f"{ear.name(one)} does not hear {ear.name(other)}"
    for one in room.parties.values():
        for other in others.parties.values():
            assert ear.silent_of(one, other, *span), f"{ear.name(one)} hears {ear.name(other)}"


def has_left(room: ThreeWay, span: Span) -> None:
    """Check that at the end of this time customer and third party hear each other, and no longer the agent."""
    ear, end = Hearing(room.parties), Span(span.until - AFTER / 2, span.until)
    for one, other in ((room.customer, room.third), (room.third, room.customer)):
        assert ear.hears(one, other, *end), f"{ear.name(one)} does not hear {ear.name(other)}"
        assert ear.silent_of(one, room.agent, *end), f"{ear.name(one)} hears {ear.name(room.agent)}"


def _server_of(call: IncomingCall) -> str:
    contact = call.invite.contact[0].uri
    return f"{contact.host}:{contact.port}"
