"""The requests about browser phones in the call process: it looks itself at what the person with the token may do.

The API process could otherwise bring a phone for any agent or supervisor, and so hear each call.
"""

import asyncio
import re

from ari_app.asterisk import endpoint_digest
from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.link.phone_requests import ChallengeUnknown, PhoneRefused, TurnCredential
from warmline.store.configuration import token_holder
from warmline.store.configuration.tokens import ALL, ApiToken
from warmline.store.configuration.users import User
from warmline.system import token_file

LOCAL = ApiToken("local", frozenset({ALL}))  # a program of the user of this process
OWN, SUPERVISE = "agents:write", "agents:supervise"
LONGEST = 1000  # characters of a challenge


class CheckedPhones:
    """The phones and the TURN servers for the API process. `password` is that of the endpoint warmline-browser.

    The tokens are those of the database at `db`, and that of the folder `run` if this process' user wrote it.
    """

    def __init__(self, phones: BrowserPhones, turn: TurnCredentials, password: str, db: str, run: str) -> None:
        self._phones, self._turn, self._password, self._db, self._run = phones, turn, password, db, run

    async def token(self, session: str, agent: str, page: str, offer: str, *, supervises: bool) -> str:
        """Return a token for one leg, or "" for an offer that was made before. Raises PhoneRefused, StoreError."""
        client = await self._client(session, SUPERVISE if supervises else OWN)
        if supervises:
            if (visible := client.bound(SUPERVISE)) is not None and not visible.include(agent):
                raise _refused(f"{client.client} may not supervise agent {agent}")
            return self._phones.new_token(agent, page, offer, client.client)
        if isinstance(client, User) and client.agent != agent:
            raise _refused(f"{client.client} may not bring the phone of agent {agent}")
        return self._phones.new_token(agent, page, offer)

    async def proof(self, token: str, challenge: str, uri: str) -> str:
        """Return the answer to a challenge of the call with this token. The password stays in this process.

        Raises ChallengeUnknown.
        """
        if not re.fullmatch(rf"sip:{re.escape(token)}@[0-9.]+:[0-9]+", uri) or not self._phones.knows(token):
            raise ChallengeUnknown("phone_token_unknown", "the call has no valid token")
        try:
            return endpoint_digest.answer(challenge[:LONGEST], self._password, uri)
        except (KeyError, ValueError) as error:
            raise ChallengeUnknown("phone_challenge_unknown", "the challenge is not known: {why}", why=error) from None

    async def tell(self, agent: str, page: str, *, here: bool) -> None:
        """Tell the core that a page is gone, or that it is there again."""
        await self._phones.tell(agent, page, here=here)

    async def turn_credential(self, session: str) -> TurnCredential:
        """Return a credential in the name of the person. Raises PhoneRefused, StoreError."""
        return await self._turn.turn_credential((await self._client(session, OWN)).name)

    async def _client(self, session: str, scope: str) -> ApiToken | User:
        client = await asyncio.to_thread(self._find, session)
        if client is None or not client.may(scope):
            raise _refused(f"the token lacks the scope {scope}")
        return client

    def _find(self, session: str) -> ApiToken | User | None:
        return LOCAL if token_file.is_own(self._run, session) else token_holder.of_token(self._db, session)


def _refused(why: str) -> PhoneRefused:
    return PhoneRefused("phone_refused", "the call process gives no browser phone: {why}", why=why)
