"""A script that dies in the world of `warmline.ari.testing`: its parties stay where Asterisk leaves them."""

import asyncio

import pytest

from warmline.ari import Ari, Channel, connect, serve, testing
from warmline.ari.testing import Party, World

CALLER, COLLEAGUE = "15551234", "8005550124"


async def doorbell(ari: Ari, caller: Channel) -> None:
    """Connect a caller with a colleague."""
    try:
        await caller.answer()
        called = await ari.call(COLLEAGUE, waiting=caller)
        if called:
            await ari.talk(caller, called.channel)
    finally:
        await caller.set_variable("SURVIVED", "yes")


async def ring_doorbell(world: World, *, killed_before: int = 0, killed_after: int = 0) -> tuple[Party, Party, bool]:
    """Let a caller ring; return the caller, the colleague, and whether the script was killed, when nothing happens."""
    colleague, caller = world.party(COLLEAGUE), world.caller(CALLER, hang_up_at=60.0)
    script = world.start(serve("doorbell", doorbell), killed_before=killed_before, killed_after=killed_after)
    await asyncio.sleep(30)
    return caller, colleague, script.cancelled()


async def test_a_script_is_killed_at_each_request() -> None:
    requests: list[str] = []
    async with testing.world() as world:
        await ring_doorbell(world)
        requests += world.requests
    assert len(requests) == 5  # answer, dial, the bridge, two channels into it
    for number in range(1, 6):
        for arguments in ({"killed_before": number}, {"killed_after": number}):
            async with testing.world() as world:
                caller, colleague, killed = await ring_doorbell(world, **arguments)
                sent_count = number if "killed_after" in arguments else number - 1
                assert killed and len(world.requests) == sent_count
                talks = number == 5 and "killed_after" in arguments
                assert (caller.on_line, caller.talking_with) == (True, [colleague] if talks else [])
                answers_to_nobody = number == 2 and "killed_after" in arguments
                assert colleague.hung_up == ("asterisk" if answers_to_nobody else "")
                assert "SURVIVED" not in caller.variables


async def test_two_talk_on_after_a_kill_and_one_stays_alone_when_the_other_hangs_up() -> None:
    async with testing.world() as world:
        colleague, caller = world.party(COLLEAGUE), world.caller(CALLER)
        script = world.start(serve("doorbell", doorbell))
        await world.until(lambda: caller.talking_with == [colleague])
        request_count = len(world.requests)
        await world.kill(script)
        assert caller.talking_with == [colleague]
        colleague.hang_up()
        await asyncio.sleep(10)
        assert (caller.on_line, caller.talking_with, len(world.requests)) == (True, [], request_count)


async def test_a_killed_script_is_started_again_and_releases_the_callers_of_the_former() -> None:
    async def wait(ari: Ari, caller: Channel) -> None:
        await caller.until_hangup()

    async with testing.world() as world:
        waiting_caller = world.caller(CALLER)
        script = world.start(serve("wait", wait))
        await asyncio.sleep(1)
        await world.kill(script)
        assert waiting_caller.on_line and not waiting_caller.in_dialplan
        world.start(serve("wait", wait))
        await world.until(lambda: waiting_caller.in_dialplan)
        new_caller = world.caller("15551235")
        await asyncio.sleep(1)
        assert new_caller.on_line


async def test_no_killed_script_fails_the_test(capsys: pytest.CaptureFixture[str]) -> None:
    async def call_once() -> None:
        async with connect("once") as ari:
            await ari.call(COLLEAGUE)

    async with testing.world() as world:
        world.party(COLLEAGUE, answers_after=9)
        script = world.start(call_once())
        await asyncio.sleep(1)
        await world.kill(script)
    assert capsys.readouterr().err == ""
