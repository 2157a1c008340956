"""The SIP end of browser phones against an Asterisk of the test: proofs, repetitions, refusals, unknown calls."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest
from sipmessage import Address, AuthCredentials, CSeq, Message, Request, Response

from ari_app.asterisk import endpoint_digest
from ari_app.http.workspace.phone import sip_end
from ari_app.http.workspace.phone.sip_end import OfferRefused, SipEnd
from warmline.core.messages.values.server_action import MAIN_SERVER

PASSWORD, TOKEN, OFFER, ANSWER = "of the endpoint", "0a1b2c", b"v=0\r\n", b"v=0\r\ns=answer\r\n"
CHALLENGE = 'Digest realm="asterisk",nonce="7/8",opaque="9",algorithm=MD5,qop="auth"'


class Asterisk(asyncio.DatagramProtocol):
    """Asks for the password, and accepts the call, or refuses it with `status`. The first `lost` messages get lost."""

    def __init__(self, status: int = 200, lost: int = 0) -> None:
        self.status, self.lost = status, lost
        self.came: list[Request] = []
        self.answers: asyncio.Queue[Response] = asyncio.Queue()
        self.acks: asyncio.Queue[Request] = asyncio.Queue()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.address = transport.get_extra_info("sockname")[:2]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = Message.parse(data)
        self.end = addr
        if isinstance(message, Response):
            self.answers.put_nowait(message)
        elif self.lost:
            self.lost -= 1
        elif isinstance(message, Request):
            self.came.append(message)
            if message.method == "ACK":
                self.acks.put_nowait(message)
            else:
                self.answer(message)

    def answer(self, asked: Request) -> None:
        """Answer an INVITE."""
        proved = bool(asked.headers.getlist("Authorization"))
        made = Response(self.status if proved else 401, "Said", ANSWER if proved and self.status < 300 else b"")
        for name in ("Via", "From", "Call-ID", "CSeq"):
            made.headers.set(name, asked.headers[name])
        made.headers.set("To", asked.headers["To"] + ";tag=theirs")
        made.headers.set("Contact", "<sip:asterisk@127.0.0.1:5099>")
        if not proved:
            made.headers.set("WWW-Authenticate", CHALLENGE)
        self.last = made
        self.say(bytes(made))

    def say(self, text: bytes) -> None:
        self.transport.sendto(text, self.end)


async def prove(token: str, challenge: str, uri: str) -> str:
    """Answer as the call process does."""
    assert token == TOKEN
    return endpoint_digest.answer(challenge, PASSWORD, uri)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def with_asterisk(test: Callable[[SipEnd, Asterisk], Coroutine[Any, Any, None]], asterisk: Asterisk) -> None:
    async def main() -> None:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: asterisk, local_addr=("127.0.0.1", 0)
        )
        end = await SipEnd.opened({MAIN_SERVER: asterisk.address}, 0)
        try:
            async with asyncio.timeout(10):
                await test(end, asterisk)
        finally:
            end.close()
            transport.close()

    asyncio.run(main())


def test_an_offer_is_proved_answered_and_acknowledged() -> None:
    async def test(end: SipEnd, asterisk: Asterisk) -> None:
        assert await end.offer(MAIN_SERVER, TOKEN, prove, OFFER) == ANSWER
        refused, accepted = [await asterisk.acks.get() for _ in range(2)]
        first, second = (one for one in asterisk.came if one.method == "INVITE")
        assert first.uri.user == TOKEN and second.body == OFFER
        assert Address.parse(second.headers["From"]).uri.user == "warmline-browser"
        assert refused.headers["Via"] == first.headers["Via"] and refused.uri.user == TOKEN
        assert str(accepted.uri) == "sip:asterisk@127.0.0.1:5099" and accepted.headers["To"].endswith("tag=theirs")
        assert [CSeq.parse(one.headers["CSeq"]).sequence for one in (refused, accepted)] == [1, 2]
        said = AuthCredentials.parse(second.headers["Authorization"]).parameters
        known, wanted = md5(f"warmline-browser:asterisk:{PASSWORD}"), md5(f"INVITE:{said['uri']}")
        assert said["response"] == md5(f"{known}:7/8:{said['nc']}:{said['cnonce']}:auth:{wanted}")

    with_asterisk(test, Asterisk())


def test_a_lost_packet_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sip_end, "FIRST_PAUSE", 0.01)

    async def test(end: SipEnd, _: Asterisk) -> None:
        assert await end.offer(MAIN_SERVER, TOKEN, prove, OFFER) == ANSWER

    with_asterisk(test, Asterisk(lost=2))


@pytest.mark.parametrize("status", [403, 404, 488, 603])
def test_a_refusal_names_the_status(status: int) -> None:
    async def test(end: SipEnd, asterisk: Asterisk) -> None:
        with pytest.raises(OfferRefused, match=str(status)):
            await end.offer(MAIN_SERVER, TOKEN, prove, OFFER)
        assert (await asterisk.acks.get()).method == "ACK"

    with_asterisk(test, Asterisk(status))


def test_a_silent_asterisk_ends_the_offer_with_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sip_end, "WITHIN", 0.05)

    async def test(end: SipEnd, _: Asterisk) -> None:
        with pytest.raises(OfferRefused, match="not answered"):
            await end.offer(MAIN_SERVER, TOKEN, prove, OFFER)

    with_asterisk(test, Asterisk(lost=1000))


def test_an_acceptance_of_a_killed_process_is_acknowledged_by_the_next() -> None:
    async def test(end: SipEnd, asterisk: Asterisk) -> None:
        await end.offer(MAIN_SERVER, TOKEN, prove, OFFER)
        for _ in range(2):
            await asterisk.acks.get()
        next_end = await SipEnd.opened({MAIN_SERVER: asterisk.address}, 0)
        asterisk.end = next_end._transport.get_extra_info("sockname")[:2]  # type: ignore[union-attr] # it is open
        asterisk.say(bytes(asterisk.last))
        again = await asterisk.acks.get()
        assert str(again.uri) == "sip:asterisk@127.0.0.1:5099" and CSeq.parse(again.headers["CSeq"]).sequence == 2
        next_end.close()

    with_asterisk(test, Asterisk())


CODES = {"BYE": 200, "OPTIONS": 200, "INVITE": 488, "UPDATE": 488, "CANCEL": 481, "INFO": 405}
HEADS = (
    "Via: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKa\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n"
    "Call-ID: x\r\nContent-Length: 0\r\n"
)


@pytest.mark.parametrize(("method", "status"), CODES.items())
def test_requests_of_unknown_calls_are_answered(method: str, status: int) -> None:
    async def test(end: SipEnd, asterisk: Asterisk) -> None:
        asterisk.end = end._transport.get_extra_info("sockname")[:2]  # type: ignore[union-attr] # it is open
        for noise in (b"", b"\r\n\r\n", b"\xff" * 50, b"SIP/2.0 200 OK\r\n\r\n", b"BYE sip:x SIP/2.0\r\n\r\n"):
            asterisk.say(noise)
        asterisk.say(f"{method} sip:warmline-browser@127.0.0.1 SIP/2.0\r\nCSeq: 7 {method}\r\n{HEADS}\r\n".encode())
        answer = await asterisk.answers.get()
        assert (answer.code, answer.headers["Call-ID"], answer.headers["CSeq"]) == (status, "x", f"7 {method}")

    with_asterisk(test, Asterisk())


def test_an_offer_goes_to_the_asterisk_of_its_server_alone() -> None:
    async def main() -> None:
        asterisks = {MAIN_SERVER: Asterisk(), "b": Asterisk()}
        loop = asyncio.get_running_loop()
        opened = [
            await loop.create_datagram_endpoint(partial(_given, one), local_addr=("127.0.0.1", 0))
            for one in asterisks.values()
        ]
        end = await SipEnd.opened({name: one.address for name, one in asterisks.items()}, 0)
        async with asyncio.timeout(10):
            assert await end.offer("b", TOKEN, prove, OFFER) == ANSWER
            with pytest.raises(OfferRefused, match=r"browser_sip of \[server.c\] is empty"):
                await end.offer("c", TOKEN, prove, OFFER)
        assert asterisks["b"].came and not asterisks[MAIN_SERVER].came
        end.close()
        for transport, _ in opened:
            transport.close()

    asyncio.run(main())


def _given(asterisk: Asterisk) -> Asterisk:
    return asterisk
