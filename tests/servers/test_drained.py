"""`b` drains under two calls a second, its Asterisk is restarted when it is empty, and it takes calls again."""

import asyncio
import json
import os
import subprocess
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from lab.sip import Hearing, Span
from tests.front.kamailio_stage import KAMAILIO, Kamailio
from tests.servers.servers_stage import LOST, ServersStage, ThreeWay, has_left, pairs, stage
from tests.soak import soaking
from tests.warm_app import WARMLINE
from tools.bench.tools.bench_lab import until
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/core/servers simulates it")

AGENTS = 10
EVERY = 0.5  # seconds between two callers
TALKS = 1.5  # seconds
SERVED = 30.0  # seconds until a caller has an agent on a busy machine
SELDOM = 2  # calls in which a busy machine may lose packets that it did not cost the control
LOST_CALLS = "SELECT number, ended_by FROM call WHERE ended IS NULL OR ended_by NOT IN ('customer', 'third')"
ON_B = "SELECT number FROM call WHERE server = 'b' AND arrived > ?"


class Talk(NamedTuple):
    """A caller's talk with an agent: the server, and the packets lost by it and by the server's control."""

    server: str
    began: float
    lost: int
    control: int


class Callers:
    """Callers who come without end, by the front or by the carrier's list of servers, talk and hang up."""

    def __init__(self, here: ServersStage, front: Kamailio | None) -> None:
        self.here, self.front = here, front
        self.listed = list(here.lab.servers)  # those to which the carrier sends calls, without a front
        self.talks: list[Talk] = []
        self._sips = {one["sip"]: name for name, one in here.lab.servers.items()}
        self._open: set[asyncio.Task[None]] = set()
        self._number = count()

    async def come(self) -> None:
        """Let a caller come twice a second, without end."""
        while True:
            self._open.add(asyncio.create_task(self._one()))
            await asyncio.sleep(EVERY)

    async def until_done(self) -> None:
        """Wait until the callers who have come have talked. Raises what any of them failed by."""
        await asyncio.gather(*self._open)

    async def until_on(self, server: str, since: float, wanted: int) -> None:
        """Wait until this number of callers who came after `since` have talked on a server."""

        async def look() -> bool | None:
            found = [talk for talk in self.talks if talk.server == server and talk.began > since]
            return len(found) >= wanted or None

        await until(look, f"no {wanted} callers talk on {server}", SERVED)

    async def _one(self) -> None:
        here = self.here
        to = self.listed[next(self._number) % len(self.listed)]
        customer = await here.comes_to(self.front.sip if self.front else here.lab.servers[to]["sip"], 2)
        user, agent = await here.rung_for(customer, SERVED)
        ear = Hearing({"customer": customer, "agent": agent})
        await ear.heard(customer, agent, customer.began)
        await ear.heard(agent, customer, customer.began)
        span = await ear.listen(TALKS)
        for one, other in ((customer, agent), (agent, customer)):
            assert ear.hears(one, other, *span), f"{ear.name(one)} does not hear {ear.name(other)}"
        contact = agent.invite.contact[0].uri
        server = self._sips[f"{contact.host}:{contact.port}"]
        lost = await here.lost_on(server, span, (customer, agent))
        self.talks.append(Talk(server, customer.began, *lost))
        await customer.hang_up()
        await here.agent_is(user, "DISPO")
        await here.wrap_up(user)


def test_a_drained_server_is_emptied_restarted_and_used_again_without_a_lost_call(short_path: Path) -> None:
    async def main() -> tuple[str, list[Talk]]:
        front = Kamailio(short_path, short_path / "lab/warmline.toml") if KAMAILIO else None
        settings = f'front = "{front.link}"\n' if front else ""
        async with stage(short_path, agents=AGENTS, settings=settings, in_control=3) as here:
            try:
                if front:
                    front.write()
                    await front.start(await here.parties.customer(front.sip))
                return here.lab.db, await drained(here, Callers(here, front))
            finally:
                if front:
                    front.kill()

    database, talks = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []
    losses = [(talk.lost, talk.control) for talk in talks if talk.lost]
    print(f"{len(talks)} callers talked; packets lost by them and by the control at the same time: {losses}")
    assert sum(lost > control + LOST for lost, control in losses) <= SELDOM


async def drained(here: ServersStage, callers: Callers) -> list[Talk]:
    """Drain b with a three-way on each server under the callers, restart its Asterisk, and resume it."""
    on_main, on_b = await asyncio.gather(here.three_way(MAIN_SERVER, 0), here.three_way("b", 1))
    coming, since = asyncio.create_task(callers.come()), time.monotonic()
    await callers.until_on("b", since, 2)
    await command(here, "server", "drain", "b")
    callers.listed.remove("b")
    told, at = time.monotonic(), time.time_ns() // 1000
    await callers.until_on(MAIN_SERVER, told, 4)
    await ends(here, on_b)

    async def empty() -> float | None:
        rows = json.loads(await command(here, "server", "list", "--json"))
        [calls] = [row["calls"] for row in rows if row["name"] == "b"]
        return time.monotonic() - told if calls == 0 else None

    print(f"b is empty {await until(empty, 'b is not empty', SERVED):.1f} s after the drain")
    for call in here.controls["b"]:
        await call.hang_up()
    await here.restart_server("b")
    assert here.journal(ON_B, at) == [], "callers who came to b while it drained"
    await command(here, "server", "resume", "b")
    callers.listed.append("b")
    resumed = time.monotonic()
    await callers.until_on("b", resumed, 3)
    coming.cancel()
    await callers.until_done()
    await judged(here, on_main, Span(told, time.monotonic()))
    await ends(here, on_main)
    assert here.journal(LOST_CALLS) == []
    return callers.talks


async def ends(here: ServersStage, room: ThreeWay) -> None:
    """Let the agent leave a three-way call, whose others then hear each other and hang up."""
    has_left(room, await here.leave(Hearing(room.parties), room))
    await here.finish(room)


async def judged(here: ServersStage, room: ThreeWay, span: Span) -> None:
    """Check that all of a three-way call heard each other all the time, and lost no more than the control."""
    ear = Hearing(room.parties)
    span = await ear.listen(span.until - span.since, span.since)
    every = list(pairs(room.parties))
    silent = [f"{ear.name(one)} of {ear.name(other)}" for one, other in every if not ear.hears(one, other, *span)]
    assert silent == [], "not heard"
    lost = await here.lost(room, span, *every)
    print(f"three-way on {room.server}, {span.until - span.since:.0f} s: {lost}")
    assert lost.beyond(span) == 0


async def command(here: ServersStage, *words: str) -> str:
    """Run `warmline` with these words beside the lab's app; return what it prints."""
    environment = os.environ | {"WARMLINE_CONFIG": f"{here.lab.dir}/warmline.toml"}
    run = partial(subprocess.run, env=environment, check=True, capture_output=True, text=True)
    return str((await asyncio.to_thread(run, [WARMLINE, *words])).stdout)
