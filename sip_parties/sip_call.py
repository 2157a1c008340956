"""One call of one party: its dialogue with the other side, its sound, and the moments that can be awaited."""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sipmessage import Address, Request, Response

from sip_parties import sdp
from sip_parties.rtp_stream import Stream
from sip_parties.sip_messages import Host, request, response, tag_of
from sip_parties.waiting import Changed, WaitTimeout

if TYPE_CHECKING:
    from sip_parties.user_agents import UserAgent


class CallRefused(RuntimeError):
    """The other side said no, or the call was over before what was awaited; `code` is its SIP status or 0."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Dialogue:
    """What all requests of a call share: its id, both addresses with their tags, where they go."""

    call_id: str
    local: str
    remote: str
    target: str
    host: Host
    sequence: int = 0


class CallMoment:
    """What happens once in a call. `at` is when (seconds, CLOCK_MONOTONIC), or None; call it to await it."""

    def __init__(self, call: "SipCall", what: str) -> None:
        self.at: float | None = None
        self._call, self._what = call, what

    def happen(self) -> None:
        """It happens now, unless it already has."""
        if self.at is None:
            self.at = time.monotonic()
            self._call.news.tell()

    async def __call__(self, within: float = 5.0) -> float:
        """Await it and return when it was.

        Raises Late after `within` seconds, Refused if the call ends without it.
        """
        call, text = self._call, f"{self._call}: not {self._what}"

        def find() -> float | None:
            if self.at is None and call.ended.at is not None:
                raise CallRefused(f"{text}; {call.story()}", call.status)
            return self.at

        try:
            return await call.news.until(find, within, text)
        except WaitTimeout as late:
            raise WaitTimeout(f"{late}; {call.story()}") from None


class SipCall:
    """What calls in and out have in common. Made by `UserAgent.call` and for each INVITE that comes in."""

    def __init__(self, party: "UserAgent", invite: Request, number: str, audio: Stream, dialogue: Dialogue) -> None:
        self.party, self.invite, self.number, self.audio = party, invite, number, audio
        self.dialogue = dialogue
        self.news = Changed()
        self.began = time.monotonic()
        self.ringing = CallMoment(self, "ringing")
        self.early = CallMoment(self, "early media")
        self.answered = CallMoment(self, "answered")
        self.ended = CallMoment(self, "ended")
        self.ended_by = ""  # "us" or "them"
        self.status = 0  # the INVITE's last answer
        self.requests: list[Request] = []  # what the other side asked within the call
        self._story: list[tuple[float, str]] = []
        self._version = 0
        self._mode = "sendrecv"

    def note(self, text: str) -> None:
        """Write a line of the call's story and wake whoever awaits something of it."""
        self._story.append((time.monotonic() - self.began, text))
        self.news.tell()

    def story(self) -> str:
        """Return what has happened, each step with its seconds since the INVITE."""
        return ", ".join(f"{at:.3f} {text}" for at, text in self._story) or "nothing"

    @property
    def caller(self) -> Address:
        """Who calls, as its INVITE's From header says: `.uri.user` is the number, `.name` the name."""
        return self.invite.from_address

    def tone(self, hz: int) -> None:
        """Play another tone from the next packet on; 0 is a muted microphone: packets of silence."""
        self.audio.tone(hz)

    async def dial(self, digits: str) -> None:
        """Send digits as RFC 4733 events and wait until they are out."""
        await asyncio.sleep(max(0, self.audio.dial(digits) - time.monotonic()))

    async def dialled(self, digits: str, within: float = 5.0) -> None:
        """Await that the other side has sent these digits, after any others. Raises Late."""

        def find() -> bool | None:
            return "".join(digit for _, digit in self.audio.dialled()).endswith(digits) or None

        await self.audio.until(find, within, f"{self}: {digits} not dialled")

    async def hold(self) -> None:
        """Put the other side on hold: re-INVITE with `sendonly`, and no packets. Raises Refused, Late."""
        await self._reinvite("sendonly")
        self.audio.play(False)
        await self.audio.settled()

    async def unhold(self) -> None:
        """Take the other side back. Raises Refused, Late."""
        await self._reinvite("sendrecv")
        self.audio.play(True)

    async def refer(self, target: str) -> int:
        """Ask the other side to call `target`, a number or a whole SIP URI; returns the answer's code."""
        host, port = self.dialogue.host
        uri = target if target.startswith("sip:") else f"sip:{target}@{host}:{port}"
        answer = await self._ask("REFER", {"Refer-To": f"<{uri}>", "Referred-By": f"<{self.party.contact}>"})
        return answer.code

    async def hang_up(self) -> None:
        """End the call: BYE. Nothing if it is over. Raises Late if the other side does not answer."""
        if self.ended.at is None:
            self.end("us")
            await self._ask("BYE", {})

    def end(self, by: str) -> None:
        """The call is over: stop the sound and wake everybody."""
        if self.ended.at is None:
            self.ended_by = by
            self.audio.play(False)
            self.audio.close()
            self.note(f"ended by {by}")
            self.ended.happen()

    def take(self, asked: Request, source: Host) -> None:
        """Answer a request within the call."""
        if asked.method == "ACK":
            return
        self.requests.append(asked)
        self.note(f"{asked.method} from them")
        body, code = b"", 200
        if asked.method in ("INVITE", "UPDATE") and asked.body:
            try:
                body = self.describe(self._hear(asked.body))
            except ValueError:
                code = 488
        elif asked.method not in ("BYE", "OPTIONS", "INFO", "NOTIFY", "UPDATE"):
            code = 405
        self.reply(asked, source, code, body)
        if asked.method == "BYE":
            self.end("them")

    def reply(self, asked: Request, source: Host, code: int, body: bytes = b"", contact: str = "") -> None:
        """Answer a request of this call; `contact` is a URI instead of the party's own."""
        message = response(asked, code, tag_of(self.dialogue.local), f"<{contact or self.party.contact}>", body)
        self.party.endpoint.answer(asked, source, message)

    def describe(self, mode: str | None = None) -> bytes:
        """Return our session description for the next message."""
        self._version += 1
        return sdp.describe(self.audio.port, mode or self._mode, self._version, self.audio.event_type)

    def _hear(self, body: bytes) -> str:
        """Take the other side's description; returns the mode of our answer to it. Raises ValueError."""
        media = sdp.read(body)
        self.audio.remote(media.host, media.port, media.event_type)
        return sdp.MIRRORED[media.mode]

    async def _reinvite(self, mode: str) -> None:
        answer = await self._ask("INVITE", {}, self.describe(mode))
        if answer.code >= 300:
            raise CallRefused(f"{self}: re-INVITE {mode}: {answer.code} {answer.phrase}", answer.code)
        self._mode = mode
        self._acknowledge(answer)
        self._hear(answer.body)

    def _acknowledge(self, answer: Response) -> None:
        ack = self._request("ACK", answer.cseq.sequence)
        self.party.endpoint.acknowledge(ack, self.dialogue.host)

    async def _ask(self, method: str, headers: dict[str, str], body: bytes = b"") -> Response:
        self.note(f"{method} to them")
        self.dialogue.sequence += 1
        asked = self._request(method, self.dialogue.sequence, headers, body)
        answer = await self.party.ask(asked, self.dialogue.host)
        self.dialogue.sequence = max(self.dialogue.sequence, asked.cseq.sequence)
        self.note(f"{answer.code} {answer.phrase}")
        return answer

    def _request(self, method: str, sequence: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Request:
        """Build a request within the dialogue."""
        ours = {
            "Via": self.party.endpoint.via(),
            "From": self.dialogue.local,
            "To": self.dialogue.remote,
            "Call-ID": self.dialogue.call_id,
            "CSeq": f"{sequence} {method}",
            "Contact": f"<{self.party.contact}>",
        }
        return request(method, self.dialogue.target, ours | (headers or {}), body)
