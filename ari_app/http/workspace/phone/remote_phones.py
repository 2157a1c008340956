"""The requests of the API process to the call process about browser phones."""

from collections.abc import Callable

import msgspec

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.messages import (
    AskPhoneToken,
    AskTurnCredential,
    Found,
    PhoneToken,
    ReportPage,
    Request,
    TurnCredential,
)

WITHIN = 3.0  # seconds


class RemotePhones:
    """Tokens for offers, and the news of pages, over the connection `link`."""

    def __init__(self, link: CallLink) -> None:
        self._link = link

    async def token(self, agent: str, page: str, offer: str, supervisor: str = "") -> PhoneToken:
        """Return a token for an offer that this page of the agent or a supervisor makes now. Raises CallProcessAway."""
        found = await self._ask(lambda number: AskPhoneToken(number, agent, page, offer, supervisor))
        return msgspec.json.decode(found, type=PhoneToken)

    async def turn_credential(self, client: str) -> TurnCredential:
        """Return a credential for the TURN servers. Raises CallProcessAway."""
        found = await self._ask(lambda number: AskTurnCredential(number, client))
        return msgspec.json.decode(found, type=TurnCredential)

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        """Tell that the page of the agent or a supervisor is gone, or there again. Raises CallProcessAway."""
        await self._ask(lambda number: ReportPage(number, agent, page, here))

    async def _ask(self, message: Callable[[int], Request]) -> bytes:
        try:
            answer = await self._link.ask(message, WITHIN)
        except TimeoutError:
            raise CallProcessAway(
                "phone_token_late", "the call process has not answered in {limit:.0f} s; try again", limit=WITHIN
            ) from None
        if not isinstance(answer, Found) or answer.why:
            why = answer.why if isinstance(answer, Found) else "another message"
            raise CallProcessAway("phone_token_refused", "the call process gives no token: {why}", why=why)
        return answer.body
