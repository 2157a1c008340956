"""A party that gets no audio when its bridge is mixed again is found by Asterisk's counters; no other is checked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web

from ari_app.calls import no_audio_repair
from ari_app.calls.no_audio_repair import LOOKS, TOLD, NoAudioRepair
from tests.asterisk.fake import FakeAri, fake_ari, refuses
from tests.core.core_stage import CUSTOMER, PHONE, SLOW, dialing_parked, lab_with, set_up
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.media.bridge_audio import SILENCE_TONE
from warmline.core.messages.action_answers import ActionDone
from warmline.core.messages.audio_messages import AudioEnded, PlayBridgeAudio
from warmline.core.messages.bridge_messages import BridgeDestroyed
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import (
    LegAnswered,
    LegJoined,
    LegLeft,
    LegRinging,
    LegWithoutAudio,
    MuteInbound,
)
from warmline.core.messages.recording_messages import RecordingStarted
from warmline.core.model.call_states import State

EACH = 6  # requests of a check: two for each of three parties


class Centre:
    """A call in a bridge, Asterisk's counters of its parties, and the findings."""

    def __init__(self, lab: Driver, ari: FakeAri) -> None:
        self.lab, self.ari = lab, ari
        self.room = lab.call().mixing_bridge_id
        self.cut_off: set[str] = set()
        self.found: list[Event] = []
        self.watch: NoAudioRepair
        self._sent = 0

    async def statistics(self, request: web.Request) -> web.Response:
        name = request.path.split("/")[-2]
        self._sent += 1
        return web.json_response({"rxcount": 0, "txcount": 7 if name in self.cut_off else self._sent})

    @property
    def looks(self) -> int:
        return sum(line.endswith("/rtp_statistics") for line in self.ari.asked)

    async def ask(self, kind: Kind, event: Event) -> None:
        """Feed the event that confirms a command, and wait for the check after it."""
        self.watch.heard(event)
        assert self.lab.ask(kind) == ""
        await self.considered()

    async def considered(self) -> None:
        await asyncio.gather(*self.watch.considering.values())


async def at_once() -> None:
    """A core that has handled everything."""


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_audio_repair, "BEGUN", 0.0)
    monkeypatch.setattr(no_audio_repair, "FOR", 0.01)


@asynccontextmanager
async def centre(lab: Driver | None = None) -> AsyncIterator[Centre]:
    lab = lab or set_up(lab_with(), "three_way")
    async with fake_ari() as (ari, client):
        made = Centre(lab, ari)
        made.watch = NoAudioRepair(client, lambda: lab.world, made.found.append, at_once)
        for leg in lab.world.legs:
            ari.replies[f"GET /channels/{leg}/rtp_statistics"] = made.statistics
        yield made


async def mixed_again(here: Centre) -> None:
    """Park the third party and fetch it back."""
    third = here.lab.third()
    await here.ask(Kind.PARK_XFER, LegLeft(third, here.room))
    before = here.looks
    await here.ask(Kind.GRAB_XFER, LegJoined(third, here.room))
    assert here.looks > before


@pytest.mark.fault(
    "Debian's Asterisk sends a party no more audio after its bridge is mixed for the second time",
    "the party hears no other party for half a second",
    "the party gets no audio, and joins the bridge again",
)
async def test_a_leg_without_audio_is_reported() -> None:
    """The same a second time: joining again ends the mixing, and begins it. Then no more."""
    async with centre() as here:
        here.cut_off = {PHONE}
        for _ in range(2):
            await mixed_again(here)
        assert here.found == [LegWithoutAudio(PHONE, here.room)] * TOLD


async def test_changes_that_follow_at_once_are_not_missed() -> None:
    """The third party leaves and joins again before the check begins, which then sees three as before."""
    async with centre() as here:
        here.cut_off = {PHONE}
        third = here.lab.third()
        here.watch.heard(LegRinging(third))
        await here.considered()
        assert here.looks == 0
        here.watch.heard(LegLeft(third, here.room))
        assert here.lab.ask(Kind.PARK_XFER) == ""
        here.watch.heard(LegJoined(third, here.room))
        assert here.lab.ask(Kind.GRAB_XFER) == ""
        await here.considered()
        assert here.found == [LegWithoutAudio(PHONE, here.room)] * TOLD


async def test_a_recording_that_begins_when_the_agent_leaves_mixes_the_room_again() -> None:
    """The core counts the recording since its request, and Asterisk since its start."""
    async with centre(set_up(lab_with(leave_3way_start_recording="ALL_CALLS"), "three_way")) as here:
        here.cut_off = {CUSTOMER}
        here.watch.heard(LegRinging(here.lab.third()))
        await here.considered()
        here.watch.heard(LegLeft(PHONE, here.room))
        assert here.lab.ask(Kind.LEAVE_3WAY_CALL) == ""
        [file] = here.lab.world.recordings
        here.watch.heard(RecordingStarted(file))
        await here.considered()
        assert here.found == [LegWithoutAudio(CUSTOMER, here.room)] * TOLD


async def test_a_party_with_audio_is_not_reported() -> None:
    async with centre() as here:
        await mixed_again(here)
        assert here.looks == EACH and here.found == []


async def test_a_ring_tone_that_was_heard_before_has_been_mixed() -> None:
    """The third party's line joins the bridge before it rings; the parked customer joins them."""
    async with centre(dialing_parked(lab_with(), SLOW)) as here:
        third = here.lab.third()
        here.watch.heard(LegRinging(third))
        await here.considered()
        here.watch.heard(LegAnswered(third))
        here.lab.wait(3)
        await here.considered()
        assert here.lab.call().state is State.CONSULTING and here.looks == 0
        await here.ask(Kind.GRAB_CUSTOMER, LegJoined(CUSTOMER, here.room))
        assert here.looks == EACH


async def test_sound_files_that_the_agent_plays_mix_a_room_of_two_again() -> None:
    """The first time starts the mixing, and the second is checked."""
    async with centre(set_up(lab_with(), "talking")) as here:
        here.cut_off = {CUSTOMER}
        for told in (0, TOLD):
            assert here.lab.ask(Kind.AUDIO_PLAY, message="demo-thanks") == ""
            played = here.lab.call().audio.playing
            here.watch.heard(ActionDone(PlayBridgeAudio(played, here.room, "sound:demo-thanks")))
            await here.considered()
            assert len(here.found) == told and bool(here.looks) == bool(told)
            here.lab.wait(2)
            here.watch.heard(AudioEnded(played))
            await here.considered()
        assert here.found == [LegWithoutAudio(CUSTOMER, here.room)] * TOLD


async def test_an_agent_who_is_muted_again_mixes_a_room_of_two_again() -> None:
    async with centre(set_up(lab_with(), "talking")) as here:
        here.cut_off = {CUSTOMER}
        for kind, looks in ((Kind.MUTE, 0), (Kind.UNMUTE, 0), (Kind.MUTE, 4)):
            assert here.lab.ask(kind) == ""
            here.watch.heard(ActionDone(MuteInbound(PHONE, on=kind is Kind.MUTE)))
            if kind is Kind.MUTE:
                here.watch.heard(ActionDone(PlayBridgeAudio(here.lab.call().audio.tone or "", here.room, SILENCE_TONE)))
            await here.considered()
            assert here.looks >= looks and bool(here.looks) == bool(looks)
        assert here.found == [LegWithoutAudio(CUSTOMER, here.room)] * TOLD


async def test_an_asterisk_that_stands_still_is_looked_at_again() -> None:
    async with centre() as here:
        here.cut_off = {PHONE, CUSTOMER, here.lab.third()}
        await mixed_again(here)
        assert here.looks == EACH * LOOKS and here.found == []


async def test_a_held_or_uncounted_party_is_not_reported() -> None:
    async with centre() as here:
        here.cut_off = {PHONE, CUSTOMER}
        here.lab.world.keep(replace(here.lab.world.legs[PHONE], held=True))
        here.ari.replies[f"GET /channels/{CUSTOMER}/rtp_statistics"] = refuses(404, "No RTP")
        await mixed_again(here)
        assert here.found == []


async def test_a_room_that_is_mixed_for_the_first_time_or_all_the_while_is_not_looked_at() -> None:
    async with centre(set_up(lab_with(campaign_recording="ALLFORCE"), "three_way")) as here:
        third = here.lab.third()
        [file] = here.lab.world.recordings
        here.watch.heard(RecordingStarted(file))
        await here.considered()
        await here.ask(Kind.PARK_XFER, LegLeft(third, here.room))
        await here.ask(Kind.GRAB_XFER, LegJoined(third, here.room))
        assert here.looks == 0


async def test_a_room_that_is_gone_is_forgotten() -> None:
    async with centre() as here:
        third = here.lab.third()
        await here.ask(Kind.PARK_XFER, LegLeft(third, here.room))
        here.watch.heard(BridgeDestroyed(here.room))
        await here.ask(Kind.GRAB_XFER, LegJoined(third, here.room))
        here.lab.hang_up(CUSTOMER)
        here.lab.hang_up(third)
        for event in (LegLeft(third, here.room), LegJoined("nobody", "room-X"), LegRinging("nobody")):
            here.watch.heard(event)
            await here.considered()
        assert here.looks == 0
