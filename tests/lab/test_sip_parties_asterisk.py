"""Parties on a real Asterisk with the lab's SIP configuration: registered phones, the trunk both ways, the mix."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from lab import asterisk, folder, process, programs, templates
from lab.planned_server import planned
from lab.sip import (
    CallRefused,
    Hearing,
    Parties,
    SipCall,
    Span,
    TrunkPeer,
    WaitTimeout,
    answer,
    busy,
    early,
    ring,
    tones,
)
from lab.sip.hearing import HEARD
from warmline.core.messages.values.server_action import MAIN_SERVER

PASSWORDS = {"1000": "wood", "1001": "stone"}
DIALPLAN = """
[from-phones]
exten => 700,1,Goto(room,s,1)
[from-trunk]
exten => 8005550100,1,Goto(room,s,1)
exten => 8005550101,1,Dial(PJSIP/1000,20)
exten => _[+]49X.,1,Dial(PJSIP/${EXTEN}@trunk,20)
[room]
exten => s,1,Answer()
 same => n,Set(CONFBRIDGE(user,quiet)=yes)
 same => n,ConfBridge(hearing)
[lab-numbers]
"""


@pytest.fixture
def start(short_path: Path) -> Iterator[Callable[[str], str]]:
    """Start an Asterisk whose trunk leads to a peer; return its SIP address."""
    lab = folder.claim(short_path / "lab")

    def run(trunk: str) -> str:
        program = asterisk.find()
        assert program, "make setup brings Asterisk"
        with planned(lab, [MAIN_SERVER], {MAIN_SERVER: "secret"}, {}) as servers:
            templates.write(lab, program, servers, trunk, PASSWORDS, None)
            folder.write(lab / "etc/extensions.conf", DIALPLAN)
            [server] = servers
            programs.start_asterisk(program, lab, server.ari, server.keeper.fileno())
        return server.sip

    yield run
    process.stop(programs.asterisk_record(lab))


def on_asterisk(
    start: Callable[[str], str], scenario: Callable[[Parties, TrunkPeer, str], Coroutine[Any, Any, None]]
) -> None:
    async def run() -> None:
        async with Parties() as parties:
            peer = await parties.peer()
            await scenario(parties, peer, await asyncio.to_thread(start, peer.trunk))

    asyncio.run(run())


def test_parties_in_a_room_hear_each_other_and_no_other_party(start: Callable[[str], str]) -> None:
    async def scenario(parties: Parties, peer: TrunkPeer, sip: str) -> None:
        calls = await _room_and_another_call(parties, peer, sip)
        room = ("agent", "closer", "customer")
        pairs = {(one, other) for one in room for other in room if one != other}
        pairs |= {("outside", "third"), ("third", "outside")}
        ear = Hearing(calls)
        for listener, speaker in pairs:
            await ear.heard(calls[listener], calls[speaker], since=calls["outside"].began)

        span = await ear.listen(2.0)
        for listener in calls:
            for speaker in calls:
                ask = hears if (listener, speaker) in pairs else silent_of
                assert ask(ear, calls[listener], calls[speaker], span), (listener, speaker, ask.__name__)
        # on a busy machine, a mix omits late parties; a call between two waits for none
        for pair in (("outside", "third"), ("third", "outside")):
            await loses_nothing(ear, calls[pair[0]], calls[pair[1]], span)
        assert {ear.lost(calls[one], calls[other], *span).sequence for one, other in pairs} == {0}

        await calls["closer"].hang_up()
        await ear.listen(0.1)
        span = await ear.listen(1.0)
        left = {pair for pair in pairs if "closer" not in pair}
        for listener in calls:
            for speaker in calls:
                ask = hears if (listener, speaker) in left else silent_of
                assert ask(ear, calls[listener], calls[speaker], span), (listener, speaker, ask.__name__)

    on_asterisk(start, scenario)


def hears(ear: Hearing, listener: SipCall, speaker: SipCall, span: Span) -> bool:
    """Count the packets that came, not those due, because a suspended Asterisk sends none."""
    came = listener.audio.between(*span)
    return len(list(ear.carrying(listener, speaker, *span))) >= HEARD * len(came) > 0


def silent_of(ear: Hearing, listener: SipCall, speaker: SipCall, span: Span) -> bool:
    return ear.silent_of(listener, speaker, *span)


async def loses_nothing(ear: Hearing, listener: SipCall, speaker: SipCall, span: Span) -> None:
    """Packets that are late at the period's end are not lost: later packets are on time again.

    After a loss, none is.
    """
    until = span.until
    while (lost := ear.lost(listener, speaker, span.since, until)) != (0, 0):
        assert until < span.until + 5, lost
        _, until = await ear.listen(0.1, since=until)


async def _room_and_another_call(parties: Parties, peer: TrunkPeer, sip: str) -> dict[str, SipCall]:
    """Three in one bridge, two phones and a customer; and a plain call over the trunk and back."""
    agent = await parties.phone("1000", PASSWORDS["1000"], sip, tones.AGENT)
    closer = await parties.phone("1001", PASSWORDS["1001"], sip, tones.CLOSER)
    # a caller id that is also a phone's name is a customer all the same
    customer = await parties.customer(sip, number="1000")
    outside = await parties.customer(sip, tone=tones.CONTROL_A)
    calls: dict[str, SipCall] = {
        "agent": await agent.call("700"),
        "closer": await closer.call("700"),
        "customer": await customer.call("8005550100"),
        "outside": await outside.call("+4930777"),
    }
    for call in calls.values():
        await call.answered()
    calls["third"] = third = await peer.next_call()
    assert (third.number, third.caller.uri.user) == ("+4930777", "15551230001")
    return calls


def test_a_call_over_the_trunk_ends_as_the_far_end_says(start: Callable[[str], str]) -> None:
    async def scenario(parties: Parties, peer: TrunkPeer, sip: str) -> None:
        numbers = {"+4911": busy(), "+4922": ring(), "+4933": early(tones.EARLY, None), "+4944": answer(after=0.3)}
        peer.decide = numbers.get
        customer = await parties.customer(sip)

        call = await customer.call("+4911")
        with pytest.raises(CallRefused) as refused:
            await call.answered()
        assert refused.value.code == 486

        call = await customer.call("+4922")
        await call.ringing()
        with pytest.raises(WaitTimeout):
            await call.answered(within=0.3)
        await call.hang_up()
        ringing = next(far for far in peer.calls if far.number == "+4922")
        await ringing.ended()
        assert (call.status, ringing.ended_by) == (487, "them")

        call = await customer.call("+4933")
        ear = Hearing({"customer": call})
        early_at = await ear.heard(call, tones.EARLY, since=call.began)
        assert call.answered.at is None
        next(far for far in peer.calls if far.number == "+4933").answer()
        await call.answered()
        await ear.heard(call, tones.THIRD, since=early_at)
        await call.hang_up()

        call = await customer.call("+4944")
        assert await call.ringing() < await call.answered()
        far = peer.calls[-1]
        await far.hang_up()
        await call.ended()
        assert call.ended_by == "them"

    on_asterisk(start, scenario)


def test_a_phone_registers_is_called_and_put_on_hold(start: Callable[[str], str]) -> None:
    async def scenario(parties: Parties, peer: TrunkPeer, sip: str) -> None:
        with pytest.raises(CallRefused, match="refuses to register 1000: 401"):
            await parties.phone("1000", "wrong", sip)
        phone = await parties.phone("1000", PASSWORDS["1000"], sip, tones.AGENT)
        customer = await (await parties.customer(sip, number="+15550001", name="Ann")).call("8005550101")
        agent = await phone.next_call()
        assert (agent.caller.uri.user, agent.caller.name) == ("+15550001", "Ann")
        await customer.answered()
        ear = Hearing({"customer": customer, "agent": agent})
        await ear.heard(customer, agent, since=customer.began)
        await ear.heard(agent, customer, since=customer.began)
        await agent.dial("42#")
        await customer.dialled("42#")
        await agent.hold()
        await ear.listen(0.1)
        since, until = await ear.listen(0.5)
        assert ear.silent_of(customer, agent, since, until)
        await agent.unhold()
        await ear.heard(customer, agent, since=until)
        assert await agent.refer("8005550100") == 202
        await customer.hang_up()

    on_asterisk(start, scenario)
