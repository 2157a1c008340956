"""An incoming call of a party, and ready-made behaviours for it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from sipmessage import Request

from lab.sip import sdp, tones
from lab.sip.sip_call import Dialogue, SipCall
from lab.sip.sip_messages import Host, new_tag

if TYPE_CHECKING:
    from lab.sip.user_agents import UserAgent


MACHINE_BEEPS = 0.4  # seconds
REDIRECT_AFTER = 0.2  # seconds


class IncomingCall(SipCall):
    """An INVITE that came in: `number` is the user of its request URI, `invite` is the whole request.

    Raises ValueError if its session description cannot be used.
    """

    def __init__(self, party: "UserAgent", invite: Request, source: Host) -> None:
        media = sdp.read(invite.body)
        target = str(invite.contact[0].uri) if invite.contact else f"sip:{source[0]}:{source[1]}"
        local = f"{invite.headers['To']};tag={new_tag()}"
        dialogue = Dialogue(invite.call_id, local, invite.headers["From"], target, source)
        super().__init__(party, invite, invite.uri.user or "", party.rtp.open(), dialogue)
        self.treatment: asyncio.Task[None] | None = None  # the running behaviour
        self.note("INVITE from them")
        self.audio.play(False)
        self.audio.remote(media.host, media.port, media.event_type)

    def __str__(self) -> str:
        return f"{self.party.name}'s call from {self.caller.uri.user} for {self.number}"

    def trying(self) -> None:
        """Send 100 Trying."""
        self._answer(100)

    def ring(self) -> None:
        """Note that it rings, and send 180 Ringing. After sending, this process could be late to note it."""
        self.ringing.happen()
        self._answer(180)

    def progress(self, hz: int) -> None:
        """Send 183 with sound, and play this tone before the answer."""
        self.audio.tone(hz)
        self._answer(183, self.describe())
        self.audio.play()
        self.early.happen()

    def answer(self, hz: int | None = None) -> None:
        """Send 200 and play this tone (None for the party's own); do nothing if the call is answered or over."""
        if self.ended.at is None and self.answered.at is None:
            self.audio.tone(self.party.tone if hz is None else hz)
            self._answer(200, self.describe())
            self.audio.play()
            self.answered.happen()

    def refuse(self, code: int = 486) -> None:
        """Refuse with any code of 300 to 699."""
        if self.ended.at is None and self.answered.at is None:
            self._answer(code)
            self.end("us")

    def redirect(self, number: str) -> None:
        """Send 302 with this number at the party's own address; do nothing if the call is answered or over."""
        if self.ended.at is None and self.answered.at is None:
            host = str(self.party.contact).rpartition("@")[2]
            self._answer(302, contact=f"sip:{number}@{host}")
            self.end("us")

    async def hang_up(self) -> None:
        """End the call: 480 before the answer, BYE after it, nothing if it is over. Raises WaitTimeout."""
        if self.answered.at is None:
            self.refuse(480)
        else:
            await super().hang_up()

    def end(self, by: str) -> None:
        """Handle the end of the call: stop the sound, wake all waiting tasks, and cancel the behaviour."""
        super().end(by)
        if self.treatment and self.treatment is not asyncio.current_task():
            self.treatment.cancel()

    def take(self, asked: Request, source: Host) -> None:
        """Answer a request within the call; CANCEL ends a call that is not answered yet."""
        if asked.method != "CANCEL":
            super().take(asked, source)
            return
        self.note("CANCEL from them")
        self.why_cancelled = ", ".join(asked.headers.getlist("Reason"))
        self.reply(asked, source, 200)
        if self.answered.at is None and self.ended.at is None:
            self._answer(487)
            self.end("them")

    def _answer(self, code: int, body: bytes = b"", contact: str = "") -> None:
        self.status = code
        self.note(f"{code} to them")
        self.reply(self.invite, self.dialogue.host, code, body, contact)


Behaviour = Callable[[IncomingCall], Awaitable[None]]
"""The behaviour of a party in a call; it is cancelled when the call is over."""


def answer(hz: int | None = None, after: float = 0.0) -> Behaviour:
    """Answer at once, or ring for some seconds first; play this tone or the party's own."""

    async def behave(call: IncomingCall) -> None:
        if after:
            call.ring()
            await asyncio.sleep(after)
        call.answer(hz)

    return behave


def hang_up(after: float, answering: Behaviour) -> Behaviour:
    """Answer so, and hang up after some seconds."""

    async def behave(call: IncomingCall) -> None:
        await answering(call)
        await asyncio.sleep(after)
        await call.hang_up()

    return behave


def says(words: Sequence[tuple[float, float]], answering: Behaviour) -> Behaviour:
    """Answer so, say words in the voice of the answer, and listen. A word is its seconds, and those of the pause."""

    async def behave(call: IncomingCall) -> None:
        await answering(call)
        voice = call.audio.hz
        for word, pause in words:
            call.tone(voice)
            await asyncio.sleep(word)
            call.tone(0)
            await asyncio.sleep(pause)

    return behave


def machine(greeting: float, answering: Behaviour) -> Behaviour:
    """Answer so, and after the greeting's seconds play the beep of an answering machine and listen."""

    async def behave(call: IncomingCall) -> None:
        await answering(call)
        await asyncio.sleep(greeting)
        call.tone(tones.MACHINE_BEEP)
        await asyncio.sleep(MACHINE_BEEPS)
        call.tone(0)

    return behave


def ring() -> Behaviour:
    """Ring and never answer; the holder of the call can still answer it."""

    async def behave(call: IncomingCall) -> None:
        call.ring()

    return behave


def later(seconds: float, behaviour: Behaviour) -> Behaviour:
    """Send 100 Trying, and behave so after some seconds, like a phone that a network finds late."""

    async def behave(call: IncomingCall) -> None:
        call.trying()
        await asyncio.sleep(seconds)
        await behaviour(call)

    return behave


def redirect(number: str, *, ringing: bool = False) -> Behaviour:
    """Name another number instead of answering, after the time of a near network; ring first, if wanted.

    A channel that is redirected before Asterisk waits on it ends without word of the number.
    """

    async def behave(call: IncomingCall) -> None:
        call.trying()
        if ringing:
            call.ring()
        await asyncio.sleep(REDIRECT_AFTER)
        call.redirect(number)

    return behave


def early(hz: int, after: float | None, then: int | None = None) -> Behaviour:
    """Play a tone before the answer (183), then answer after some seconds with another tone or the party's own.

    With `after` None, it does not answer by itself.
    """

    async def behave(call: IncomingCall) -> None:
        call.progress(hz)
        if after is not None:
            await asyncio.sleep(after)
            call.answer(then)

    return behave


def refuse(code: int) -> Behaviour:
    """Refuse with this status code."""

    async def behave(call: IncomingCall) -> None:
        call.refuse(code)

    return behave


def busy() -> Behaviour:
    """Refuse with 486 Busy Here."""
    return refuse(486)


def dead() -> Behaviour:
    """Never answer, like a host that is down."""

    async def behave(call: IncomingCall) -> None:
        call.note("ignored")

    return behave
