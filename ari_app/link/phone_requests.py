"""The requests of the API process about browser phones. Each in a person's name carries the person's token."""

from typing import Protocol

from msgspec import Struct

from ari_app.link.requests import Line, request
from warmline.core.model.session import BROWSER_PHONE
from warmline.text.coded_error import CodedError

ENDPOINT = f"warmline-{BROWSER_PHONE}"  # of Asterisk, for all browser phones


class PhoneRefused(CodedError):
    """The person whose token it is may not bring this phone, or use the TURN servers."""


class ChallengeUnknown(CodedError):
    """A challenge of Asterisk that cannot be answered."""


class TurnCredential(Struct, frozen=True):
    """The name and password for the TURN servers, valid for these seconds."""

    username: str
    credential: str
    seconds: int


class PhoneTokens(Protocol):
    @request(PhoneRefused)
    async def token(self, session: Line, agent: Line, page: Line, offer: Line, *, supervises: bool) -> str:
        """Return a token for one leg, for an offer of a page of the person with the token `session`.

        Return "" if the offer was made before; `offer` tells it from others of the page. With `supervises` it is the
        phone of a supervisor of the agent. Raises PhoneRefused, CallProcessAway.
        """

    @request(ChallengeUnknown)
    async def proof(self, token: Line, challenge: str, uri: Line) -> str:
        """Return the answer to Asterisk's challenge of the call to `uri`, whose user is a token for a leg.

        Raises ChallengeUnknown, CallProcessAway.
        """

    @request()
    async def tell(self, agent: Line, page: Line, *, here: bool) -> None:
        """Tell whether the page with the phone of the agent, or of a supervisor, is there. Raises CallProcessAway."""


class TurnServer(Protocol):
    @request(PhoneRefused)
    async def turn_credential(self, session: Line) -> TurnCredential:
        """Return a credential with which the person with this token may use the TURN servers.

        Raises PhoneRefused, CallProcessAway.
        """


class CallProcessPhones(PhoneTokens, TurnServer, Protocol):
    """The part of the call process in browser phones."""
