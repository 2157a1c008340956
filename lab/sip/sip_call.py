"""One call of one party: its dialogue with the other side, its sound, and the moments that can be awaited."""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sipmessage import Address, Request, Response

from lab.sip import sdp
from lab.sip.rtp_stream import Stream
from lab.sip.sip_messages import Host, request, response, tag_of
from lab.sip.waiting import Changed, WaitTimeout

if TYPE_CHECKING:
    from lab.sip.user_agents import UserAgent


class CallRefused(RuntimeError):
    """The other side refused, or the call ended before the awaited moment; `code` is its SIP status or 0."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Dialogue:
    """The parts that all requests of a call share: its id, both addresses with their tags, the destination."""

    call_id: str
    local: str
    remote: str
    target: str
    host: Host
    sequence: int = 0


class CallMoment:
    """A moment that occurs once in a call.

    `at` is its time (seconds, CLOCK_MONOTONIC), or None; call it to wait for it.
    """

    def __init__(self, call: "SipCall", what: str) -> None:
        self.at: float | None = None
        self._call, self._what = call, what

    def happen(self) -> None:
        """Set the time of the moment to now, unless it has one."""
        if self.at is None:
            self.at = time.monotonic()
            self._call.news.tell()

    async def __call__(self, within: float = 5.0) -> float:
        """Wait for the moment, and return its time.

        Raises WaitTimeout after `within` seconds, CallRefused if the call ends first.
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
    """The common part of incoming and outgoing calls. `UserAgent.call` creates it, and each INVITE that comes in."""

    def __init__(self, party: "UserAgent", invite: Request, number: str, audio: Stream, dialogue: Dialogue) -> None:
        self.party, self.invite, self.number, self.audio = party, invite, number, audio
        self.dialogue = dialogue
        self.why_cancelled = ""  # the header Reason of a CANCEL
        self.news = Changed()
        self.began = time.monotonic()
        self.ringing = CallMoment(self, "ringing")
        self.early = CallMoment(self, "early media")
        self.answered = CallMoment(self, "answered")
        self.ended = CallMoment(self, "ended")
        self.ended_by = ""  # "us" or "them"
        self.status = 0  # the last answer to the INVITE
        self.requests: list[Request] = []  # requests of the other side within the call
        self._story: list[tuple[float, str]] = []
        self._version = 0
        self._mode = "sendrecv"

    def note(self, text: str) -> None:
        """Add a line to the call's story, and wake all tasks that wait for the call."""
        self._story.append((time.monotonic() - self.began, text))
        self.news.tell()

    def story(self) -> str:
        """Return the call's story: each step with its seconds since the INVITE."""
        return ", ".join(f"{at:.3f} {text}" for at, text in self._story) or "nothing"

    @property
    def caller(self) -> Address:
        """Return the caller from the INVITE's From header: `.uri.user` is the number, `.name` the name."""
        return self.invite.from_address

    def tone(self, hz: int) -> None:
        """Play another tone from the next packet on; 0 is a muted microphone, with packets of silence."""
        self.audio.tone(hz)

    async def dial(self, digits: str) -> None:
        """Send digits as RFC 4733 events, and wait until they are sent."""
        await asyncio.sleep(max(0, self.audio.dial(digits) - time.monotonic()))

    async def dialled(self, digits: str, within: float = 5.0) -> None:
        """Wait until the other side has sent these digits, after any others. Raises WaitTimeout."""

        def find() -> bool | None:
            return "".join(digit for _, digit in self.audio.dialled()).endswith(digits) or None

        await self.audio.until(find, within, f"{self}: {digits} not dialled")

    async def hold(self, *, own_music: bool = False) -> None:
        """Put the other side on hold: re-INVITE with `sendonly`, and no packets. Raises CallRefused, WaitTimeout.

        With `own_music`, the tone goes on, as from a phone that plays music to the held side.
        """
        await self._reinvite("sendonly")
        self.audio.play(own_music)
        await self.audio.settled()

    async def unhold(self) -> None:
        """Resume the call with the other side. Raises CallRefused, WaitTimeout."""
        await self._reinvite("sendrecv")
        self.audio.play(True)

    async def refer(self, target: str) -> int:
        """Ask the other side to call `target`, a number or a whole SIP URI; return the answer's code."""
        host, port = self.dialogue.host
        uri = target if target.startswith("sip:") else f"sip:{target}@{host}:{port}"
        answer = await self._ask("REFER", {"Refer-To": f"<{uri}>", "Referred-By": f"<{self.party.contact}>"})
        return answer.code

    async def info(self, kind: str, text: str) -> int:
        """Send the other side an INFO with a text of this content type; return the answer's code."""
        return (await self._ask("INFO", {"Content-Type": kind}, text.encode())).code

    async def hang_up(self) -> None:
        """End the call with BYE; do nothing if it is over. Raises WaitTimeout if the other side does not answer."""
        if self.ended.at is None:
            self.end("us")
            await self._ask("BYE", {})

    def end(self, by: str) -> None:
        """Handle the end of the call: stop the sound, and wake all waiting tasks."""
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
        """Answer a request of this call; `contact` replaces the party's own URI."""
        message = response(asked, code, tag_of(self.dialogue.local), f"<{contact or self.party.contact}>", body)
        self.party.endpoint.answer(asked, source, message)

    def describe(self, mode: str | None = None) -> bytes:
        """Return the party's session description for the next message."""
        self._version += 1
        return sdp.describe(self.audio.port, mode or self._mode, self._version, self.audio.event_type)

    def _hear(self, body: bytes) -> str:
        """Read the other side's description; return the mode of the answer to it. Raises ValueError."""
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
