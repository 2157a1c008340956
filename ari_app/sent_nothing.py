"""Legs to which Asterisk sends nothing: when a room is mixed for the second time, whoever is in it is looked at.

Two people's packets are handed on as they are; what three hear is mixed. When mixing ends, a packet that is still on
its way may leave its number with how its listener's sound is translated. Debian's Asterisk takes what it mixes later,
which has no numbers, for late packets then, and drops all of it: he hears nobody until he comes in anew.
"""

import asyncio
from collections.abc import Callable

import msgspec

from warmline.ari_app.asterisk import answers
from warmline.ari_app.asterisk.client import AriError, Client
from warmline.core.call.call import Call
from warmline.core.events import (
    BridgeGone,
    Event,
    LegJoined,
    LegLeft,
    LegSentNothing,
    RecordingFinished,
    RecordingStarted,
)
from warmline.core.leg import Leg, Phase
from warmline.core.world import World

MIXED = 3  # members from which on a room is mixed: who plays or records something there is one
SETTLED = 0.1  # seconds until the core knows it, and mixing has begun
FOR = 0.2  # seconds in which everybody is sent some packets
LOOKS = 3  # at most, if Asterisk sends nobody any


class _Statistics(msgspec.Struct):
    txcount: int


class SentNothing:
    """What is found comes by `post`."""

    def __init__(self, client: Client, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._client = client
        self._world = world
        self._post = post
        self._mixing: dict[str, bool] = {}  # rooms that are mixed, or were
        self._told: dict[str, set[str]] = {}  # of whom there: once, in case that something else keeps it from him
        self._looking: dict[str, asyncio.Task[None]] = {}

    def heard(self, event: Event) -> None:
        """By this a room may begin to be mixed, or cease."""
        match event:
            case LegJoined(_, room) | LegLeft(_, room) if room.startswith("room-"):
                self._later(room)
            case RecordingStarted(name) | RecordingFinished(name):
                if file := self._world().recordings.get(name):
                    self._later(f"room-{file.call}")
            case BridgeGone(room):
                self._forget(room)

    def _later(self, room: str) -> None:
        asyncio.get_running_loop().call_later(SETTLED, self.consider, room)

    def consider(self, room: str) -> "asyncio.Task[None] | None":
        """Begin to look at who is there, if it is mixed again by now."""
        call = self._call(room)
        if call is None:
            self._forget(room)
            return None
        mixed, before = self._members(call) >= MIXED, self._mixing.get(room)
        again = before is False or (before is None and (call.had_music or call.audios > 0))
        if mixed:
            self._mixing[room] = True
            if again and room not in self._looking:
                self._looking[room] = task = asyncio.create_task(self._look(room))
                task.add_done_callback(lambda _: self._looking.pop(room, None))
                return task
        elif before:
            self._mixing[room] = False
        return None

    async def _look(self, room: str) -> None:
        for _ in range(LOOKS):
            before = await self._sent(room)
            await asyncio.sleep(FOR)
            now = await self._sent(room)
            nothing = {leg for leg in now if before.get(leg) == now[leg]}
            if len(nothing) < len(now):
                told = self._told.setdefault(room, set())
                for leg in nothing - told:
                    self._post(LegSentNothing(leg, room))
                told |= nothing
                return

    def _forget(self, room: str) -> None:
        self._mixing.pop(room, None)
        self._told.pop(room, None)

    async def _sent(self, room: str) -> dict[str, int]:
        """How many packets each has been sent, where somebody counts them."""
        found: dict[str, int] = {}
        call = self._call(room)
        for leg in self._there(call) if call else ():
            if leg.phase is Phase.UP and not leg.held:
                try:
                    answer = await self._client.request("GET", "channels", leg.id, "rtp_statistics")
                    found[leg.id] = answers.read(answer, _Statistics).txcount
                except AriError:
                    continue
        return found

    def _call(self, room: str) -> Call | None:
        return self._world().calls.get(room.removeprefix("room-"))

    def _there(self, call: Call) -> list[Leg]:
        """Who is in its room."""
        world = self._world()
        agent = world.sessions.get(call.agent or "")
        names = call.customer, call.third, agent.leg if agent else None
        legs = [world.legs[name] for name in names if name in world.legs]
        return [leg for leg in legs if leg.at == call.room_id]

    def _members(self, call: Call) -> int:
        others = call.recording, call.tone, call.music, call.playing_audio
        return len(self._there(call)) + sum(map(bool, others))
