"""The requests of the API process about browser phones."""

from typing import Protocol

from msgspec import Struct

from ari_app.link.requests import Line, request


class PhoneToken(Struct, frozen=True):
    """A token for one leg, and the password of the endpoint warmline-browser.

    The token is "" if the offer was made before.
    """

    token: str
    password: str


class TurnCredential(Struct, frozen=True):
    """The name and password for the TURN servers, valid for these seconds."""

    username: str
    credential: str
    seconds: int


class PhoneTokens(Protocol):
    @request()
    async def token(self, agent: Line, page: Line, offer: Line, supervisor: Line = "") -> PhoneToken:
        """Return a token for an offer of the agent's page, or of a supervisor's; "" if the offer was made before.

        `offer` tells this offer from others of the page. `supervisor` is the client whose page is to supervise the
        agent; "" for the agent's own page. Raises CallProcessAway.
        """

    @request()
    async def tell(self, agent: Line, page: Line, *, here: bool) -> None:
        """Tell whether the page with the phone of the agent, or of a supervisor, is there. Raises CallProcessAway."""


class TurnServer(Protocol):
    @request()
    async def turn_credential(self, client: Line) -> TurnCredential:
        """Return a credential with which a client's page may use the TURN servers. Raises CallProcessAway."""


class CallProcessPhones(PhoneTokens, TurnServer, Protocol):
    """The part of the call process in browser phones."""
