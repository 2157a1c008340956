"""User agents: a phone that registers, a customer on the trunk, the far end of a trunk."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable

from sipmessage import URI, Address, CSeq, Request, Response

from lab.sip.incoming import Behaviour, IncomingCall, answer
from lab.sip.outgoing import OutgoingCall
from lab.sip.rtp_stream import Rtp
from lab.sip.sip_call import CallRefused, SipCall
from lab.sip.sip_messages import Host, credentials, new_tag, request, response, tag_of
from lab.sip.sip_transport import SipEndpoint
from lab.sip.waiting import Changed


class UserAgent:
    """One SIP port and its calls. `behave` is called with each incoming call."""

    def __init__(self, rtp: Rtp, name: str, sip: Host, tone: int, behave: Behaviour) -> None:
        self.rtp, self.name, self.sip, self.tone, self.behave = rtp, name, sip, tone, behave
        self.user, self.password, self.display = name, "", ""
        self.calls: list[SipCall] = []
        self.endpoint = SipEndpoint(self._take)
        self._by_id: dict[str, SipCall] = {}
        self._unclaimed: list[IncomingCall] = []
        self._news = Changed()

    @property
    def contact(self) -> str:
        """Return the URI of this port."""
        host, port = self.endpoint.host
        return str(URI("sip", host, self.user, port=port))

    @property
    def address(self) -> str:
        """Return the address for the From header."""
        return str(Address(URI("sip", self.sip[0], self.user, port=self.sip[1]), self.display))

    async def call(self, number: str, headers: dict[str, str] | None = None) -> OutgoingCall:
        """Send an INVITE to the number and return at once; wait for its moments to follow it."""
        placed = OutgoingCall(self, number, headers or {})
        self._keep(placed)
        return placed

    async def next_call(self, within: float = 5.0) -> IncomingCall:
        """Wait for the next incoming call that was not returned before. Raises WaitTimeout after `within` seconds."""

        def find() -> IncomingCall | None:
            return self._unclaimed.pop(0) if self._unclaimed else None

        return await self._news.until(find, within, f"{self.name}: no call came in")

    async def ask(self, asked: Request, to: Host, on_progress: Callable[[Response], None] | None = None) -> Response:
        """Send a request, again with the password if the server requires it; return the final answer."""
        told = await self.endpoint.ask(asked, to, on_progress)
        challenge = told.www_authenticate or told.proxy_authenticate if told.code in (401, 407) else None
        if challenge is None or not self.password:
            return told
        proof = credentials(challenge, self.user, self.password, asked.method, str(asked.uri))
        if told.code == 401:
            asked.authorization = proof
        else:
            asked.proxy_authorization = proof
        asked.headers.set("Via", self.endpoint.via())
        asked.cseq = CSeq(asked.cseq.sequence + 1, asked.method)
        return await self.endpoint.ask(asked, to, on_progress)

    async def close(self) -> None:
        """Hang up every call, if the other side answers within 2 s, and release the port."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await asyncio.gather(*(call.hang_up() for call in self.calls), return_exceptions=True)
        for call in self.calls:
            call.end("us")
        self.endpoint.close()

    def server_ended(self) -> None:
        """End every call without a request, because the server has ended and would not answer."""
        for call in self.calls:
            call.end("the server")

    def _keep(self, call: SipCall) -> None:
        self.calls.append(call)
        self._by_id[call.dialogue.call_id] = call

    def _take(self, asked: Request, source: Host) -> None:
        if asked.method == "INVITE" and not tag_of(asked.headers["To"]):
            self._take_call(asked, source)
        elif call := self._by_id.get(asked.call_id):
            call.take(asked, source)
        elif asked.method != "ACK":
            code = 200 if asked.method in ("OPTIONS", "NOTIFY") else 481
            self.endpoint.answer(asked, source, response(asked, code, new_tag()))

    def _take_call(self, invite: Request, source: Host) -> None:
        try:
            call = IncomingCall(self, invite, source)
        except ValueError:
            self.endpoint.answer(invite, source, response(invite, 488, new_tag()))
            return
        self._keep(call)
        call.treatment = asyncio.create_task(self._treat(call))
        self._unclaimed.append(call)
        self._news.tell()

    async def _treat(self, call: IncomingCall) -> None:
        try:
            await self.behave(call)
        except Exception as error:
            call.note(f"the party's behaviour failed: {error!r}")
            call.refuse(500)
            raise


class SipPhone(UserAgent):
    """A phone with an account on the server, and on `others`; it answers calls at once by default."""

    def __init__(
        self,
        rtp: Rtp,
        user: str,
        password: str,
        sip: Host,
        tone: int,
        behave: Behaviour | None = None,
        others: Iterable[Host] = (),
    ) -> None:
        super().__init__(rtp, user, sip, tone, behave or answer())
        self.password = password
        self.registered = False
        self._others = tuple(others)
        self._sequence = 0
        self._registration = new_tag()

    async def register(self, seconds: int = 3600) -> None:
        """Register this port for the account, at each server at once; 0 seconds ends the registrations.

        Raises CallRefused, WaitTimeout.
        """
        self.registered = False
        await asyncio.gather(*(self._register(server, seconds) for server in (self.sip, *self._others)))
        self.registered = seconds > 0

    async def _register(self, server: Host, seconds: int) -> None:
        self._sequence += 1
        host, port = server
        headers = {
            "Via": self.endpoint.via(),
            "From": f"{self.address};tag={new_tag()}",
            "To": self.address,
            "Call-ID": self._registration,
            "CSeq": f"{self._sequence} REGISTER",
            "Contact": f"<{self.contact}>",
            "Expires": str(seconds),
        }
        asked = request("REGISTER", f"sip:{host}:{port}", headers)
        told = await self.ask(asked, server)
        self._sequence = max(self._sequence, asked.cseq.sequence)
        if told.code != 200:
            raise CallRefused(
                f"{host}:{port} refuses to register {self.user}: {told.code} {told.phrase}: "
                "is that account there, with this password?",
                told.code,
            )

    def die(self) -> None:
        """Vanish as by kill -9: no BYE, the registration stays, and nothing is sent or answered any more."""
        self.registered = False
        for call in self.calls:
            call.end("us")
        self.endpoint.close()

    def server_ended(self) -> None:
        """Forget the registration too."""
        self.registered = False
        super().server_ended()

    async def close(self) -> None:
        """Hang up, unregister if the server still answers, and release the port."""
        if self.registered:
            with contextlib.suppress(TimeoutError, CallRefused):
                async with asyncio.timeout(1):
                    await self.register(0)
        await super().close()


class TrunkCustomer(UserAgent):
    """A caller over the trunk, with any number and name, who is not registered."""

    def __init__(self, rtp: Rtp, number: str, sip: Host, tone: int, display: str = "") -> None:
        super().__init__(rtp, f"customer {number}", sip, tone, answer())
        self.user, self.display = number, display


class TrunkPeer(UserAgent):
    """The far end of the trunk: `decide` returns the behaviour for a called number (None to answer at once)."""

    def __init__(self, rtp: Rtp, tone: int, decide: Callable[[str], Behaviour | None]) -> None:
        self.decide = decide
        nowhere = ("127.0.0.1", 0)  # it accepts calls and makes none
        super().__init__(rtp, "peer", nowhere, tone, self._behave)

    @property
    def trunk(self) -> str:
        """Return HOST:PORT for `warmline lab up --trunk`."""
        return f"{self.endpoint.host[0]}:{self.endpoint.host[1]}"

    async def _behave(self, call: IncomingCall) -> None:
        await (self.decide(call.number) or answer())(call)
