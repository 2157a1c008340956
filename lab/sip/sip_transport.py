"""SIP over UDP on loopback: one port and its transactions.

A lab does not need route sets, TCP and DNS, so they are missing. A request goes to the address that it is given.
"""

import asyncio
import contextlib
import os
import socket
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sipmessage import Message, Request, Response

from lab.sip.sip_messages import Host, request
from lab.sip.waiting import WaitTimeout

T1, T2 = 0.5, 4.0  # seconds: first and longest wait between retransmissions
PATIENCE = 6.0  # seconds without any answer after which a request has failed
REMEMBERED = 512  # transactions whose answer is stored for retransmissions
Key = tuple[str, str]


class SipEndpoint(asyncio.DatagramProtocol):
    """One UDP port on 127.0.0.1: sends requests until they are answered, and answers each request once.

    `on_request(request, source)` is called with each new request.
    """

    def __init__(self, on_request: Callable[[Request, Host], None]) -> None:
        self.on_request = on_request
        self._waiting: dict[Key, asyncio.Queue[Response]] = {}
        self._answers: OrderedDict[Key, Response | None] = OrderedDict()
        self._acks: OrderedDict[Key, tuple[Request, Host]] = OrderedDict()
        self._unacknowledged: dict[Key, asyncio.TimerHandle] = {}

    async def open(self, port: int = 0) -> None:
        """Open the port (0 for any free one). Raises OSError with the port if it is taken."""
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(("127.0.0.1", port))
        except OSError as error:
            udp.close()
            text = f"UDP port 127.0.0.1:{port} cannot be had: choose another, or 0 for any"
            raise OSError(error.errno, text) from error
        self.host: Host = udp.getsockname()
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=udp)

    def close(self) -> None:
        """Release the port."""
        for retransmission in self._unacknowledged.values():
            retransmission.cancel()
        self._transport.close()

    def via(self) -> str:
        """Return a new Via header for an outgoing request."""
        return f"SIP/2.0/UDP {self.host[0]}:{self.host[1]};branch=z9hG4bK{os.urandom(8).hex()};rport"

    def send(self, message: Request | Response, to: Host) -> None:
        """Send one datagram."""
        self._transport.sendto(bytes(message), to)

    def answer(self, asked: Request, source: Host, message: Response) -> None:
        """Send an answer, again if its request is repeated; repeat an INVITE's final answer until the ACK."""
        self._answers[_transaction(asked)] = message
        self.send(message, source)
        if asked.method == "INVITE" and message.code >= 200:
            self._await_ack(_dialogue(asked), message, source, T1)

    def _await_ack(self, key: Key, message: Response, to: Host, pause: float) -> None:
        def again() -> None:
            del self._unacknowledged[key]
            self.send(message, to)
            if pause < T2:
                self._await_ack(key, message, to, pause * 2)

        self._unacknowledged[key] = asyncio.get_running_loop().call_later(pause, again)

    def acknowledge(self, ack: Request, to: Host) -> None:
        """Send an ACK, and again whenever its answer is retransmitted."""
        self._acks[_dialogue(ack)] = ack, to
        _forget(self._acks)
        self.send(ack, to)

    async def ask(self, asked: Request, to: Host, on_progress: Callable[[Response], None] | None = None) -> Response:
        """Send a request until the final answer comes, and return it; `on_progress` is called with earlier answers.

        Raises WaitTimeout if no answer comes within 6 s. An INVITE with a first answer may ring without limit.
        """
        key = _transaction(asked)
        answers = self._waiting[key] = asyncio.Queue()
        pause, waited = T1, 0.0
        try:
            while waited < PATIENCE:
                self.send(asked, to)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause) as limit:
                        while (answer := await answers.get()).code < 200:
                            if asked.method == "INVITE":
                                limit.reschedule(None)
                            if on_progress:
                                on_progress(answer)
                        if asked.method == "INVITE" and answer.code >= 300:
                            self._acknowledge_refusal(asked, answer, to)
                        return answer
                waited, pause = waited + pause, min(pause * 2, T2)
        finally:
            del self._waiting[key]
        raise WaitTimeout(f"{asked.method} {asked.uri}: {to[0]}:{to[1]} gave no answer in {waited:g} s")

    def _acknowledge_refusal(self, asked: Request, answer: Response, to: Host) -> None:
        headers = {name: asked.headers[name] for name in ("Via", "From", "Call-ID")}
        headers |= {"To": answer.headers["To"], "CSeq": f"{asked.cseq.sequence} ACK"}
        self.acknowledge(request("ACK", str(asked.uri), headers), to)

    def datagram_received(self, data: bytes, source: Host) -> None:
        """Handle one datagram; data other than SIP is dropped."""
        try:
            message = Message.parse(data)
            key, dialogue = _transaction(message), _dialogue(message)
        except (ValueError, LookupError):
            return
        if isinstance(message, Request):
            self._take_request(message, key, source)
        elif answers := self._waiting.get(key):
            answers.put_nowait(message)
        elif message.code >= 200 and key[1] == "INVITE" and dialogue in self._acks:
            self.send(*self._acks[dialogue])

    def _take_request(self, message: Request, key: Key, source: Host) -> None:
        if message.method == "ACK":
            if retransmission := self._unacknowledged.pop(_dialogue(message), None):
                retransmission.cancel()
        elif key in self._answers:
            if answer := self._answers[key]:
                self.send(answer, source)
            return
        else:
            self._answers[key] = None
            _forget(self._answers)
        self.on_request(message, source)

    def error_received(self, exc: Exception) -> None:
        """Ignore a refused port, because the request's time limit covers it."""


def _transaction(message: Request | Response) -> Key:
    method = message.method if isinstance(message, Request) else message.cseq.method
    return message.via[0].parameters.get("branch") or "", method


def _dialogue(message: Request | Response) -> Key:
    """Return the key that an ACK shares with its INVITE and its answer."""
    return message.call_id, str(message.cseq.sequence)


def _forget(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
