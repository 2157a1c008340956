"""The lab's phones, trunk, music and built-in numbers, called over SIP and heard in RTP."""

import asyncio
import subprocess
import time
from pathlib import Path

import pytest

from lab import instance
from lab.description import Lab
from lab.sip import CallRefused, Hearing, Parties, SipCall, SipPhone, busy
from lab.sip.tones import AFTER_DTMF, ANSWER, ANSWER_DTMF, BEEP, EARLY, MUSIC

SOUNDS = {"answer": ANSWER, "digits": ANSWER_DTMF, "early": EARLY, "after": AFTER_DTMF, "music": MUSIC, "beep": BEEP}
UNKNOWN_DID = "8005550199"


@pytest.fixture(scope="module")
def exits(lab: Lab) -> Lab:
    """Provide the lab, with a way for its phones to numbers that usually only the app dials."""
    console(lab, "dialplan add extension _85XX,1,Dial,PJSIP/${EXTEN}@trunk into from-phones")
    return lab


def console(lab: Lab, command: str) -> None:
    done = subprocess.run([*lab.asterisk_cli, command], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stdout


async def phone(parties: Parties, lab: Lab, name: str = "1000") -> SipPhone:
    return await parties.phone(name, lab.phones[name]["password"], sip=lab.sip)


async def hears_only(call: SipCall, sound: int, since: float) -> None:
    """Wait until the sound is heard without a break, and no other sound of the lab before it."""
    ear = Hearing({"phone": call}, SOUNDS)
    limit, heard = time.monotonic() + 5, set[str]()
    while not heard:  # a suspended Asterisk sends no sound
        assert time.monotonic() < limit, f"no {ear.name(sound)} without a break"
        span = await ear.listen(0.3, since=await ear.heard(call, sound, since))
        since = span.until
        heard = {name for name, hz in SOUNDS.items() if ear.hears(call, hz, *span)}
        assert heard <= {ear.name(sound)}


@pytest.mark.parametrize(("number", "sound"), [("8500", ANSWER), ("8504", ANSWER_DTMF)])
def test_each_number_has_its_sound(exits: Lab, number: str, sound: int) -> None:
    async def listen() -> None:
        async with Parties() as parties:
            call = await (await phone(parties, exits)).call(number)
            await hears_only(call, sound, since=await call.answered())

    asyncio.run(listen())


def test_digits_and_hash_change_the_tone(exits: Lab) -> None:
    async def dial() -> None:
        async with Parties() as parties:
            call = await (await phone(parties, exits)).call(exits.numbers["dtmf"])
            await hears_only(call, ANSWER_DTMF, since=await call.answered())
            await call.dial("47#")
            ear = Hearing({"phone": call}, SOUNDS)
            await hears_only(call, AFTER_DTMF, since=await ear.heard(call, AFTER_DTMF, since=0))

    asyncio.run(dial())


def test_one_number_rings_and_one_is_busy(exits: Lab) -> None:
    async def call_both() -> None:
        async with Parties() as parties:
            caller = await phone(parties, exits)
            ringing = await caller.call(exits.numbers["ring"])
            await ringing.ringing()
            engaged = await caller.call(exits.numbers["busy"])
            with pytest.raises(CallRefused) as refused:
                await engaged.answered()
            assert refused.value.code == 486
            assert ringing.answered.at is None

    asyncio.run(call_both())


def test_a_number_of_seven_digits_is_a_trunk_call_for_any_caller(lab: Lab) -> None:
    async def call() -> None:
        async with Parties() as parties:
            for number, caller in ((UNKNOWN_DID, "1000"), (f"+{UNKNOWN_DID}", "15551230001")):
                call = await (await parties.customer(lab.sip, number=caller)).call(number)
                await call.answered()  # by the fallback, without a password
                await call.hang_up()

    asyncio.run(call())


def test_a_phone_needs_its_password(lab: Lab) -> None:
    async def register() -> None:
        async with Parties() as parties:
            with pytest.raises(CallRefused, match="1001"):
                await parties.phone("1001", "guessed", sip=lab.sip)
            impostor = await (await parties.customer(lab.sip, number="1001")).call(lab.phones["1001"]["login"])
            with pytest.raises(CallRefused) as refused:
                await impostor.answered()
            assert refused.value.code == 401

    asyncio.run(register())


def test_a_peer_gets_exactly_the_number_and_the_caller(short_path: Path) -> None:
    async def call() -> None:
        async with Parties() as parties:
            peer = await parties.peer(lambda number: busy())
            lab = await asyncio.to_thread(instance.up, short_path, peer.trunk)
            console(lab, "dialplan add extension _9.,1,Dial,PJSIP/${EXTEN:1}@trunk into from-phones")
            call = await (await phone(parties, lab)).call("9+493012345")
            arrived = await peer.next_call()
            assert str(arrived.invite.uri) == f"sip:+493012345@{peer.trunk}"
            assert arrived.caller.uri.user == "1000"
            with pytest.raises(CallRefused) as refused:
                await call.answered()
            assert refused.value.code == 486

    try:
        asyncio.run(call())
    finally:
        instance.down(short_path)
