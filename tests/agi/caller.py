"""A minimal SIP phone that can put any text into its INVITE."""

import socket
import struct
import time
import uuid
from types import TracebackType
from typing import Self

from tests.agi.pbx import Pbx

WAIT_SECONDS = 20.0  # seconds of each wait; only a failing test takes this long
SILENCE = b"\xff" * 160  # 20 ms
TONE = bytes.fromhex("1e0b0b1e9e8b8b9e") * 20  # of 1000 Hz, 20 ms
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
)


class Caller:
    """One call to Asterisk, over UDP, without retransmissions. `caller` is the whole From address.

    `headers` are added to the INVITE.
    """

    def __init__(self, pbx: Pbx, number: str, caller: str = "<sip:15551234@127.0.0.1>", *headers: str) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(WAIT_SECONDS)
        self._socket.connect(("127.0.0.1", pbx.sip))
        self._here = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._target = f"sip:{number}@127.0.0.1:{pbx.sip}"
        self._from = f"{caller};tag={uuid.uuid4().hex}"
        self._to = f"<{self._target}>"
        self._id = uuid.uuid4().hex
        self._invite = _branch()
        self._sequence = 1
        self._over = False
        self._audio = self._packets = 0
        self._send("INVITE", "Content-Type: application/sdp", *headers, body=SDP, branch=self._invite)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        with self._socket:
            if not self._over and "tag=" in self._to:
                self.hang_up()
            elif not self._over:
                self.cancel()

    def answered(self) -> None:
        """Wait for the answer."""
        answer = self._final()
        assert answer.startswith("SIP/2.0 200"), answer
        self._to = next(line[4:] for line in answer.split("\r\n") if line.startswith("To: "))
        self._audio = int(answer.partition("m=audio ")[2].split()[0])
        self._send("ACK")

    def refused(self) -> None:
        """Wait for an end without an answer."""
        answer = self._final()
        assert not answer.startswith("SIP/2.0 2"), answer
        self._send("ACK", branch=self._invite)
        self._over = True

    def hung_up(self) -> None:
        """Wait until Asterisk hangs up."""
        while not (message := self._next()).startswith("BYE"):
            pass
        dialog_lines = [
            line for line in message.split("\r\n") if line.startswith(("Via", "From", "To", "Call-ID", "CSeq"))
        ]
        self._socket.send("\r\n".join(["SIP/2.0 200 OK", *dialog_lines, "Content-Length: 0", "", ""]).encode())
        self._over = True

    def hang_up(self) -> None:
        """End the answered call."""
        self._send("BYE")
        self._over = True

    def cancel(self) -> None:
        """Cancel before the answer."""
        self._send("CANCEL", branch=self._invite)

    def press(self, digits: str) -> None:
        """Press keys."""
        for digit in digits:
            self._send("INFO", "Content-Type: application/dtmf-relay", body=f"Signal={digit}\r\nDuration=100\r\n")

            self.send_audio(SILENCE, 10)  # Asterisk measures a key's length by received audio

    def send_audio(self, packet: bytes, count: int) -> None:
        """Send a packet of 20 ms so many times, as fast as a phone does."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtp:
            for _ in range(count):
                self._packets += 1
                head = struct.pack("!BBHII", 0x80, 0, self._packets, self._packets * 160, 1)
                rtp.sendto(head + packet, ("127.0.0.1", self._audio))
                time.sleep(0.02)

    def refer(self, number: str) -> None:
        """Ask Asterisk to transfer the other side; return when it has accepted."""
        self._send("REFER", f"Refer-To: <sip:{number}@{self._target.partition('@')[2]}>")
        while not (message := self._next()).startswith("SIP/2.0") or f"{self._sequence} REFER" not in message:
            pass
        assert message.startswith("SIP/2.0 202"), message

    def _final(self) -> str:
        """Return the answer to the INVITE, after provisional ones."""
        while not (message := self._next()).startswith("SIP/2.0") or "1 INVITE" not in message or message[8] == "1":
            pass
        return message

    def _next(self) -> str:
        return self._socket.recv(65535).decode(errors="replace")

    def _send(self, method: str, *headers: str, body: str = "", branch: str = "") -> None:
        self._sequence += method in ("BYE", "INFO", "REFER")
        lines = [
            f"{method} {self._target} SIP/2.0",
            f"Via: SIP/2.0/UDP {self._here};branch={branch or _branch()}",
            "Max-Forwards: 70",
            f"From: {self._from}",
            f"To: {self._to}",
            f"Call-ID: {self._id}",
            f"CSeq: {self._sequence} {method}",
            f"Contact: <sip:caller@{self._here}>",
            *headers,
            f"Content-Length: {len(body)}",
        ]
        self._socket.send(("\r\n".join(lines) + "\r\n\r\n" + body).encode())


def _branch() -> str:
    return "z9hG4bK" + uuid.uuid4().hex
