"""The SIP end of browser phones: one INVITE carries an offer to an Asterisk and brings the answer back.

After that nothing depends on this end: audio goes between the page and Asterisk, and the call process ends the leg. It
keeps no call. The ACK of an acceptance and the answer to a request of Asterisk are made from their headers alone. A new
process therefore continues where a killed one was.
"""

import asyncio
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from sipmessage import CSeq, Message, Request, Response, Via

from ari_app.http.workspace.phone.invite_messages import Invite, ack, invite, response
from ari_app.link.phone_requests import ChallengeUnknown
from warmline.system.loopback import is_local
from warmline.text.coded_error import CodedError

WITHIN = 5.0  # seconds for an answer of Asterisk
FIRST_PAUSE = 0.5  # seconds until a request is sent again (T1 of RFC 3261); each further pause is twice as long
CHALLENGES = {401: ("WWW-Authenticate", "Authorization"), 407: ("Proxy-Authenticate", "Proxy-Authorization")}
HOST, ANY = "127.0.0.1", "0.0.0.0"  # noqa: S104 - ANY is for an Asterisk on another machine

Place = tuple[str, int]  # IP address and port

Prove = Callable[[str, str, str], Awaitable[str]]
"""Answers a challenge of the call with a token to a URI. Raises ChallengeUnknown."""

log = logging.getLogger("warmline.phones")


class OfferRefused(CodedError):
    """Asterisk did not accept an offer."""


class SipEnd(asyncio.DatagramProtocol):
    """A UDP socket, on loopback unless an Asterisk is on another machine. Create it with `opened`.

    `servers` are the addresses of the Asterisks, by the names of their servers.
    """

    def __init__(self, servers: Mapping[str, Place]) -> None:
        self._servers = servers
        self._places = set(servers.values())
        self._waiting: dict[str, asyncio.Future[Response]] = {}  # by the branch of the INVITE
        self._transport: asyncio.DatagramTransport | None = None
        self._port = 0

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Take a message of Asterisk. Anything that is no SIP message is dropped."""
        place = addr[:2]
        if place not in self._places:
            return
        with suppress(ValueError, KeyError, IndexError):
            message = Message.parse(data)
            if isinstance(message, Request):
                if answer := response(message):
                    self._send(answer, place)
            elif isinstance(message, Response):
                self._answered(message, place)

    def error_received(self, exc: Exception) -> None:
        """Nothing listens at Asterisk's port; the time limit of the request says so."""

    async def offer(self, server: str, token: str, prove: Prove, sdp: bytes) -> bytes:
        """Call the Asterisk of a server with an offer, and return the answer.

        Raises OfferRefused, and what `prove` raises.
        """
        if (place := self._servers.get(server)) is None:
            raise OfferRefused(
                "server_without_browser_sip",
                "server {server} takes no browser phone: browser_sip of [server.{server}] is empty; set it to the "
                "address at which its Asterisk takes SIP over UDP",
                server=server,
            )
        uri = f"sip:{token}@{place[0]}:{place[1]}"
        local = f"{_source(place)}:{self._port}"
        given = Invite(uri, local, f"{secrets.token_hex(8)}@warmline", secrets.token_hex(6), sdp)
        answer = await self._ask(given, place)
        if answer.code in CHALLENGES:
            asks, proves = CHALLENGES[answer.code]
            try:
                shown = await prove(token, answer.headers[asks], uri)
            except (KeyError, ChallengeUnknown) as error:
                raise _refused(str(error)) from None
            answer = await self._ask(given._replace(sequence=2, proof=shown, proof_header=proves), place)
        if answer.code >= 300:
            raise _refused(f"{answer.code} {answer.phrase}")
        return answer.body

    def close(self) -> None:
        """Close the socket. Calls in progress go on."""
        if self._transport:
            self._transport.close()

    async def _ask(self, given: Invite, place: Place) -> Response:
        """Send an INVITE until it is answered, and acknowledge the answer."""
        asked = invite(given)
        branch = Via.parse(asked.headers["Via"]).parameters["branch"] or ""
        waiting = self._waiting[branch] = asyncio.get_running_loop().create_future()
        sending = asyncio.create_task(self._repeat(asked, place))
        try:
            async with asyncio.timeout(WITHIN):
                answer: Response = await waiting
        except TimeoutError:
            raise _refused(f"it has not answered in {WITHIN:.0f} s") from None
        finally:
            sending.cancel()
            del self._waiting[branch]
        self._send(ack(answer, given.uri, given.local), place)
        return answer

    async def _repeat(self, asked: Request, place: Place) -> None:
        pause = FIRST_PAUSE
        while True:
            self._send(asked, place)
            await asyncio.sleep(pause)
            pause *= 2

    def _answered(self, answer: Response, place: Place) -> None:
        waiting = self._waiting.get(Via.parse(answer.headers["Via"]).parameters.get("branch") or "")
        if waiting and not waiting.done():
            if answer.code >= 200:
                waiting.set_result(answer)
        elif answer.code >= 200 and CSeq.parse(answer.headers["CSeq"]).method == "INVITE":
            local = f"{_source(place)}:{self._port}"
            self._send(ack(answer, f"sip:{place[0]}:{place[1]}", local), place)

    def _send(self, message: Request | Response, place: Place) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(bytes(message), place)

    @classmethod
    async def opened(cls, servers: Mapping[str, Place], port: int) -> "SipEnd":
        """Return an end at this UDP port, or at another if that is taken; 0 for any.

        With the same port as before, it gets what Asterisk sends to the calls of a process that was killed.
        """
        made = cls(servers)
        host = HOST if all(is_local(address) for address, _ in servers.values()) else ANY
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.setblocking(False)
        try:
            bound.bind((host, port))
        except OSError:
            bound.bind((host, 0))
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: made, sock=bound)
        made._transport, made._port = transport, bound.getsockname()[1]
        places = ", ".join(f"{address}:{at}" for address, at in servers.values())
        log.info("browser phones: SIP at %s:%d, Asterisk at %s", host, made._port, places)
        return made


def _source(place: Place) -> str:
    """Return the own address that reaches an Asterisk, to which it answers. Nothing is sent for that."""
    if is_local(place[0]):
        return HOST
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(place)
        except OSError:  # no way to it; the offer is refused in time
            return HOST
        return str(probe.getsockname()[0])


def _refused(why: str) -> OfferRefused:
    return OfferRefused(
        "phone_not_connected", "Asterisk does not take the browser phone: {why}; see warmline doctor", why=why
    )
