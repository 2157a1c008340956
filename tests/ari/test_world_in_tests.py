"""The world of `warmline.ari.testing`: parties, keys, sounds, hang-ups, and the time, which takes none."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from warmline.ari import (
    Ari,
    AriError,
    Called,
    Channel,
    ChannelGone,
    DialOutcome,
    Digits,
    Letters,
    NotPlayed,
    Refused,
    connect,
    testing,
)
from warmline.store.configuration import config

ONE, OTHER = "8005550123", "8005550124"


async def call_once(number: str = ONE, *, seconds: int = 0, campaign: str = "") -> Called:
    """Call a number with a script of its own."""
    async with connect("survey") as ari:
        return await ari.call(number, campaign, seconds=seconds)


@pytest.mark.parametrize(
    ("outcome", "cause", "ring_seconds"),
    [(DialOutcome.BUSY, 17, 0.1), (DialOutcome.NO_ANSWER, 19, 15.0), (DialOutcome.REFUSED, 21, 0.1)],
)
async def test_a_call_without_an_answer_has_its_reason(outcome: DialOutcome, cause: int, ring_seconds: float) -> None:
    async with testing.world() as world:
        party = world.party(ONE, outcome)
        result = await call_once(seconds=15)
        assert (result.outcome, result.cause, party.calls, party.answered) == (outcome, cause, 1, False)
        assert world.seconds == pytest.approx(ring_seconds, abs=0.01)


async def test_each_call_to_a_number_meets_the_next_outcome() -> None:
    async with testing.world() as world:
        party = world.party(ONE, DialOutcome.BUSY, DialOutcome.ANSWERED)
        outcomes = [(await call_once()).outcome for _ in range(3)]
        assert outcomes == [DialOutcome.BUSY, DialOutcome.ANSWERED, DialOutcome.ANSWERED]
        assert (party.calls, party.hung_up) == (3, "script")


async def test_a_party_on_the_line_is_busy_for_a_second_call() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        await ari.call(ONE)
        assert (await ari.call(ONE)).outcome is DialOutcome.BUSY
        assert party.on_line


async def test_numbers_pass_the_dial_rules_of_the_database(tmp_path: Path) -> None:
    db = testing.new_database(tmp_path / "warmline.db")
    config.create(db, "campaign", "SPRING", {"dial_deny": "_8005550124", "campaign_cid": "8005550100"}, who="test")
    async with testing.world(db) as world:
        first_party, second_party = world.party(ONE), world.party(OTHER)
        assert await call_once(ONE, campaign="SPRING")
        refusal = await call_once(OTHER, campaign="SPRING")
        assert refusal.outcome is DialOutcome.REFUSED and "dial_deny" in refusal.why
        assert (first_party.caller_id, second_party.calls) == ("8005550100", 0)


async def test_sounds_numbers_and_signs_are_heard_in_their_order() -> None:
    async with testing.world(sounds=["welcome"]) as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = (await ari.call(ONE)).channel
        began = world.seconds
        await channel.play("welcome", 7, Digits("08"), Letters("ab"))
        assert party.heard == ["welcome", "say number 7", "say digits 08", "say alpha ab"]
        assert world.seconds - began == pytest.approx(4.0, abs=0.01)


async def test_keys_are_pressed_at_their_sounds() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, keys={"vm-enter-num-to-call": "47 11#", "vm-press": ",2"})
        channel = (await ari.call(ONE)).channel
        assert await channel.get_keys(6, "vm-enter-num-to-call") == "4711"
        assert await channel.play("vm-press", keys="12") == ""
        assert await channel.play("vm-press", 1, keys="12") == "2"
        assert party.heard == ["vm-enter-num-to-call", "vm-press", "vm-press"]
        assert await channel.get_key(5) == ""


async def test_keys_are_pressed_at_each_time_of_a_sound_and_those_left_are_named() -> None:
    async def ask() -> None:
        async with connect("survey") as ari:
            channel = (await ari.call(ONE)).channel
            assert [await channel.play("vm-press", keys="12") for _ in range(3)] == ["", "2", "1"]
            await channel.until_hangup()

    with pytest.raises(testing.Stuck, match=r"vm-press \(presses 9 at the next vm-press\)"):
        async with testing.world() as world:
            world.party(ONE, keys={"vm-press": ["", "2", "1", "9"]})
            await ask()


async def test_a_test_presses_keys_while_the_script_waits() -> None:
    async def ask() -> str:
        async with connect("survey") as ari:
            return await (await ari.call(ONE)).channel.get_keys(3, "vm-press", "vm-press", seconds=5)

    async with testing.world() as world:
        party = world.party(ONE)
        ask_task = world.start(ask())
        await party.hears("vm-press")
        await party.hears("vm-press")
        party.press("9")
        await asyncio.sleep(4)
        party.press("8")
        assert await ask_task == "98"
        assert len(party.heard) == 2


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.5, 1.2, 1.9, 2.5, "vm-press", "say number 1"])
async def test_a_party_hangs_up_at_any_moment(moment: float | str) -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, hang_up_at=moment)
        channel = (await ari.call(ONE)).channel
        with pytest.raises(ChannelGone):
            await channel.play("vm-press", 1)
            await channel.get_key(5)
        assert (party.hung_up, party.on_line, channel.gone) == ("party", False, True)


async def test_a_sound_that_does_not_exist_fails_the_test_if_it_is_caught() -> None:
    with pytest.raises(testing.MissingSound, match="vm-nothing"):
        async with testing.world() as world, connect("survey") as ari:
            world.party(ONE)
            channel = (await ari.call(ONE)).channel
            with pytest.raises(NotPlayed, match="vm-nothing"):
                await channel.play("vm-nothing")


async def test_a_long_wait_takes_no_time() -> None:
    began = time.monotonic()
    async with testing.world() as world:
        await asyncio.sleep(20)
        await asyncio.to_thread(time.sleep, 0.05)
        assert world.seconds == 20
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3600):
                await asyncio.sleep(7200)
        assert world.seconds == 3620
    assert time.monotonic() - began < 10


async def test_a_script_that_waits_for_ever_fails_with_the_state_of_each_party() -> None:
    async def wait() -> None:
        async with connect("survey") as ari:
            channel = (await ari.call(ONE)).channel
            await channel.play("vm-press")
            await channel.until_hangup()

    with pytest.raises(testing.Stuck, match=rf"after 3 s: {ONE} is on the line and has heard vm-press"):
        async with testing.world() as world:
            world.party(ONE)
            await wait()


async def test_the_error_of_a_script_beside_the_test_fails_the_test() -> None:
    async def fail() -> None:
        async with connect("survey") as ari:
            await ari.call(ONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with testing.world() as world:
            world.party(ONE)
            world.start(fail())
            await asyncio.sleep(60)
    task = asyncio.current_task()
    assert task and not task.cancelling()


async def test_two_parties_talk_and_go_on_when_the_script_ends() -> None:
    async with testing.world() as world:
        first_party, second_party = world.party(ONE), world.party(OTHER)
        async with connect("survey") as ari:
            bridge = await ari.bridge((await ari.call(ONE)).channel, (await ari.call(OTHER)).channel)
            assert (first_party.talking_with, second_party.talking_with) == ([second_party], [first_party])
            await bridge.play("beep")
        assert (
            first_party.talking_with == [second_party]
            and first_party.on_line
            and first_party.heard == second_party.heard == ["beep"]
        )


async def test_a_call_is_handed_over_with_its_data() -> None:
    async with testing.world(ingroups=["SALESLINE"], call_data="ticket") as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = (await ari.call(ONE)).channel
        with pytest.raises(Refused, match="NOWHERE"):
            await ari.hand_over(channel, "ingroup:NOWHERE")
        await ari.hand_over(channel, "ingroup:SALESLINE", {"ticket": "4711"})
        assert (party.handed_over, party.data) == ("ingroup:SALESLINE", {"ticket": "4711"})
        with pytest.raises(ChannelGone):
            await channel.play("beep")
        with pytest.raises(AriError, match="Stasis"):
            await ari.request("POST", "channels", channel.id, "play", "x", query={"media": "sound:beep"})
    assert (party.hung_up, world.handed_over) == ("", [party])


@pytest.mark.parametrize(
    ("max_seconds", "silence", "speaks", "keys", "seconds", "is_silent"),
    [
        (20, 2, 3.0, "", 5, False),
        (20, 2, 0.0, "", 2, True),
        (4, 0, 9.0, "", 4, None),
        (20, 0, 9.0, "#", 1, None),
    ],
)
async def test_a_party_is_recorded(
    max_seconds: int, silence: int, speaks: float, keys: str, seconds: int, is_silent: bool | None
) -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, speaks=speaks)
        channel = (await ari.call(ONE)).channel
        if keys:
            asyncio.get_running_loop().call_later(1, party.press, keys)
        recording = await channel.record("answer", max_seconds, silence, beep=False)
        assert (recording.name, recording.seconds, recording.silent) == ("answer", seconds, is_silent)
        assert party.recorded == ["answer"]
        with pytest.raises(NotPlayed, match="answer"):
            await channel.record("answer")
        await channel.play("recording:answer")


async def test_a_caller_has_arguments_and_goes_on_in_the_dialplan() -> None:
    async with testing.world() as world, connect("survey") as ari:
        caller = world.caller(ONE, "blue", name="Ada")
        channel: Channel = await anext(ari.arrivals())
        assert (channel.number, channel.name, channel.arguments) == (ONE, "Ada", ("blue",))
        await channel.answer()
        await channel.music()
        await channel.set_variable("COLOUR", "blue")
        await channel.let_go()
        assert (caller.answered, caller.heard, caller.in_dialplan) == (True, ["music default"], True)
        assert caller.variables == {"COLOUR": "blue"}


async def test_no_settings_of_this_machine_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "none.db"))
    async with testing.world() as world:
        world.party(ONE)
        assert await call_once()
    assert not (tmp_path / "none.db").exists()


async def test_phones_that_ring_together_are_told_that_another_has_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second of two phones answer, and then call a third one until the caller hangs up."""
    reasons: list[str] = []
    request = Ari.request

    async def note_request(ari: Ari, method: str, *path: str, **options: Any) -> Any:
        if method == "DELETE" and path[0] == "channels":
            reasons.append((options.get("query") or {}).get("reason", ""))
        return await request(ari, method, *path, **options)

    monkeypatch.setattr(Ari, "request", note_request)
    async with testing.world() as world, connect("survey") as ari:
        world.party(ONE, answers_after=9)
        world.party(OTHER, answers_after=3)
        world.party("8005550125", answers_after=9)
        person = world.caller("15551234")
        caller = await anext(ari.arrivals())
        call_tasks = [asyncio.create_task(ari.call(number, waiting=caller)) for number in (ONE, OTHER)]
        [answered_task], waiting_tasks = await asyncio.wait(call_tasks, return_when=asyncio.FIRST_COMPLETED)
        for waiting_task in waiting_tasks:
            waiting_task.cancel()
        await asyncio.wait(waiting_tasks)
        await answered_task.result().channel.hang_up()
        third_task = asyncio.create_task(ari.call("8005550125", waiting=caller))
        await asyncio.sleep(1)
        person.hang_up()
        with pytest.raises(ChannelGone):
            await third_task
    assert sorted(reasons) == ["", "", "answered_elsewhere"]


@pytest.mark.parametrize("seconds", [60, 3600])
async def test_a_condition_that_never_holds_ends_the_test(seconds: int) -> None:
    async def read_keys() -> None:
        async with connect("survey") as ari:
            party = (await ari.call(ONE)).channel
            while not await party.get_key(seconds):
                pass

    with pytest.raises(testing.Stuck, match="the script still waits after 6"):
        async with testing.world() as world:
            world.party(ONE)
            world.start(read_keys())
            await world.until(lambda: False)
