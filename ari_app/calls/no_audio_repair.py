"""Legs to which Asterisk sends nothing: when a room is mixed for the second time, whoever is in it is looked at.

Two people's packets are handed on as they are; what three hear is mixed. When mixing ends, a packet that is still on
its way may leave its number with how its listener's sound is translated. Debian's Asterisk takes what it mixes later,
which has no numbers, for late packets then, and drops all of it: he hears nobody until he comes in anew.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from ari_app.asterisk.ari_client import AriClient
from ari_app.asterisk.event_decoding import AUDIO
from ari_app.asterisk.rtp_statistics import packets
from warmline.core.model.actions import MuteInbound, PlayBridgeAudio
from warmline.core.model.call import Call
from warmline.core.model.events import (
    ActionDone,
    AudioEnded,
    BridgeDestroyed,
    Event,
    LegAnswered,
    LegJoined,
    LegLeft,
    LegRinging,
    LegWithoutAudio,
    RecordingFinished,
    RecordingStarted,
)
from warmline.core.model.leg import Leg, Phase
from warmline.core.state.world import World

ULID = 26  # letters of a call's id
MIXED = 3  # members from which on a room is mixed: who plays or records something there is one
BEGUN = 0.1  # seconds until what was asked for by then has begun, or ended
FOR = 0.2  # seconds in which everybody is sent some packets
LOOKS = 3  # at most, if Asterisk sends nobody any
TOLD = 2  # how often, of each: something else may keep it from him


class NoAudioRepair:
    """What is found comes by `post`; the core has handled an event when it has `turned`."""

    def __init__(
        self,
        client: AriClient,
        world: Callable[[], World],
        post: Callable[[Event], None],
        turned: Callable[[], Awaitable[None]],
    ) -> None:
        self._client = client
        self._world = world
        self._post = post
        self._turned = turned
        self._mixing: dict[str, bool] = {}  # rooms that are mixed, or were
        self._told: dict[str, Counter[str]] = {}  # of whom there
        self.considering: dict[str, asyncio.Task[None]] = {}  # by room
        self._again: set[str] = set()  # rooms of which something was heard meanwhile

    def heard(self, event: Event) -> None:
        """By this, which the core has not handled yet, a room may begin to be mixed, or cease."""
        match event:
            case LegJoined(_, room) | LegLeft(_, room):
                self._changes(room)
            case LegRinging(leg) | LegAnswered(leg):  # a ring tone begins, or ends
                if found := self._world().legs.get(leg):
                    self._changes(found.bridge or "")
            case RecordingStarted(name) | RecordingFinished(name):
                if file := self._world().recordings.get(name):
                    self._changes(f"room-{file.call}")
            case ActionDone(
                PlayBridgeAudio(bridge=room)
            ):  # an agent's sound file begins, or the silence of a muted one
                self._changes(room)
            case AudioEnded(audio):
                self._changes(f"room-{audio.removeprefix(AUDIO)[:ULID]}")
            case ActionDone(MuteInbound(leg)) if found := self._world().legs.get(leg):
                self._changes(found.bridge or "")
            case BridgeDestroyed(room):
                self._forget(room)

    def _changes(self, room: str) -> None:
        call = self._call(room)
        if call is None:
            return
        if self._members(call) >= MIXED:  # an app that has just begun has not seen how that began
            self._mixing.setdefault(room, True)
        self._again.add(room)
        if room not in self.considering:
            self.considering[room] = asyncio.create_task(self._consider(room))

    async def _consider(self, room: str) -> None:
        try:
            while room in self._again:
                self._again.discard(room)
                await self._turned()
                await asyncio.sleep(BEGUN)
                if self._mixed_again(room) and await self._look(room):
                    self._mixing[room] = False  # to come in anew ends it, and begins it
                    self._again.add(room)
        finally:  # at once: what is heard from now on begins another one
            del self.considering[room]

    def _mixed_again(self, room: str) -> bool:
        call = self._call(room)
        if call is None:
            self._forget(room)
            return False
        mixed, before = self._members(call) >= MIXED, self._mixing.get(room)
        if mixed or before is not None:
            self._mixing[room] = mixed
        return mixed and (before is False or (before is None and _heard_some(call)))

    async def _look(self, room: str) -> bool:
        """Tell of everybody there who is sent nothing; whether there was somebody."""
        for _ in range(LOOKS):
            before = await self._sent(room)
            await asyncio.sleep(FOR)
            now = await self._sent(room)
            call = self._call(room)
            if call is None or self._members(call) < MIXED:
                return False
            both = before.keys() & now.keys()
            nothing = {leg for leg in both if before[leg] == now[leg]}
            if nothing != both:
                return self._tell(room, nothing)
        return False

    def _tell(self, room: str, nothing: set[str]) -> bool:
        told = self._told.setdefault(room, Counter())
        new = [leg for leg in sorted(nothing) if told[leg] < TOLD]
        for leg in new:
            told[leg] += 1
            self._post(LegWithoutAudio(leg, room))
        return bool(new)

    async def _sent(self, room: str) -> dict[str, int]:
        """How many packets each has been sent, where somebody counts them."""
        found: dict[str, int] = {}
        call = self._call(room)
        for leg in self._there(call) if call else ():
            listens = leg.phase is Phase.UP and not leg.held and not leg.outbound_muted
            if listens and (counted := await packets(self._client, leg.id)):
                found[leg.id] = counted.txcount
        return found

    def _forget(self, room: str) -> None:
        self._mixing.pop(room, None)
        self._told.pop(room, None)
        self._again.discard(room)

    def _call(self, room: str) -> Call | None:
        """The call whose room this is."""
        call = self._world().calls.get(room.removeprefix("room-"))
        return call if call and call.room_id == room else None

    def _there(self, call: Call) -> list[Leg]:
        """Return the legs in its room, with the one that an agent's new leg replaces."""
        world = self._world()
        legs = [world.legs[name] for name in world.bridge_members.in_bridge(call.room_id)]
        return [leg for leg in legs if leg.bridge == call.room_id]

    def _members(self, call: Call) -> int:
        others = call.recording.running, call.audio.tone, call.audio.music, call.audio.playing
        return len(self._there(call)) + sum(map(bool, others))


def _heard_some(call: Call) -> bool:
    """Whether something has been played into its room that is over: what begins and ends so is not told of."""
    music, tones = call.audio.had_music and not call.audio.music, call.audio.tones - bool(call.audio.tone)
    return music or tones > 0 or call.audio.plays - bool(call.audio.playing) > 0
