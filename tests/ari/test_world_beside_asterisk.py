"""The world of `warmline.ari.testing` refuses what Asterisk refuses, and answers each verb of the library."""

import asyncio

import pytest

from warmline.ari import Ari, Channel, ChannelGone, NotPlayed, connect, testing

ONE, OTHER = "8005550123", "8005550124"


async def call_party(ari: Ari, number: str = ONE) -> Channel:
    return (await ari.call(number)).channel


@pytest.mark.parametrize(
    ("name", "max_seconds", "keys", "reason"),
    [
        ("answer", 5, "12", "terminateOn invalid"),
        ("answer", -1, "#", "max_duration_seconds cannot be negative"),
        ("../answer", 5, "#", "Error parsing request body"),
        ("", 5, "#", "Error parsing request body"),
    ],
)
async def test_a_recording_that_asterisk_refuses_is_refused(
    name: str, max_seconds: int, keys: str, reason: str
) -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = await call_party(ari)
        with pytest.raises(NotPlayed, match=reason):
            await channel.record(name, max_seconds, beep=False, keys=keys)
        assert party.recorded == []


async def test_a_key_that_ends_a_recording_ends_no_later_prompt() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, keys={"vm-press": "47#"})
        channel = await call_party(ari)
        asyncio.get_running_loop().call_later(1, party.press, "5#")
        await channel.record("answer", 20, beep=False)
        assert await channel.get_key(0) == "5"
        assert await channel.get_keys(4, "vm-press") == "47"
        asyncio.get_running_loop().call_later(1, party.press, "8")
        await channel.record("more", 20, beep=False, keys="any")
        assert await channel.get_key(1) == ""


async def test_a_bridge_that_a_party_cannot_enter_does_not_stay() -> None:
    """Else a script that serves callers for weeks would fill Asterisk with empty bridges."""
    async with testing.world() as world, connect("doorbell") as ari:
        party, _ = world.party(ONE), world.party(OTHER)
        first_party, second_party = await call_party(ari), await call_party(ari, OTHER)
        party.hang_up()
        await first_party.until_hangup()
        for coroutine in (
            ari.bridge(second_party, first_party),
            ari.bridge(first_party, second_party),
            ari.talk(first_party, second_party),
        ):
            with pytest.raises(ChannelGone):
                await coroutine
        await asyncio.sleep(0.1)  # of simulated time, after the last request
        assert (await ari.request("GET", "bridges"), ari.bridges) == ([], {})
