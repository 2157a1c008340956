"""An outgoing call of a party."""

import asyncio
from typing import TYPE_CHECKING

from sipmessage import Request, Response

from lab.sip.sip_call import CallMoment, CallRefused, Dialogue, SipCall
from lab.sip.sip_messages import new_tag, request
from lab.sip.waiting import WaitTimeout

if TYPE_CHECKING:
    from lab.sip.user_agents import UserAgent


class OutgoingCall(SipCall):
    """An INVITE of the party. Its moments: `ringing`, `early` (sound before the answer), `answered`, `ended`."""

    def __init__(self, party: "UserAgent", number: str, headers: dict[str, str]) -> None:
        host, port = party.sip
        target = f"sip:{number}@{host}:{port}"
        local = f"{party.address};tag={new_tag()}"
        dialogue = Dialogue(new_tag(), local, f"<{target}>", target, party.sip, sequence=1)
        audio = party.rtp.open()
        ours = {
            "Via": party.endpoint.via(),
            "From": dialogue.local,
            "To": dialogue.remote,
            "Call-ID": dialogue.call_id,
            "CSeq": "1 INVITE",
            "Contact": f"<{party.contact}>",
        }
        super().__init__(party, request("INVITE", target, ours | headers), number, audio, dialogue)
        self._trying = CallMoment(self, "being tried")  # the first answer, after which the call can be cancelled
        self._cancelled = False
        audio.tone(party.tone)
        self._running = asyncio.create_task(self._run())

    def __str__(self) -> str:
        return f"{self.party.name}'s call to {self.number}"

    async def hang_up(self) -> None:
        """End the call: CANCEL while it rings, BYE after the answer, nothing if it is over. Raises WaitTimeout."""
        if self.answered.at is not None or self.ended.at is not None:
            await super().hang_up()
            return
        self._cancelled = True
        try:
            await self._trying(within=1)
        except WaitTimeout:  # the other side does not answer
            self.end("us")
        except CallRefused:
            return
        else:
            self.note("CANCEL to them")
            await self.party.endpoint.ask(self._cancel(), self.dialogue.host)
            await self.ended()

    def end(self, by: str) -> None:
        """Handle the end of the call; unless the other side ended it, an unanswered INVITE is not sent again."""
        super().end(by)
        if by != "them" and self._running is not asyncio.current_task():
            self._running.cancel()

    async def _run(self) -> None:
        self.invite.body = self.describe()
        self.invite.headers.set("Content-Type", "application/sdp")
        self.invite.headers.set("Content-Length", str(len(self.invite.body)))
        self.note("INVITE to them")
        try:
            answer = await self.party.ask(self.invite, self.dialogue.host, self._progress)
        except WaitTimeout as late:
            self.note(str(late))
            self.end("us")
            return
        self.dialogue.sequence = self.invite.cseq.sequence
        self.status = answer.code
        self.note(f"{answer.code} {answer.phrase}")
        if answer.code < 300:
            await self._established(answer)
        else:
            self.end("us" if self._cancelled else "them")

    async def _established(self, answer: Response) -> None:
        self.dialogue.remote = answer.headers["To"]
        if answer.contact:
            self.dialogue.target = str(answer.contact[0].uri)
        self._acknowledge(answer)
        if self._cancelled:
            await super().hang_up()
            return
        try:
            self._hear(answer.body)
        except ValueError as error:
            self.note(str(error))
            await super().hang_up()
            return
        self.answered.happen()

    def _progress(self, answer: Response) -> None:
        self.note(f"{answer.code} {answer.phrase}")
        self._trying.happen()
        if answer.code == 180:
            self.ringing.happen()
        if answer.code > 100 and answer.body:
            self._hear(answer.body)
            self.early.happen()

    def _cancel(self) -> Request:
        headers = {name: self.invite.headers[name] for name in ("Via", "From", "To", "Call-ID")}
        headers["CSeq"] = f"{self.invite.cseq.sequence} CANCEL"
        return request("CANCEL", self.dialogue.target, headers)
