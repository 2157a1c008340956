"""What no scenario hears: actions that are in effect already, recordings, prompts that are stopped, and snapshots."""

import asyncio
import time
import wave
from array import array
from itertools import groupby, pairwise
from pathlib import Path

import msgspec

from ari_app.asterisk import snapshot, snapshot_differences
from ari_app.asterisk.event_decoding import MEANINGS
from ari_app.asterisk.snapshot import AsteriskSnapshot
from tests.asterisk import private
from tests.asterisk.bench import Bench, bench, fresh_id
from warmline.ari.client.ari_event_stream import APPLICATION_REPLACED, REST_RESPONSE, USER_EVENT
from warmline.core.messages import actions as a
from warmline.core.messages import events as e
from warmline.core.messages.actions import Action
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.world.world import World

STRETCH = 0.8  # seconds of one kind of sound in a recording; tests look for 0.2 or 0.3 of them


async def made(here: Bench, party: str, caller: str = "5551") -> str:
    """Create a leg to a party in the dialplan, not dialled yet."""
    leg = fresh_id()
    here.do(a.CreateChannel(leg, f"Local/{party}@parties", caller, "CALL2"))
    await here.until(e.LegArrived(leg, ("made",), "", party, "CALL2"))
    return leg


async def dialled(here: Bench, party: str, room: str) -> str:
    leg = await made(here, party)
    here.do(a.AddToBridge(leg, room), a.DialLeg(leg, 20))
    await here.until(e.LegJoined(leg, room), e.ActionDone(a.DialLeg(leg, 20)))
    return leg


async def seen(here: Bench, *recordings: str) -> AsteriskSnapshot:
    return await snapshot.read(here.client, recordings, at=1 << 60)


async def test_only_events_with_a_meaning_are_subscribed(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        kept = msgspec.json.decode(await here.client.request("GET", "applications", here.client.app))
        assert {event["type"] for event in kept["events_allowed"]} == {
            *MEANINGS,
            USER_EVENT,
            REST_RESPONSE,
            APPLICATION_REPLACED,
        }


async def test_an_arriving_leg_waits_is_answered_and_leaves(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        arrived = await here.arriving()
        assert arrived == e.LegArrived(
            arrived.leg, ("ingroup", "SALES"), "5551234567", "arrive", "CALL1", trunk="arrive@parties"
        )
        spot, room = f"spot-{fresh_id()}-c", f"room-{fresh_id()}"
        here.do(a.AnswerLeg(arrived.leg), a.CreateHoldingBridge(spot, "default"), a.AddToBridge(arrived.leg, spot))
        await here.until(e.LegAnswered(arrived.leg), e.LegJoined(arrived.leg, spot))
        here.do(a.CreateMixingBridge(room), a.AddToBridge(arrived.leg, room), a.DestroyBridge(spot))
        await here.until(e.LegLeft(arrived.leg, spot), e.LegJoined(arrived.leg, room), e.BridgeDestroyed(spot))
        here.do(a.ContinueInFallback(arrived.leg, "the agent's phone, 1000, is away"))
        await here.until(e.LegLeft(arrived.leg, room), e.LegLeftStasis(arrived.leg))
        # The fallback of these tests returns with the reason, cut at its commas.
        args = ("fallen", "the agent's phone", " 1000", " is away")
        await here.until(e.LegArrived(arrived.leg, args, "5551234567", "s", "CALL1", up=True))


async def test_a_leg_of_another_dialplan_goes_on_there(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        arrived = await here.arriving()
        here.do(a.ContinueInFallback(arrived.leg, "ingroup SALES is unknown or inactive", next=True))
        await here.until(e.LegLeftStasis(arrived.leg))
        args = ("next", "ingroup SALES is unknown or inactive")
        await here.until(e.LegArrived(arrived.leg, args, "5551234567", "arrive", "CALL1"))


async def test_a_prompt_in_a_spot_is_stopped_before_an_answer_and_a_move_which_would_wait(
    asterisk: private.Private,
) -> None:
    async with bench(asterisk) as here:
        spot, room, play = f"spot-{fresh_id()}-c", f"room-{fresh_id()}", f"say-{fresh_id()}"
        here.do(a.CreateHoldingBridge(spot, "default"), a.CreateMixingBridge(room))
        leg = await dialled(here, "answer", spot)
        await here.until(e.LegAnswered(leg))
        here.do(
            a.Play(leg, "sound:queue-youarenext|queue-youarenext", play),
            a.StopPlay(leg, play),
            a.AnswerLeg(leg),
            a.AddToBridge(leg, room),
        )
        await here.until(e.PlayFinished(leg, True, play), e.LegJoined(leg, room))  # 11 s of words
        here.do(a.StopPlay(leg, play), a.HangUpLeg(leg), a.DestroyBridge(spot), a.DestroyBridge(room))
        await here.until(e.BridgeDestroyed(spot), e.BridgeDestroyed(room))
        assert not [event for event in here.events if isinstance(event, e.ActionFailed)]


async def test_a_recording_is_kept_and_measured(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        room, name = f"room-{fresh_id()}", f"2026/11/{fresh_id()}"
        here.do(a.CreateMixingBridge(room))
        leg = await dialled(here, "tone", room)
        await dialled(here, "answer", room)
        began = time.monotonic()
        here.do(a.StartRecording(name, room))
        await here.until(e.RecordingStarted(name))
        assert (await seen(here, name, "another")).recordings == {name}
        await asyncio.sleep(0.5)  # half a second to be recorded
        here.do(a.StopRecording(name))
        await here.until(e.RecordingFinished(name))
        lasted = 1000 * (time.monotonic() - began)
        here.do(a.MeasureRecording(name), a.StopRecording(name))

        def measured() -> list[e.RecordingMeasured]:
            return [event for event in here.events if isinstance(event, e.RecordingMeasured)]

        await here.until_true(lambda: bool(measured()), "the file's length")
        assert 0 < measured()[0].length <= lasted + 40  # in packets of 20 ms, one begun at each end
        assert measured()[0].bytes == 44 + measured()[0].length * 16
        assert Path(measured()[0].path).is_relative_to(asterisk.recordings)
        here.do(a.StartRecording(name, room))
        await here.performer.settled()
        failed = [(event.action, event.status) for event in here.events if isinstance(event, e.ActionFailed)]
        assert failed == [(a.StartRecording(name, room), 409)], "a file is never overwritten"
        finished = [event.name for event in here.events if isinstance(event, e.RecordingFinished)]
        assert finished.count(name) == 2, "stopping it again says that it is stopped"
        assert e.LegLeft(leg, room) not in here.events


async def test_a_leg_in_a_holding_bridge_hears_the_music_requested_last(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        spot, ear, name = f"spot-{fresh_id()}-c", fresh_id(), fresh_id()
        here.do(a.CreateHoldingBridge(spot, "default"))
        leg = await dialled(here, "answer", spot)
        here.do(a.CreateSnoopLeg(ear, leg, "none"))
        await here.until_true(lambda: any(isinstance(one, e.LegArrived) and one.leg == ear for one in here.events), ear)
        await here.client.request("POST", "channels", ear, "record", query={"name": name, "format": "wav"})
        await asyncio.sleep(STRETCH)
        here.do(a.CreateHoldingBridge(spot, "higher"))
        await asyncio.sleep(STRETCH)
        here.do(a.CreateHoldingBridge(spot, "higher"))  # as after a restart
        await asyncio.sleep(STRETCH)
        here.do(a.StopRecording(name))
        await here.until(e.RecordingFinished(name))
        with wave.open(str(asterisk.recordings / f"{name}.wav")) as file:
            packets = [array("h", file.readframes(160)) for _ in range(file.getnframes() // 160)]
        heard = [hz for hz, same in groupby(map(pitch, packets)) if len(list(same)) >= 10]  # for 0.2 s
        assert (heard[0], heard[-1]) == (500, 1000)
        assert not [event for event in here.events if isinstance(event, e.ActionFailed)]


def pitch(samples: "array[int]") -> int:
    """Return the pitch of a packet of 20 ms, in hundreds of Hz."""
    turns = sum((before < 0) != (after < 0) for before, after in pairwise(samples))
    return round(turns / 4) * 100


async def test_an_action_already_in_effect_is_no_failure(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        room = f"room-{fresh_id()}"
        here.do(a.CreateMixingBridge(room), a.CreateMixingBridge(room))
        leg = await made(here, "answer")
        already: dict[Action, Event | None] = {
            a.RemoveFromBridge(leg, room): e.LegLeft(leg, room),
            a.RemoveFromBridge(leg, "room-nosuch"): e.LegLeft(leg, "room-nosuch"),
            a.RemoveFromBridge("nosuch", room): e.LegLeft("nosuch", room),
            a.HangUpLeg("nosuch"): e.LegDestroyed("nosuch", 0),
            a.DestroyBridge("room-nosuch"): e.BridgeDestroyed("room-nosuch"),
            a.StopRecording("nosuch"): e.RecordingFinished("nosuch", found=True),
            a.StopBridgeAudio("nosuch"): None,
            a.PlaySilence("nosuch", False): None,
        }
        here.events.clear()
        here.do(*already)
        await here.performer.settled()
        told = [event for event in here.events if event in already.values()]  # a room before may still tell its end
        assert told == [event for event in already.values() if event is not None]


async def test_the_snapshot_reports_all_changes_and_the_orphans(asterisk: private.Private) -> None:
    async with bench(asterisk) as here:
        room = f"room-{fresh_id()}"
        here.do(a.CreateMixingBridge(room))
        third = await dialled(here, "answer", room)
        await here.until(e.LegAnswered(third))
        stranger = await here.arriving()
        world = World()
        asked = Leg(id=third, role=Role.THIRD, owner="C", created=1, originated=True)
        world.keep(asked)
        world.keep(Leg(id="gone", role=Role.CUSTOMER, owner="C", created=1, phase=Phase.UP))
        now = await seen(here)
        assert snapshot_differences.differences(now, world) == [
            e.LegArrived(third, ("made",), "", "answer", "CALL2", "", True),
            e.LegAnswered(third),
            e.LegJoined(third, room),
            e.LegDestroyed("gone", 0),
            stranger,
            e.Reconciled(),
        ]
        assert snapshot_differences.orphans(now, world) == ((stranger.leg,), (room,), MAIN_SERVER)
