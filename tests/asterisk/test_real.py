"""Every action on a real Asterisk: the event that confirms it comes, and nothing is left."""

import asyncio
import time
import wave
from array import array
from collections.abc import Awaitable, Callable
from itertools import groupby, pairwise
from pathlib import Path

import msgspec
import pytest

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

TONE = "tone:425/1000,0/4000"
STRETCH = 0.8  # seconds of one kind of sound in a recording; tests look for 0.2 or 0.3 of them


def on(asterisk: private.Private, test: Callable[[Bench], Awaitable[None]]) -> None:
    async def main() -> None:
        async with bench(asterisk) as one:
            await test(one)

    asyncio.run(main())


async def made(bench: Bench, party: str, caller: str = "5551") -> str:
    """Create a leg to a party in the dialplan, not dialled yet."""
    leg = fresh_id()
    bench.do(a.CreateChannel(leg, f"Local/{party}@parties", caller, "CALL2"))
    await bench.until(e.LegArrived(leg, ("made",), "", party, "CALL2"))
    return leg


async def dialled(bench: Bench, party: str, room: str) -> str:
    leg = await made(bench, party)
    bench.do(a.AddToBridge(leg, room), a.DialLeg(leg, 20))
    await bench.until(e.LegJoined(leg, room), e.ActionDone(a.DialLeg(leg, 20)))
    return leg


async def seen(bench: Bench, *recordings: str) -> AsteriskSnapshot:
    return await snapshot.read(bench.client, recordings, at=1 << 60)


async def muted(bench: Bench, name: str, on: bool, *before: Action) -> None:
    """Wait until both of two requests about muting a recording are done."""
    done = e.ActionDone(a.MuteRecording(name, on))
    bench.do(*before, done.action, done.action)
    await bench.until_true(lambda: bench.events.count(done) == 2, str(done))


def test_only_events_with_a_meaning_are_subscribed(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        kept = msgspec.json.decode(await bench.client.request("GET", "applications", bench.client.app))
        assert {event["type"] for event in kept["events_allowed"]} == {
            *MEANINGS,
            USER_EVENT,
            REST_RESPONSE,
            APPLICATION_REPLACED,
        }

    on(asterisk, test)


def test_an_arriving_leg_waits_is_answered_and_leaves(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        arrived = await bench.arriving()
        assert arrived == e.LegArrived(
            arrived.leg, ("ingroup", "SALES"), "5551234567", "arrive", "CALL1", trunk="arrive@parties"
        )
        spot, room = f"spot-{fresh_id()}-c", f"room-{fresh_id()}"
        bench.do(a.AnswerLeg(arrived.leg), a.CreateHoldingBridge(spot, "default"), a.AddToBridge(arrived.leg, spot))
        await bench.until(e.LegAnswered(arrived.leg), e.LegJoined(arrived.leg, spot))
        bench.do(a.CreateMixingBridge(room), a.AddToBridge(arrived.leg, room), a.DestroyBridge(spot))
        await bench.until(e.LegLeft(arrived.leg, spot), e.LegJoined(arrived.leg, room), e.BridgeDestroyed(spot))
        bench.do(a.ContinueInFallback(arrived.leg, "the agent's phone, 1000, is away"))
        await bench.until(e.LegLeft(arrived.leg, room), e.LegLeftStasis(arrived.leg))
        # The fallback of these tests returns with the reason, cut at its commas.
        args = ("fallen", "the agent's phone", " 1000", " is away")
        await bench.until(e.LegArrived(arrived.leg, args, "5551234567", "s", "CALL1", up=True))

    on(asterisk, test)


def test_a_leg_of_another_dialplan_goes_on_there(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        arrived = await bench.arriving()
        bench.do(a.ContinueInFallback(arrived.leg, "ingroup SALES is unknown or inactive", next=True))
        await bench.until(e.LegLeftStasis(arrived.leg))
        args = ("next", "ingroup SALES is unknown or inactive")
        await bench.until(e.LegArrived(arrived.leg, args, "5551234567", "arrive", "CALL1"))

    on(asterisk, test)


def test_a_third_is_made_dialled_and_dropped(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room = f"room-{fresh_id()}"
        bench.do(a.CreateMixingBridge(room))
        leg = await made(bench, "answer")
        bench.do(a.MuteOutbound(leg, True), a.AddToBridge(leg, room), a.DialLeg(leg, 20), a.MuteOutbound(leg, False))
        await bench.until(e.LegJoined(leg, room), e.LegAnswered(leg))
        channel = (await seen(bench)).channels[f"{leg};2"]
        assert channel.caller.number == "5551", "the caller id the far end sees"
        bench.do(a.AnswerRefer(leg, "declined"), a.RemoveFromBridge(leg, room), a.PlaySilence(leg, True))
        await bench.until(e.LegLeft(leg, room), e.ActionDone(a.PlaySilence(leg, True)))
        bench.do(a.PlaySilence(leg, False), a.HangUpLeg(leg), a.DestroyBridge(room))
        await bench.until(e.ActionDone(a.PlaySilence(leg, False)), e.LegDestroyed(leg, 16), e.BridgeDestroyed(room))
        assert not [event for event in bench.events if isinstance(event, e.ActionFailed)]

    on(asterisk, test)


@pytest.mark.parametrize(("party", "event"), [("ring", e.LegRinging), ("early", e.LegProgress)])
def test_a_third_that_does_not_answer(
    asterisk: private.Private, party: str, event: type[e.LegRinging | e.LegProgress]
) -> None:
    async def test(bench: Bench) -> None:
        room = f"room-{fresh_id()}"
        bench.do(a.CreateMixingBridge(room))
        leg = await made(bench, party)
        bench.do(a.AddToBridge(leg, room), a.DialLeg(leg, 1))
        await bench.until(event(leg), e.LegDestroyed(leg, 19), e.LegLeftStasis(leg), e.LegLeft(leg, room))
        assert e.LegAnswered(leg) not in bench.events

    on(asterisk, test)


def test_a_third_that_is_busy_and_one_that_does_not_exist(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        leg = await made(bench, "busy")
        bench.do(a.DialLeg(leg, 20))
        await bench.until(e.LegDestroyed(leg, 17))
        nobody = a.CreateChannel(fresh_id(), "Nosuch/5551", "5551", "CALL2")
        bench.do(nobody)
        await bench.performer.settled()
        failed = [event for event in bench.events if isinstance(event, e.ActionFailed)]
        assert [(one.action, one.text) for one in failed] == [(nobody, "Asterisk knows no way to Nosuch/5551")]

    on(asterisk, test)


def test_a_prompt_in_a_spot_is_stopped_before_an_answer_and_a_move_which_would_wait(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        spot, room, play = f"spot-{fresh_id()}-c", f"room-{fresh_id()}", f"say-{fresh_id()}"
        bench.do(a.CreateHoldingBridge(spot, "default"), a.CreateMixingBridge(room))
        leg = await dialled(bench, "answer", spot)
        await bench.until(e.LegAnswered(leg))
        bench.do(
            a.Play(leg, "sound:queue-youarenext|queue-youarenext", play),
            a.StopPlay(leg, play),
            a.AnswerLeg(leg),
            a.AddToBridge(leg, room),
        )
        await bench.until(e.PlayFinished(leg, True, play), e.LegJoined(leg, room))  # 11 s of words
        bench.do(a.StopPlay(leg, play), a.HangUpLeg(leg), a.DestroyBridge(spot), a.DestroyBridge(room))
        await bench.until(e.BridgeDestroyed(spot), e.BridgeDestroyed(room))
        assert not [event for event in bench.events if isinstance(event, e.ActionFailed)]

    on(asterisk, test)


def test_sounds_for_one_and_for_all(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room, whisper, tone = f"room-{fresh_id()}", fresh_id(), fresh_id()
        bench.do(a.CreateMixingBridge(room))
        leg = await dialled(bench, "answer", room)
        bench.do(a.CreateWhisperLeg(whisper, leg), a.PlayBridgeAudio(tone, room, TONE))
        await bench.until(e.LegArrived(whisper, ("whisper",), "", "s", up=True))
        bench.do(a.Play(whisper, "sound:beep", f"1-{whisper}"))
        await bench.until(e.PlayFinished(whisper, True, f"1-{whisper}"))
        bench.do(a.Play(whisper, "sound:no-such-sound", f"2-{whisper}"))
        await bench.until(e.PlayFinished(whisper, False, f"2-{whisper}"))
        bench.do(a.Play(whisper, "sound:no-such-sound|beep", f"3-{whisper}"))  # the rest is played
        await bench.until(e.PlayFinished(whisper, True, f"3-{whisper}"))
        playing = await bench.client.request("GET", "playbacks", tone)
        assert TONE.encode() in playing, "a comma in the tone must not end it"
        bench.do(a.StopBridgeAudio(tone), a.StopBridgeAudio(tone), a.HangUpLeg(whisper))
        await bench.until(e.LegDestroyed(whisper, 0))
        assert not [event for event in bench.events if isinstance(event, e.ActionFailed)]

    on(asterisk, test)


def test_a_whisper_is_gone_with_the_leg_it_spoke_to(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room, whisper = f"room-{fresh_id()}", fresh_id()
        bench.do(a.CreateMixingBridge(room))
        leg = await dialled(bench, "answer", room)
        bench.do(a.CreateWhisperLeg(whisper, leg), a.HangUpLeg(leg))
        await bench.until(e.LegDestroyed(leg, 16), e.LegDestroyed(whisper, 0))

    on(asterisk, test)


def test_a_recording_is_kept_and_measured(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room, name = f"room-{fresh_id()}", f"2026/11/{fresh_id()}"
        bench.do(a.CreateMixingBridge(room))
        leg = await dialled(bench, "tone", room)
        await dialled(bench, "answer", room)
        began = time.monotonic()
        bench.do(a.StartRecording(name, room))
        await bench.until(e.RecordingStarted(name))
        assert (await seen(bench, name, "another")).recordings == {name}
        await asyncio.sleep(0.5)  # half a second to be recorded
        bench.do(a.StopRecording(name))
        await bench.until(e.RecordingFinished(name))
        lasted = 1000 * (time.monotonic() - began)
        bench.do(a.MeasureRecording(name), a.StopRecording(name))

        def measured() -> list[e.RecordingMeasured]:
            return [event for event in bench.events if isinstance(event, e.RecordingMeasured)]

        await bench.until_true(lambda: bool(measured()), "the file's length")
        assert 0 < measured()[0].length <= lasted + 40  # in packets of 20 ms, one begun at each end
        assert measured()[0].bytes == 44 + measured()[0].length * 16
        assert Path(measured()[0].path).is_relative_to(asterisk.recordings)
        bench.do(a.StartRecording(name, room))
        await bench.performer.settled()
        failed = [(event.action, event.status) for event in bench.events if isinstance(event, e.ActionFailed)]
        assert failed == [(a.StartRecording(name, room), 409)], "a file is never overwritten"
        finished = [event.name for event in bench.events if isinstance(event, e.RecordingFinished)]
        assert finished.count(name) == 2, "stopping it again says that it is stopped"
        assert e.LegLeft(leg, room) not in bench.events

    on(asterisk, test)


def test_card_numbers_are_not_recorded(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room, name = f"room-{fresh_id()}", fresh_id()
        bench.do(a.CreateMixingBridge(room))
        await dialled(bench, "tone", room)
        await dialled(bench, "answer", room)
        began = time.monotonic()
        await muted(bench, name, True, a.StartRecording(name, room))
        late = int(10 * (time.monotonic() - began)) + 1  # tenths of a second
        await asyncio.sleep(STRETCH)  # of silence, then of tone
        await muted(bench, name, False)
        await asyncio.sleep(STRETCH)
        bench.do(a.StopRecording(name))
        await bench.until(e.RecordingFinished(name))
        *before, (muted_is_loud, silent), (loud, after) = stretches(asterisk.recordings / f"{name}.wav")
        assert (muted_is_loud, loud) == (False, True)
        assert sum(tenths for _, tenths in before) <= late, "the file begins later than the request"
        assert silent >= 3 and after >= 3
        bench.do(a.MuteRecording(name, True))
        await bench.performer.settled()
        assert [event.status for event in bench.events if isinstance(event, e.ActionFailed)] == [404], "it has ended"

    on(asterisk, test)


def test_a_room_hears_music_until_it_is_stopped(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room, name = f"room-{fresh_id()}", fresh_id()
        bench.do(a.CreateMixingBridge(room))
        await dialled(bench, "answer", room)
        await dialled(bench, "answer", room)
        bench.do(a.PlayBridgeMusic(room, "default"), a.StartRecording(name, room))
        await bench.until(e.RecordingStarted(name))
        await asyncio.sleep(STRETCH)
        bench.do(a.StopBridgeMusic(room))
        await bench.performer.settled()
        await asyncio.sleep(STRETCH)
        bench.do(a.StopRecording(name), a.StopBridgeMusic(room), a.PlayBridgeMusic("room-nosuch", "default"))
        await bench.until(e.RecordingFinished(name))
        await bench.performer.settled()
        heard = [loud for loud, tenths in stretches(asterisk.recordings / f"{name}.wav") if tenths >= 2]
        assert (heard[0], heard[-1]) == (True, False)
        assert not [event for event in bench.events if isinstance(event, e.ActionFailed)]

    on(asterisk, test)


def test_a_leg_in_a_holding_bridge_hears_the_music_requested_last(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        spot, ear, name = f"spot-{fresh_id()}-c", fresh_id(), fresh_id()
        bench.do(a.CreateHoldingBridge(spot, "default"))
        leg = await dialled(bench, "answer", spot)
        bench.do(a.CreateSnoopLeg(ear, leg, "none"))
        await bench.until_true(
            lambda: any(isinstance(one, e.LegArrived) and one.leg == ear for one in bench.events), ear
        )
        await bench.client.request("POST", "channels", ear, "record", query={"name": name, "format": "wav"})
        await asyncio.sleep(STRETCH)
        bench.do(a.CreateHoldingBridge(spot, "higher"))
        await asyncio.sleep(STRETCH)
        bench.do(a.CreateHoldingBridge(spot, "higher"))  # as after a restart
        await asyncio.sleep(STRETCH)
        bench.do(a.StopRecording(name))
        await bench.until(e.RecordingFinished(name))
        with wave.open(str(asterisk.recordings / f"{name}.wav")) as file:
            packets = [array("h", file.readframes(160)) for _ in range(file.getnframes() // 160)]
        heard = [hz for hz, same in groupby(map(pitch, packets)) if len(list(same)) >= 10]  # for 0.2 s
        assert (heard[0], heard[-1]) == (500, 1000)
        assert not [event for event in bench.events if isinstance(event, e.ActionFailed)]

    on(asterisk, test)


def stretches(file: Path) -> list[tuple[bool, int]]:
    """Return the parts of a recording: whether there is sound, and for how many tenths of a second."""
    with wave.open(str(file)) as recording:
        loud = [any(recording.readframes(800)) for _ in range(recording.getnframes() // 800)]
    return [(sounds, len(list(same))) for sounds, same in groupby(loud)]


def pitch(samples: "array[int]") -> int:
    """Return the pitch of a packet of 20 ms, in hundreds of Hz."""
    turns = sum((before < 0) != (after < 0) for before, after in pairwise(samples))
    return round(turns / 4) * 100


def test_keys_are_pressed_on_one_leg(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room = f"room-{fresh_id()}"
        bench.do(a.CreateMixingBridge(room))
        leg = await dialled(bench, "keys", room)
        await dialled(bench, "answer", room)
        await bench.until(e.LegAnswered(leg))
        bench.digits["receipt"] = "1W2*3"
        bench.do(a.SendDtmf(leg, "receipt"))
        await bench.until(e.LegDestroyed(leg, 17))

    on(asterisk, test)


def test_an_action_already_in_effect_is_no_failure(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room = f"room-{fresh_id()}"
        bench.do(a.CreateMixingBridge(room), a.CreateMixingBridge(room))
        leg = await made(bench, "ring")
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
        bench.events.clear()
        bench.do(*already)
        await bench.performer.settled()
        told = [event for event in bench.events if event in already.values()]  # a room before may still tell its end
        assert told == [event for event in already.values() if event is not None]

    on(asterisk, test)


def test_the_snapshot_reports_all_changes_and_the_orphans(asterisk: private.Private) -> None:
    async def test(bench: Bench) -> None:
        room = f"room-{fresh_id()}"
        bench.do(a.CreateMixingBridge(room))
        third = await dialled(bench, "answer", room)
        await bench.until(e.LegAnswered(third))
        stranger = await bench.arriving()
        world = World()
        asked = Leg(id=third, role=Role.THIRD, owner="C", created=1, originated=True)
        world.keep(asked)
        world.keep(Leg(id="gone", role=Role.CUSTOMER, owner="C", created=1, phase=Phase.UP))
        now = await seen(bench)
        assert snapshot_differences.differences(now, world) == [
            e.LegArrived(third, ("made",), "", "answer", "CALL2", "", True),
            e.LegAnswered(third),
            e.LegJoined(third, room),
            e.LegDestroyed("gone", 0),
            stranger,
            e.Reconciled(),
        ]
        assert snapshot_differences.orphans(now, world) == ((stranger.leg,), (room,), MAIN_SERVER)

    on(asterisk, test)
