"""Calls through a lab that a program of another environment runs: who talks to whom, and what they lose."""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager, closing
from itertools import permutations
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

from lab.app_parts import children
from lab.description import Lab
from lab.sip import Hearing, Parties, SipCall, Span, TrunkPeer, WaitTimeout, answer, tones
from lab.sip.hearing import sequence_gaps
from tests.audio_first import audio_first, in_real_time
from tests.package.installed_wheel import run

DID, THIRD = "8005550100", "4930555123"
WITHIN, MOMENT = 10.0, 0.05  # seconds


class Losses(NamedTuple):
    """Packets that were lost in `seconds`.

    `gaps` were sent by Asterisk and did not arrive, in all calls. `unheard` were said by a party and never heard by
    another one, in the worst pair. `late` is the number that the test itself sent late, because the machine was busy.
    """

    gaps: int
    unheard: int
    late: int
    seconds: float


class Room:
    """Parties that talk to each other in one call."""

    def __init__(self, lines: Mapping[str, SipCall]) -> None:
        self.lines = dict(lines)
        self.ear = Hearing(lines)

    async def talks(self) -> None:
        """Wait until each party hears each other one. Raises WaitTimeout."""
        since = time.monotonic()
        for one, other in permutations(self.lines.values(), 2):
            await self.ear.heard(one, other, since)

    def gaps(self, span: Span) -> int:
        """Count the packets that Asterisk sent and that did not arrive."""
        return sum(sequence_gaps(line.audio.between(*span)) for line in self.lines.values())

    def unheard(self, span: Span) -> int:
        """Count the packets that one party said and another never heard; the worst pair counts."""
        return max(self.ear.unheard(one, other, *span) for one, other in permutations(self.lines.values(), 2))


class CallCentre:
    """A lab of a program, and the parties of its calls."""

    def __init__(self, lab: Lab, parties: Parties, peer: TrunkPeer) -> None:
        self.lab, self.parties, self.peer = lab, parties, peer
        self.rooms: list[Room] = []

    async def pair(self, user: str, number: str) -> Room:
        """Log an agent in, and let a customer call; return when they talk."""
        return await self.call(user, await self.logged_in(user), number)

    async def logged_in(self, user: str) -> SipCall:
        """Log an agent in by phone; return the line."""
        account = self.lab.phones[user]
        phone = await self.parties.phone(user, account["password"], self.lab.sip, tones.AGENT)
        agent = await phone.call(account["login"])
        await agent.answered()
        await self.is_in(user, "READY")
        return agent

    async def call(self, user: str, agent: SipCall, number: str) -> Room:
        """Let a customer call when an agent, the only one, is ready; return when they talk."""
        await self.is_in(user, "READY")
        trunk = await self.parties.customer(self.lab.sip, number, tones.CUSTOMER)
        customer = await trunk.call(DID)
        await customer.answered()
        room = Room({"agent": agent, "customer": customer})
        await room.talks()
        self.rooms.append(room)
        return room

    async def is_in(self, user: str, wanted: str) -> None:
        """Wait until an agent is in a state; any program can read this table. Raises WaitTimeout."""
        state = "SELECT 1 FROM agent_interval WHERE agent = ? AND state = ? AND ended IS NULL"
        limit = time.monotonic() + WITHIN
        with closing(sqlite3.connect(f"file:{self.lab.db}?mode=ro", uri=True)) as database:
            while not database.execute(state, (user, wanted)).fetchone():
                if time.monotonic() > limit:
                    raise WaitTimeout(f"agent {user} is not {wanted} within {WITHIN:g} s")
                await asyncio.sleep(MOMENT)  # a release that is kept may report it in another way

    async def three_way(self, user: str, number: str) -> Room:
        """Let an agent and a customer talk, and bring in a third party; return when all talk."""
        pair = await self.pair(user, number)
        said = await self.ask(user, "transfer_conference", value="DIAL_WITH_CUSTOMER", phone_number=THIRD)
        assert said.startswith("SUCCESS"), said
        third = await self.peer.next_call()
        await third.answered()
        room = Room({**pair.lines, "third": third})
        await room.talks()
        self.rooms[-1] = room
        return room

    async def ask(self, user: str, function: str, **parameters: str) -> str:
        """Return the agent API's answer to an agent's command."""
        known = self.lab.api_user
        query = {"source": "test", "user": known["user"], "pass": known["pass"], "agent_user": user}
        url = f"{self.lab.api}/agc/api.php?{urlencode(query | {'function': function} | parameters)}"

        def get() -> str:
            with urlopen(url, timeout=15) as response:  # noqa: S310 - the lab's own app, on loopback
                text: str = response.read().decode().strip()
            return text

        return await asyncio.to_thread(get)

    async def during(self, work: Awaitable[None]) -> Losses:
        """Return what all rooms lose while the work is done."""
        rtp, since = self.parties.rtp, time.monotonic()
        rtp.lateness = 0.0
        await work
        span = Span(since, time.monotonic())
        for room in self.rooms:
            await room.ear.listen(span.until - span.since, span.since)
        gaps, unheard = (sum(room.gaps(span) for room in self.rooms), max(room.unheard(span) for room in self.rooms))
        return Losses(gaps, unheard, int(rtp.lateness / tones.PACKET_SECONDS), span.until - span.since)


@asynccontextmanager
async def call_centre(warmline: Path, folder: Path, *options: str) -> AsyncIterator[CallCentre]:
    """Provide a lab of this program in a folder for the time of the block. `options` are those of `warmline lab up`."""
    async with Parties(turning=True) as parties:
        peer = await parties.peer(lambda number: answer())
        command = (warmline, "lab", "up", "--dir", folder, "--trunk", peer.trunk, "--json", *options)
        try:
            started = await asyncio.to_thread(run, *command, folder=folder.parent)
            assert started.returncode == 0, started.stderr
            lab = Lab(**json.loads(started.stdout))
            in_real_time(lab.pids["asterisk"])
            for pid in children(os.getpid()):
                audio_first(pid)
            yield CallCentre(lab, parties, peer)
        finally:
            await asyncio.to_thread(run, warmline, "lab", "down", "--dir", folder, folder=folder.parent)
