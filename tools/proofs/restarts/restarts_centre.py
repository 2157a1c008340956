"""The lab of the rounds: a call load, a conversation that is listened to, clients, readers and watchers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path

import aiohttp

from lab.folder import SETTINGS
from tools.bench.tools import final_checks
from tools.bench.tools.agent_team import add_phones, agents
from tools.bench.tools.background import Background
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.result import CannotMeasureError
from tools.proofs.restarts import keyed_commands as keyed
from tools.proofs.restarts.command_clients import SentCommands, client
from tools.proofs.restarts.connection_watch import ConnectionWatch
from tools.proofs.restarts.event_followers import EventFollower
from tools.proofs.restarts.heartbeat_watch import HeartbeatWatch
from tools.proofs.restarts.listened_call import AGENT, ListenedCall
from tools.proofs.restarts.live_followers import LiveFollower
from tools.proofs.restarts.working_agents import AGENTS, TEAM, WorkingAgents, working_agents
from warmline.store.database.database import connect
from warmline.system import settings

PROGRAMS = tuple(f"program-{number}" for number in range(1, 6))  # agents of the clients; they get no calls
CLIENTS = "ABCDEF"  # the first letters of the clients' keys
LATER = 60.0  # seconds until all agents are ready, and until all calls have ended
WATCHERS = 3
CHANGES = (
    agents(TEAM, len(AGENTS))
    + "".join(
        f'[phone.{name}]\n[agent.{name}]\nphone = "{name}"\ncampaign = "TESTCAMP"\nphone_mode = "on_hook"\n'
        for name in PROGRAMS
    )
    + f"""
[agent.{AGENT}]
ingroups = "AGENTDIRECT"
[campaign.TESTCAMP]
campaign_recording = "ALLCALLS"
leave_3way_start_recording = "ALL_CALLS"
customer_3way_hangup_action = "DISPO"
customer_3way_hangup_seconds = 1
"""
)
DISPOSED = "SELECT call FROM disposition_entry WHERE agent = ?"


class RestartsCentre:
    """Everything that runs beside the rounds. The clients and the callers end with `finish`."""

    def __init__(
        self, here: BenchLab, http: aiohttp.ClientSession, sent: SentCommands, call: ListenedCall, load: WorkingAgents
    ) -> None:
        self.here, self.http, self.sent, self.call, self.load = here, http, sent, call, load
        self.folder = Path(here.lab.dir)
        host, _, port = here.lab.api.removeprefix("http://").partition(":")
        self.connections = ConnectionWatch(host, int(port))
        self.beat = HeartbeatWatch(f"{self.folder}/run")
        self.events = [EventFollower(http, agent) for agent in ("", "", PROGRAMS[0], PROGRAMS[2], AGENTS[0])]
        self.live = [LiveFollower(http, agent) for agent in ("", PROGRAMS[0], AGENTS[0])]
        self.over = asyncio.Event()
        self.senders: list[asyncio.Task[None]] = []

    async def ready(self) -> None:
        """Wait until the agents of the load are ready, and log the clients' agents in. Raises CannotMeasureError."""

        async def look() -> bool | None:
            async with self.http.get("/api/v1/agents") as answer:
                states = {one["user"]: one["state"] for one in await answer.json()}
            return all(states.get(name) == "READY" for name in AGENTS) or None

        await until(look, "the agents of the load are not ready", LATER)
        for name in PROGRAMS:
            async with self.http.post(f"/api/v1/agents/{name}/login", json={}) as answer:
                if answer.status != 201:
                    raise CannotMeasureError(f"login of {name}: {answer.status} {await answer.text()}")

    async def an_ended_call(self) -> str:
        """Wait until the listened agent's first call has its disposition, which can then be corrected; return it."""

        async def look() -> str | None:
            return next((str(call) for (call,) in self.read(DISPOSED, AGENT)), None)

        return await until(look, "the first call has no disposition")

    def read(self, sql: str, *values: str | int) -> list[tuple[str | int, ...]]:
        """Return rows of the database."""
        with closing(connect(self.here.lab.db)) as db:
            return db.execute(sql, values).fetchall()

    async def orphans(self) -> list[str]:
        """Return what Asterisk has besides the agents on the line and the control."""
        seats = (f"PJSIP/{TEAM}-", f"PJSIP/{AGENT}-")
        return await final_checks.orphans(self.here, seats, self.call.is_control)

    async def finish(self) -> None:
        """End the load and the clients, and wait until no call is open."""
        self.over.set()
        await asyncio.gather(*self.senders)

        async def quiet() -> bool | None:
            return not final_checks.still_open(self.here.lab.db) or None

        with suppress(CannotMeasureError):  # findings name the open ones
            await until(quiet, "not all calls, receipts and recordings are over", LATER)


@asynccontextmanager
async def centre() -> AsyncIterator[RestartsCentre]:
    """Start the lab with everything that runs beside the rounds. Raises LabError, CannotMeasureError, WaitTimeout."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        here = await enter(stage(CHANGES, turning=True))
        fastagi = settings.load({"WARMLINE_CONFIG": f"{here.lab.dir}/{SETTINGS}"}).fastagi
        await here.ari.request("POST", "asterisk/variable", variable="WARMLINE_FASTAGI", value=f"agi://{fastagi}")
        await asyncio.to_thread(add_phones, here, [*AGENTS, *PROGRAMS])
        sent = SentCommands()
        kept, fresh = await enter(client(here.lab, sent)), await enter(client(here.lab, sent, fresh=True))
        load = await enter(working_agents(here, fresh))
        call = ListenedCall(here, fresh)
        token = (Path(here.lab.dir) / "run/token").read_text().strip()
        http = await enter(aiohttp.ClientSession(here.lab.api, headers={"Authorization": f"Bearer {token}"}))
        found = RestartsCentre(here, http, sent, call, load)
        await found.ready()
        await call.open()
        await call.begin()
        await call.end()
        streams = (
            (kept, keyed.pauses_as_json("A", PROGRAMS[0])),
            (fresh, keyed.pauses_as_json("B", PROGRAMS[1])),
            (kept, keyed.pauses_as_form("C", PROGRAMS[2])),
            (fresh, keyed.pauses_as_form("D", PROGRAMS[3])),
            (kept, keyed.new_leads("E", PROGRAMS[4])),
            (fresh, keyed.corrections("F", await found.an_ended_call())),
        )
        watching = await enter(Background())
        runs = [one.run for one in (*found.events, *found.live)] + [found.connections.run] * WATCHERS
        for run in (found.beat.run, *runs):
            watching.start(run())
        found.senders = [asyncio.create_task(sender.run(commands, found.over)) for sender, commands in streams]
        found.senders.append(asyncio.create_task(load.run(found.over)))
        try:
            yield found
        finally:
            for task in found.senders:
                task.cancel()
            await asyncio.gather(*found.senders, return_exceptions=True)
