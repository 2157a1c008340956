"""Finds legs to which Asterisk sends no audio, and repairs them, after a bridge is mixed for the second time.

Asterisk passes on the packets of two parties unchanged, and mixes the audio of three. When mixing ends, a late packet
may leave its sequence number in a listener's translator. Mixed audio has no such numbers, so Debian's Asterisk later
takes all of it for late packets and drops it. The listener hears nothing until their leg joins the bridge again.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from ari_app.asterisk.event_decoding import AUDIO
from ari_app.asterisk.rtp_statistics import packets
from warmline.ari.client.ari_client import AriClient
from warmline.core.messages.action_answers import ActionDone
from warmline.core.messages.audio_messages import AudioEnded, PlayBridgeAudio
from warmline.core.messages.bridge_messages import BridgeDestroyed
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import (
    LegAnswered,
    LegJoined,
    LegLeft,
    LegRinging,
    LegWithoutAudio,
    MuteInbound,
)
from warmline.core.messages.recording_messages import RecordingFinished, RecordingStarted
from warmline.core.model.bridge_names import to_mixing_bridge_id, to_mixing_call_id
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg, Phase
from warmline.core.world.world import World

ULID = 26  # letters of a call's id
MIXED = 3  # members from which on a bridge is mixed; playbacks and recordings count as members
BEGUN = 0.1  # seconds until a request made by then has begun or ended
FOR = 0.2  # seconds in which each leg is sent some packets
LOOKS = 3  # checks at most, if Asterisk sends no leg any packets
TOLD = 2  # repairs at most of each leg, because the cause may be another one


class NoAudioRepair:
    """Reports each leg without audio by `post`; `turned` returns when the core has handled earlier events."""

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
        self._fewest: dict[str, int] = {}  # members that a mixed bridge has, or may have had since its last check
        self._told: dict[str, Counter[str]] = {}  # repairs by bridge and leg
        self.considering: dict[str, asyncio.Task[None]] = {}  # by bridge
        self._again: set[str] = set()  # bridges with new events during their check

    def heard(self, event: Event) -> None:
        """Check the bridge of an event that may begin or end its mixing. The core has not handled the event yet."""
        match event:
            case LegJoined(_, room):
                self._changes(room)
            case LegLeft(_, room):
                self._changes(room, gone=1)
            case LegRinging(leg) if found := self._world().legs.get(leg):
                self._changes(found.bridge or "")
            case LegAnswered(leg) if found := self._world().legs.get(leg):
                room = found.bridge or ""
                call = self._call(room)
                self._changes(room, gone=1 if call and call.audio.tone else 0)
            case RecordingStarted(name) if file := self._world().recordings.get(name):
                self._changes(to_mixing_bridge_id(file.call), begun=1)
            case RecordingFinished(name) if file := self._world().recordings.get(name):
                self._changes(to_mixing_bridge_id(file.call), gone=1)
            case ActionDone(
                PlayBridgeAudio(bridge=room)
            ):  # an agent's sound file, or the silence for a muted party, begins
                self._changes(room, begun=1)
            case AudioEnded(audio):
                self._changes(to_mixing_bridge_id(audio.removeprefix(AUDIO)[:ULID]), gone=1)
            case ActionDone(MuteInbound(leg, on=on)) if found := self._world().legs.get(leg):
                self._changes(found.bridge or "", begun=int(on), gone=int(not on))
            case BridgeDestroyed(room):
                self._forget(room)

    def _changes(self, room: str, *, begun: int = 0, gone: int = 0) -> None:
        """Note how few members there may be, because several changes may end before the check.

        The world counts `begun` members since their request, and `gone` members until the core has handled the event.
        """
        call = self._call(room)
        if call is None:
            return
        there = self._members(call) - begun
        if room in self._fewest or there >= MIXED:  # the app may have started after the mixing began
            self._fewest[room] = min(self._fewest.get(room, there), there) - gone
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
                    self._fewest[room] = MIXED - 1  # the leg that joins again ends the mixing and begins it
                    self._again.add(room)
        finally:  # at once, so that the next event begins another check
            del self.considering[room]

    def _mixed_again(self, room: str) -> bool:
        call = self._call(room)
        if call is None:
            self._forget(room)
            return False
        there, fewest = self._members(call), self._fewest.get(room)
        if there >= MIXED or fewest is not None:
            self._fewest[room] = there
        return there >= MIXED and (_heard_some(call) if fewest is None else fewest < MIXED)

    async def _look(self, room: str) -> bool:
        """Post an event for each leg without audio; return whether there was one."""
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
        """Return the number of packets sent to each leg that Asterisk counts."""
        found: dict[str, int] = {}
        call = self._call(room)
        for leg in self._there(call) if call else ():
            listens = leg.phase is Phase.UP and not leg.held and not leg.outbound_muted
            if listens and (counted := await packets(self._client, leg.id)):
                found[leg.id] = counted.txcount
        return found

    def _forget(self, room: str) -> None:
        self._fewest.pop(room, None)
        self._told.pop(room, None)
        self._again.discard(room)

    def _call(self, room: str) -> Call | None:
        """Return the call of this bridge if it is on this server."""
        call = self._world().calls.get(to_mixing_call_id(room))
        return call if call and call.mixing_bridge_id == room and call.server == self._client.server else None

    def _there(self, call: Call) -> list[Leg]:
        """Return the legs in the call's bridge, including the one that an agent's new leg replaces."""
        world = self._world()
        legs = [world.legs[name] for name in world.bridge_members.in_bridge(call.mixing_bridge_id)]
        return [leg for leg in legs if leg.bridge == call.mixing_bridge_id]

    def _members(self, call: Call) -> int:
        others = call.recording.running, call.audio.tone, call.audio.music, call.audio.playing
        return len(self._there(call)) + sum(map(bool, others))


def _heard_some(call: Call) -> bool:
    """Return whether a playback or music in the call's bridge has ended; Asterisk reports no event for these ends."""
    music, tones = call.audio.had_music and not call.audio.music, call.audio.tones - bool(call.audio.tone)
    return music or tones > 0 or call.audio.plays - bool(call.audio.playing) > 0
