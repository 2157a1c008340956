"""The part of the call process in browser phones, as the API process uses it."""

from typing import Protocol

from ari_app.link.messages import PhoneToken, TurnCredential


class CallProcessPhones(Protocol):
    async def token(self, agent: str, page: str, offer: str, supervisor: str = "") -> PhoneToken:
        """Return a token for an offer of the agent's page, or of a supervisor's; "" if the offer was made before.

        Raises CallProcessAway.
        """

    async def turn_credential(self, client: str) -> TurnCredential:
        """Return a credential for the TURN servers. Raises CallProcessAway."""

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        """Tell whether the page with the phone of the agent, or of a supervisor, is there. Raises CallProcessAway."""
