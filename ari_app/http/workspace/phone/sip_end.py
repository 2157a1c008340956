"""The SIP end of browser phones, on loopback: one INVITE carries an offer to Asterisk and brings the answer back.

After that nothing depends on this end: audio goes between the page and Asterisk, and the call process ends the leg. It
keeps no call. The ACK of an acceptance and the answer to a request of Asterisk are made from their headers alone. A new
process therefore continues where a killed one was.
"""

import asyncio
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sipmessage import CSeq, Message, Request, Response, Via

from ari_app.http.workspace.phone.invite_messages import Invite, ack, invite, response
from ari_app.link.phone_requests import ChallengeUnknown
from warmline.text.coded_error import CodedError

WITHIN = 5.0  # seconds for an answer of Asterisk
FIRST_PAUSE = 0.5  # seconds until a request is sent again (T1 of RFC 3261); each further pause is twice as long
CHALLENGES = {401: ("WWW-Authenticate", "Authorization"), 407: ("Proxy-Authenticate", "Proxy-Authorization")}
HOST = "127.0.0.1"

Prove = Callable[[str, str, str], Awaitable[str]]
"""Answers a challenge of the call with a token to a URI. Raises ChallengeUnknown."""

log = logging.getLogger("warmline.phones")


class OfferRefused(CodedError):
    """Asterisk did not accept an offer."""


class SipEnd(asyncio.DatagramProtocol):
    """A UDP socket, on loopback unless the Asterisk is on another machine. Create it with `opened`."""

    def __init__(self, asterisk: tuple[str, int]) -> None:
        self._asterisk = asterisk
        self._waiting: dict[str, asyncio.Future[Response]] = {}  # by the branch of the INVITE
        self._transport: asyncio.DatagramTransport | None = None
        self._local = ""

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Take a message of Asterisk. Anything that is no SIP message is dropped."""
        if addr[:2] != self._asterisk:
            return
        with suppress(ValueError, KeyError, IndexError):
            message = Message.parse(data)
            if isinstance(message, Request):
                if answer := response(message):
                    self._send(answer)
            elif isinstance(message, Response):
                self._answered(message)

    def error_received(self, exc: Exception) -> None:
        """Nothing listens at Asterisk's port; the time limit of the request says so."""

    async def offer(self, token: str, prove: Prove, sdp: bytes) -> bytes:
        """Call Asterisk with an offer, and return the answer. Raises OfferRefused, and what `prove` raises."""
        uri = f"sip:{token}@{self._asterisk[0]}:{self._asterisk[1]}"
        given = Invite(uri, self._local, f"{secrets.token_hex(8)}@warmline", secrets.token_hex(6), sdp)
        answer = await self._ask(given)
        if answer.code in CHALLENGES:
            asks, proves = CHALLENGES[answer.code]
            try:
                shown = await prove(token, answer.headers[asks], uri)
            except (KeyError, ChallengeUnknown) as error:
                raise _refused(str(error)) from None
            answer = await self._ask(given._replace(sequence=2, proof=shown, proof_header=proves))
        if answer.code >= 300:
            raise _refused(f"{answer.code} {answer.phrase}")
        return answer.body

    def close(self) -> None:
        """Close the socket. Calls in progress go on."""
        if self._transport:
            self._transport.close()

    async def _ask(self, given: Invite) -> Response:
        """Send an INVITE until it is answered, and acknowledge the answer."""
        asked = invite(given)
        branch = Via.parse(asked.headers["Via"]).parameters["branch"] or ""
        waiting = self._waiting[branch] = asyncio.get_running_loop().create_future()
        sending = asyncio.create_task(self._repeat(asked))
        try:
            async with asyncio.timeout(WITHIN):
                answer: Response = await waiting
        except TimeoutError:
            raise _refused(f"it has not answered in {WITHIN:.0f} s") from None
        finally:
            sending.cancel()
            del self._waiting[branch]
        self._send(ack(answer, given.uri, self._local))
        return answer

    async def _repeat(self, asked: Request) -> None:
        pause = FIRST_PAUSE
        while True:
            self._send(asked)
            await asyncio.sleep(pause)
            pause *= 2

    def _answered(self, answer: Response) -> None:
        waiting = self._waiting.get(Via.parse(answer.headers["Via"]).parameters.get("branch") or "")
        if waiting and not waiting.done():
            if answer.code >= 200:
                waiting.set_result(answer)
        elif answer.code >= 200 and CSeq.parse(answer.headers["CSeq"]).method == "INVITE":
            self._send(ack(answer, f"sip:{self._asterisk[0]}:{self._asterisk[1]}", self._local))

    def _send(self, message: Request | Response) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(bytes(message), self._asterisk)

    @classmethod
    async def opened(cls, asterisk: tuple[str, int], port: int, host: str = HOST) -> "SipEnd":
        """Return an end at this UDP port of `host`, or at another if that is taken; 0 for any.

        With the same port as before, it gets what Asterisk sends to the calls of a process that was killed.
        """
        made = cls(asterisk)
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.setblocking(False)
        try:
            bound.bind((host, port))
        except OSError:
            bound.bind((host, 0))
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: made, sock=bound)
        made._transport, (host, own, *_) = transport, bound.getsockname()
        made._local = f"{host}:{own}"
        log.info("browser phones: SIP at %s, Asterisk at %s:%d", made._local, *asterisk)
        return made


def own_address(asterisk: tuple[str, int]) -> str:
    """Return the address of this machine from which Asterisk's is reached, without a packet; loopback if none is."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked, suppress(OSError):
        asked.connect(asterisk)
        return str(asked.getsockname()[0])
    return HOST


def _refused(why: str) -> OfferRefused:
    return OfferRefused(
        "phone_not_connected", "Asterisk does not take the browser phone: {why}; see warmline doctor", why=why
    )
