"""The gate of a script's calls: what holds for an automatic call of the app holds for a script, too."""

from pathlib import Path

import pytest

from warmline.ari import ChannelGone, DialOutcome, connect, testing
from warmline.system import dial_stop_file, settings

NUMBER, OTHER = "8005550123", "8005550124"


async def test_the_emergency_stop_stops_the_calls_of_a_script() -> None:
    async with testing.world() as world, connect("survey") as ari:
        person = world.party(NUMBER)
        dial_stop_file.stop(settings.load().run)
        result = await ari.call(NUMBER)
        assert (result.outcome, result.why) == (DialOutcome.REFUSED, dial_stop_file.WHY)
        assert person.calls == 0
        dial_stop_file.allow(settings.load().run)
        assert await ari.call(NUMBER)


async def test_a_call_for_a_person_who_waits_is_not_automatic() -> None:
    async with testing.world() as world, connect("doorbell") as ari:
        world.caller(OTHER)
        world.party(NUMBER)
        caller = await anext(ari.arrivals())
        dial_stop_file.stop(settings.load().run)
        assert await ari.call(NUMBER, waiting=caller)


async def test_a_stop_that_cannot_be_read_is_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with testing.world() as world, connect("survey") as ari:
        person = world.party(NUMBER)

        def unreadable(_: str) -> bool:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(dial_stop_file, "is_set", unreadable)
        result = await ari.call(NUMBER)
        assert result.outcome is DialOutcome.REFUSED and "no-dial cannot be read: Permission denied" in result.why
        assert person.calls == 0


async def test_no_number_is_called_for_a_party_who_has_gone() -> None:
    async with testing.world() as world, connect("doorbell") as ari:
        waiting_party, colleague = world.caller(OTHER), world.party(NUMBER)
        caller = await anext(ari.arrivals())
        waiting_party.hang_up()
        await caller.until_hangup()
        with pytest.raises(ChannelGone):
            await ari.call(NUMBER, waiting=caller)
        assert colleague.calls == 0


@pytest.mark.parametrize("endpoint", ["PJSIP/1000", "PJSIP/anna.smith", "SIP/1000", "IAX2/desk_1", "DAHDI/3"])
async def test_a_phone_is_called_by_its_endpoint_without_dial_rules(endpoint: str) -> None:
    async with testing.world() as world, connect("survey") as ari:
        phone = world.party(endpoint)
        called = await ari.call(endpoint, caller_id="8005550100")
        assert (called.outcome, phone.caller_id) == (DialOutcome.ANSWERED, "8005550100")


@pytest.mark.parametrize(
    "endpoint",
    [
        "PJSIP/4930555123@trunk",
        "PJSIP/trunk/sip:4930555123@carrier.example",
        "SIP/trunk/4930555123",
        "SIP/carrier.example",
        "DAHDI/g1/4930555123",
        "Local/4930555123@from-phones",
        "Local/4930555123",
        "PJSIP/1000&PJSIP/1001",
        "PJSIP/",
        "trunk/1;2",
        "PJSIP/1000\n",
    ],
)
async def test_an_endpoint_has_no_place_for_a_number(endpoint: str) -> None:
    async with testing.world() as world, connect("survey") as ari:
        person = world.party("4930555123")
        called = await ari.call(endpoint)
        assert called.outcome is DialOutcome.REFUSED and "is no endpoint: write PJSIP/NAME" in called.why
        assert person.calls == 0


async def test_the_emergency_stop_holds_for_phones() -> None:
    async with testing.world() as world, connect("click") as ari:
        phone = world.party("PJSIP/1000")
        dial_stop_file.stop(settings.load().run)
        assert (await ari.call("PJSIP/1000")).why == dial_stop_file.WHY
        assert phone.calls == 0
        with pytest.raises(ValueError, match="without a campaign"):
            await ari.call("PJSIP/1000", "SPRING")
