"""The story of the servers' demo: transfers on each server by one agent, then a killed call process.

All times are seconds of CLOCK_MONOTONIC, except those of the journal, which are microseconds UTC.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from lab import app_parts, demo_scene, demo_story, process
from lab.demo_scene import DemoScene
from lab.demo_story import AGENT, DemoLeave
from lab.description import Lab
from lab.sip import CallRefused, Hearing, IncomingCall, SipCall, SipPhone, Span, answer, ring, tones
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState
from warmline.store.database.reading import reading
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS

OTHER = "b"  # the second server
DID = demo_story.DID
ANSWERS_ITSELF = "answer-after=0"  # in the header Call-Info, as in servers.toml
RINGS = 0.5  # seconds until a third party answers
ADOPTED_WITHIN = 10.0
AFTER_KILL = 3.0  # seconds from the kill that are measured
# The comparison on each server: agent, and the tones of the agent and of their customer.
BESIDE = {
    MAIN_SERVER: ("1002", tones.CONTROL_A, tones.CONTROL_B),
    OTHER: ("1003", 3450, 3650),
}
ADOPTIONS = f"""
    SELECT at, payload FROM journal WHERE kind IN ({JOURNAL_KINDS.sql("app.reconciled")}) AND at > :since ORDER BY seq
"""  # noqa: S608 - only a constant of the code


class Voices(NamedTuple):
    """The numbers and the tones of a call's customer and third party."""

    customer: str
    customer_hz: int
    third: str
    third_hz: int


FIRST = Voices("493012345678", tones.CUSTOMER, "4930555123", tones.THIRD)
CROSSED = Voices("493012345679", tones.CLOSER, "4930555124", tones.CONTROL_THIRD)
KILLED = Voices("493012345680", 1750, "4930555125", 3550)
THIRDS = {one.third: answer(one.third_hz, after=RINGS) for one in (FIRST, CROSSED, KILLED)}


@dataclass
class DemoCall:
    """A call of the story: its server, and its parties by role."""

    server: str
    parties: dict[str, SipCall]


@dataclass
class DemoKill:
    """The hearing of all calls and of the comparisons after the kill, and the adoptions.

    `adopted` has the seconds from the kill until the calls of each server were adopted.
    """

    talks: list[DemoCall]
    ear: Hearing
    beside: dict[str, Hearing]
    span: Span
    adopted: dict[str, float]


async def open_talks_beside(scene: DemoScene) -> dict[str, Hearing]:
    """Let another customer talk to another agent on each server throughout: their losses come from the machine."""
    beside = {}
    for number, (server, (agent, agent_hz, customer_hz)) in enumerate(BESIDE.items()):
        with at(scene, server).checklist.claim("another customer and another agent talk, for comparison"):
            phone = await log_in(scene, agent, agent_hz)
            trunk = await scene.parties.customer(_sip(scene, server), f"49308765432{number}", customer_hz)
            customer = await trunk.call(DID)
            beside[server] = ear = Hearing({"customer": customer, "agent": await phone.next_call()})
            for one, other in permutations(ear.parties.values()):
                await ear.heard(one, other, customer.began)
    return beside


async def log_in(scene: DemoScene, agent: str, tone: int = tones.AGENT) -> SipPhone:
    """Register the agent's phone at both servers and log the agent in; return the phone when they are READY."""
    account, sip = scene.lab.phones[agent], [one["sip"] for one in scene.lab.servers.values()]
    phone = await scene.parties.phone(account["user"], account["password"], sip[0], tone, _desk_phone, also=sip[1:])
    await asyncio.to_thread(_order_login, scene.lab, agent)
    await demo_scene.until_state(scene, agent, AgentState.READY)
    return phone


def at(scene: DemoScene, place: str) -> DemoScene:
    """Name the server in each claim from now on; return the scene."""
    scene.checklist.place = f"{place}: " if place else ""
    return scene


async def call_in(scene: DemoScene, server: str, phone: SipPhone, voices: Voices) -> tuple[SipCall, IncomingCall]:
    """Let a customer dial the DID at a server, which rings the agent's phone; return both calls."""
    with scene.checklist.claim(
        f"a customer dials {DID}; this server calls the phone of agent {AGENT}, which answers by itself; "
        "customer and agent hear each other"
    ) as claim:
        trunk = await scene.parties.customer(_sip(scene, server), voices.customer, voices.customer_hz)
        customer = await trunk.call(DID)
        agent = await phone.next_call()
        await agent.answered()
        ear = Hearing({"customer": customer, "agent": agent})
        pairs = [(customer, agent), (agent, customer)]
        heard = max([await ear.heard(one, other, customer.began) for one, other in pairs])
        claim.holds = _server_of(agent) == _sip(scene, server) and await demo_story.talk(ear, pairs)
        claim.measured = f"{(heard - customer.began) * 1000:.0f} ms after INVITE; the phone was called by {server}"
        return customer, agent


async def three_way(scene: DemoScene, server: str, phone: SipPhone, voices: Voices) -> DemoCall:
    """Let a customer reach the agent, who adds a third party."""
    customer, agent = await call_in(scene, server, phone, voices)
    third = await demo_story.bring_in(scene, agent, customer, voices.third)
    return DemoCall(server, {"customer": customer, "third": third, "agent": agent})


async def leave(scene: DemoScene, talk: DemoCall, beside: Hearing) -> DemoLeave:
    """Let the agent leave; customer and third party talk on."""
    parties = talk.parties
    left = await demo_story.leave(scene, parties["agent"], parties["customer"], parties["third"], beside)
    del parties["agent"]
    return left


async def kill_call_process(scene: DemoScene, talks: list[DemoCall], beside: dict[str, Hearing]) -> DemoKill:
    """DemoKill the process that has the calls, and listen while the app starts it again and adopts the calls."""
    ear = Hearing({f"{role} of call {n}": call for n, one in enumerate(talks, 1) for role, call in one.parties.items()})
    with scene.checklist.claim("the parties of each call hear each other"):
        for talk in talks:
            for one, other in permutations(talk.parties.values(), 2):
                await ear.heard(one, other, time.monotonic())
    with scene.checklist.claim("the call process is killed (SIGKILL) during a three-way") as claim:
        pid, at_kill = app_parts.pid_of(scene.lab.pids["warmline"], "calls"), time.time_ns() // 1000
        await asyncio.to_thread(process.kill, pid)
        dead = time.monotonic()
        claim.measured = f"process {pid}"
    with scene.checklist.claim("it starts again, and adopts the calls of both servers") as claim:
        adopted = await demo_scene.until(
            lambda: _adopted(scene.lab, at_kill), ADOPTED_WITHIN, "the calls of a server are not adopted"
        )
        claim.measured = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in adopted.items()) + " after the kill"
        span = await ear.listen(AFTER_KILL, dead)
        for room in beside.values():
            await room.listen(AFTER_KILL, dead)
    return DemoKill(talks, ear, beside, span, adopted)


async def hang_up(scene: DemoScene, talks: list[DemoCall]) -> None:
    """Let the customers of all calls hang up; each call ends on its server."""
    with scene.checklist.claim("the customers hang up; all third parties are hung up on their servers") as claim:
        for talk in talks:
            await talk.parties["customer"].hang_up()
            await talk.parties["third"].ended()
        found = await demo_scene.until(lambda: _ends(scene.lab, len(talks)), 5, "a call's record has no end")
        claim.holds = found == [(one.server, "customer") for one in talks]
        claim.measured = ", ".join(f"on {server}: ended by {by}" for server, by in found)


async def _desk_phone(call: IncomingCall) -> None:
    """Answer at once if the headers of the call ask for that, as desk phones do; otherwise ring."""
    by_itself = ANSWERS_ITSELF in str(call.invite.headers["Call-Info"])
    await (answer() if by_itself else ring())(call)


def _order_login(lab: Lab, agent: str) -> None:
    """Log an agent in over the JSON API. Raises CallRefused with the reason."""
    token = (Path(lab.dir) / "run/token").read_text().strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = Request(f"{lab.api}/api/v1/agents/{agent}/login", b"{}", headers)  # noqa: S310 - our own app, on loopback
    try:
        urlopen(request, timeout=10).close()  # noqa: S310 - as above
    except HTTPError as error:
        raise CallRefused(f"agent {agent} is not logged in: {error.read().decode()}") from None


def _adopted(lab: Lab, since: int) -> dict[str, float] | None:
    """Return the seconds until each server was adopted, once all are."""
    with reading(lab.db) as connection:
        found = connection.execute(ADOPTIONS, {"since": since}).fetchall()
    adopted: dict[str, float] = {}
    for row in found:
        server = json.loads(row["payload"])["input"].get("server", MAIN_SERVER)
        adopted.setdefault(server, (row["at"] - since) / 1e6)
    return adopted if set(lab.servers) <= set(adopted) else None


def _ends(lab: Lab, count: int) -> list[tuple[str, str]] | None:
    """Return server and end of the calls with a third party, in the order of their arrival, once all have ended."""
    numbers = [one.customer for one in (FIRST, CROSSED, KILLED)][:count]
    with reading(lab.db) as connection:
        found = [
            connection.execute(
                "SELECT server, ended_by FROM call WHERE number = ? AND ended IS NOT NULL", (number,)
            ).fetchone()
            for number in numbers
        ]
    return None if None in found else [(row["server"], row["ended_by"]) for row in found]


def _sip(scene: DemoScene, server: str) -> str:
    return scene.lab.servers[server]["sip"]


def _server_of(call: IncomingCall) -> str:
    """Return the HOST:PORT of the server that sent an INVITE."""
    contact = call.invite.contact[0].uri
    return f"{contact.host}:{contact.port}"
