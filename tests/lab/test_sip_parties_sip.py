"""Parties call each other without a server, with every course of a call."""

import asyncio
import time
from asyncio import gather
from collections.abc import Callable, Coroutine
from typing import Any
from unittest.mock import patch

import pytest
from sipmessage import AuthChallenge, AuthParameters, Request, Response

from lab.sip import (
    Behaviour,
    CallRefused,
    Hearing,
    IncomingCall,
    OutgoingCall,
    Parties,
    TrunkCustomer,
    TrunkPeer,
    WaitTimeout,
    answer,
    dead,
    sip_messages,
    sip_transport,
    tones,
)
from lab.sip.sip_transport import SipEndpoint

NUMBER = "8005550100"


def with_two(
    scenario: Callable[[TrunkCustomer, TrunkPeer], Coroutine[Any, Any, None]], behave: Behaviour | None = None
) -> None:
    """Run a scenario with a customer whose trunk leads to a peer that treats every call the same."""

    async def run() -> None:
        async with Parties() as parties:
            peer = await parties.peer(lambda number: behave)
            await scenario(await parties.customer(peer.trunk, number="+4930123"), peer)

    asyncio.run(run())


async def connect(customer: TrunkCustomer, peer: TrunkPeer) -> tuple[OutgoingCall, IncomingCall, Hearing]:
    """Return an answered call, both ends of it, and their hearing."""
    call = await customer.call(NUMBER)
    await call.answered()
    far = await peer.next_call()
    ear = Hearing({"customer": call, "third": far})
    await ear.heard(call, far, since=call.began)
    await ear.heard(far, call, since=call.began)
    return call, far, ear


def test_two_parties_hear_each_other_until_one_hangs_up() -> None:
    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        call, far, ear = await connect(customer, peer)
        since, until = await ear.listen(0.5)
        assert ear.hears(call, far, since, until) and ear.hears(far, call, since, until)
        assert not ear.hears(call, call, since, until) and ear.silent_of(call, tones.MUSIC, since, until)
        assert ear.lost(call, far, since, until) == ear.lost(far, call, since, until) == (0, 0)
        with pytest.raises(WaitTimeout, match="still heard"):
            await ear.ceased(call, far, since, within=0.1)
        assert since <= await ear.ceased(call, tones.MUSIC, since) <= until
        await far.hang_up()
        await call.ended()
        assert (call.ended_by, far.ended_by) == ("them", "us")
        await far.audio.settled()
        since, until = await ear.listen(0.3)
        assert ear.silent_of(call, far, since, until) and ear.silent_of(far, call, since, until)

    with_two(scenario)


def test_a_dead_host_says_nothing() -> None:
    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        call = await customer.call(NUMBER)
        with pytest.raises(WaitTimeout, match="not answered within"):
            await call.answered(within=0.7)  # the INVITE comes twice, as one call
        assert len(peer.calls) == 1
        await call.hang_up()
        assert call.ended_by == "us" and call.status == 0

    with_two(scenario, dead())


def test_a_call_declared_over_sends_no_further_invite() -> None:
    """Its port may be released before the next INVITE is due."""

    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        call = await customer.call(NUMBER)
        await peer.next_call()
        call.end("Asterisk")
        asking = [task for task in asyncio.all_tasks() if "OutgoingCall" in repr(task)]
        assert asking
        _, pending = await asyncio.wait(asking, timeout=sip_transport.T1 / 2)
        assert not pending

    with_two(scenario, dead())


def test_a_behaviour_that_fails_refuses_the_call() -> None:
    async def broken(call: IncomingCall) -> None:
        raise LookupError("no such thing")

    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        call = await customer.call(NUMBER)
        with pytest.raises(CallRefused) as refused:
            await call.answered()
        assert refused.value.code == 500
        far = await peer.next_call()
        assert "LookupError('no such thing')" in far.story()
        assert isinstance(far.treatment and far.treatment.exception(), LookupError)

    with_two(scenario, broken)


def test_each_message_may_be_lost_once() -> None:
    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        _lose_each_first(customer)
        _lose_each_first(peer)
        call = await customer.call(NUMBER)
        await call.answered(within=8)
        far = await peer.next_call()
        await call.hang_up()
        await far.ended(within=8)
        assert len(peer.calls) == 1 and far.ended_by == "them"

    with_two(scenario, answer())


def _lose_each_first(party: TrunkCustomer | TrunkPeer) -> None:
    send, seen = party.endpoint.send, set[bytes]()

    def lossy(message: Request | Response, to: sip_messages.Host) -> None:
        if bytes(message) in seen:
            send(message, to)
        seen.add(bytes(message))

    party.endpoint.send = lossy  # type: ignore[method-assign]  # a network that loses


def test_rubbish_and_strangers_do_no_harm() -> None:
    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
        for rubbish in (b"", b"\r\n\r\n", b"\xff\xfe" * 50, b"INVITE sip:x SIP/2.0\r\nVia: nonsense\r\n\r\n"):
            transport.sendto(rubbish, peer.endpoint.host)
        transport.close()
        to = {
            "From": "<sip:x@127.0.0.1>;tag=1",
            "To": f"<sip:y@127.0.0.1>;tag={sip_messages.new_tag()}",
            "Call-ID": "none",
        }
        for method, code in (("OPTIONS", 200), ("BYE", 481), ("INFO", 481)):
            via = {"Via": customer.endpoint.via(), "CSeq": f"1 {method}"}
            asked = sip_messages.request(method, f"sip:{peer.trunk}", via | to)
            assert (await customer.endpoint.ask(asked, peer.endpoint.host)).code == code
        await connect(customer, peer)

    with_two(scenario)


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sip_transport, "PATIENCE", 1.0)

    async def run() -> None:
        async with Parties() as parties:
            peer = await parties.peer()
            peer.endpoint.close()
            with pytest.raises(WaitTimeout, match=rf"REGISTER sip:{peer.trunk}: {peer.trunk} gave no answer in"):
                await parties.phone("1000", "secret", sip=peer.trunk)

    asyncio.run(run())


def test_nothing_is_sent_to_a_server_that_has_ended() -> None:
    async def run() -> None:
        async with Parties() as parties:
            peer = await parties.peer()
            customer = await parties.customer(peer.trunk)
            phone = await parties.phone("1000", "secret", sip=peer.trunk, register=False)
            phone.registered = True
            call, far, _ = await connect(customer, peer)
            parties.server_ended()
            assert (call.ended_by, far.ended_by, phone.registered) == ("the server", "the server", False)
            with patch.object(SipEndpoint, "ask") as asked:
                await gather(customer.close(), phone.close(), peer.close())
            asked.assert_not_called()

    asyncio.run(run())


def test_bad_addresses_and_taken_ports_are_named() -> None:
    async def run() -> None:
        async with Parties() as parties:
            peer = await parties.peer()
            for wrong in ("127.0.0.1", "5060", "127.0.0.1:0", "127.0.0.1:x"):
                with pytest.raises(ValueError, match=f"'{wrong}' is no SIP address: write it as 127.0.0.1:5060"):
                    await parties.customer(wrong)
            port = peer.endpoint.host[1]
            with pytest.raises(OSError, match=f"UDP port 127.0.0.1:{port} cannot be had"):
                await parties.peer(port=port)
            with pytest.raises(CallRefused, match=f"{peer.trunk} refuses to register 1000: 481") as refused:
                await parties.phone("1000", "secret", sip=peer.trunk)
            assert refused.value.code == 481

    asyncio.run(run())


def test_the_password_challenge_is_answered_as_its_specification_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sip_messages, "new_tag", lambda: "0a4f113b")  # the example of RFC 2617, section 3.5
    asked = {"realm": "testrealm@host.com", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093", "qop": "auth"}
    challenge = AuthChallenge("Digest", AuthParameters(**asked, opaque="5ccc069c403ebaf9f0171e9517f40e41"))
    proof = sip_messages.credentials(challenge, "Mufasa", "Circle Of Life", "GET", "/dir/index.html").parameters
    assert proof and proof["response"] == "6629fae49393a05397450978507c4ef1"
    assert proof["opaque"] == "5ccc069c403ebaf9f0171e9517f40e41"
    with pytest.raises(ValueError, match="cannot answer Digest SHA-1"):
        sip_messages.credentials(
            AuthChallenge("Digest", AuthParameters(**asked, algorithm="SHA-1")), "a", "b", "GET", "/"
        )


def test_a_question_about_an_unheard_period_is_refused() -> None:
    async def scenario(customer: TrunkCustomer, peer: TrunkPeer) -> None:
        call, far, ear = await connect(customer, peer)
        now = time.monotonic()
        with pytest.raises(ValueError, match=r"await listen\(\) first"):
            ear.silent_of(call, far, now, now + 1)
        with pytest.raises(ValueError, match="no time to listen to"):
            ear.hears(call, far, now, now)
        with pytest.raises(WaitTimeout, match="music not heard within"):
            await ear.heard(call, tones.MUSIC, since=now, within=0.1)
        with pytest.raises(ValueError, match=f"b and a both play {tones.CUSTOMER} Hz"):
            Hearing({"a": call, "b": call})

    with_two(scenario)
