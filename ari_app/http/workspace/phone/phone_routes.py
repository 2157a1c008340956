"""The address of browser phones, in the shape of WHIP (RFC 9725): an offer comes, and Asterisk's answer goes back."""

import asyncio
import re
import time
from http import HTTPStatus

from aiohttp import web

from ari_app.http.server import bearer_tokens, request_body
from ari_app.http.server.api_request import Asker
from ari_app.http.server.problems import ProblemRaised, invalid_request
from ari_app.http.server.rate_limit import RateLimit
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace.browser_sessions import client_of
from ari_app.http.workspace.open_pages import PAGES
from ari_app.http.workspace.phone import page_offer
from ari_app.http.workspace.phone.call_process_phones import CallProcessPhones
from ari_app.http.workspace.phone.page_presence import PagePresence
from ari_app.http.workspace.phone.sip_end import OfferRefused, SipEnd
from warmline.store.configuration.users import User
from warmline.system.settings import Settings

PATH = "/workspace/phone"
MEDIA = "application/sdp"
SCOPE = "agents:write"
PAGE = re.compile(r"[A-Za-z0-9_-]{1,64}")
A_MINUTE = 6  # offers of an agent from one address
NOT_KEPT = {"Cache-Control": "no-store"}


class PhoneOffers:
    """Takes the offers of pages. The SIP end and the news of pages begin and end with the app."""

    def __init__(self, api: JsonApi, phones: CallProcessPhones | None, settings: Settings) -> None:
        self._api, self._phones = api, phones
        self._asterisk, self._port = settings.browser_sip, settings.listen_port
        self._end: SipEnd | None = None
        self._presence: asyncio.Task[None] | None = None
        self._rate = RateLimit(A_MINUTE, clock=lambda: time.monotonic() / 60, burst=1.0)  # its second is a minute

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [web.post(PATH, self.offer), web.delete(f"{PATH}/{{page}}", self.give_up)]

    async def open(self, app: web.Application) -> None:
        """Open the SIP end, so that it answers Asterisk about the calls of a process before this one."""
        if self._phones and self._asterisk:
            host, _, port = self._asterisk.rpartition(":")
            self._end = await SipEnd.opened((host, int(port)), self._port)
            self._presence = asyncio.create_task(PagePresence(self._api.board, app[PAGES], self._phones).run())

    async def close(self, _app: web.Application) -> None:
        """Close the SIP end. Calls go on."""
        if self._end and self._presence:
            self._presence.cancel()
            self._end.close()

    async def offer(self, request: web.Request) -> web.Response:
        """Answer an offer, which the parameter `page` names. A leg that the agent has already is replaced.

        Raises ProblemRaised (401, 403, 409, 413, 415, 422, 429, 503), CallProcessAway.
        """
        client = await client_of(request)
        agent, page = _agent(client.asker, request), _page(request.query.get("page", ""))
        if self._end is None or self._phones is None:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "browser_phones_off",
                "browser phones are off: the setting browser_sip is empty; warmline doctor says how to switch them on",
            )
        await self._api.board.known()
        session = self._api.board.world.sessions.get(agent)
        if session is None or not session.browser:
            raise ProblemRaised(
                HTTPStatus.CONFLICT,
                "browser_phone_not_wanted",
                "agent {agent} is not logged in with a browser phone; "
                'log in first: POST /api/v1/agents/{agent}/login {{"phone": "browser"}}',
                agent=agent,
            )
        self._count(agent, client.address)
        try:
            given = page_offer.read(await _body(request), client.address)
        except page_offer.OfferInvalid as error:
            raise ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, "{why}", why=error) from None
        token = await self._phones.token(agent, page)
        try:
            answer = await self._end.offer(token.token, token.password, page_offer.written(given))
        except OfferRefused as error:
            raise ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, error.code, "{why}", why=error) from None
        headers = NOT_KEPT | {"Location": f"{PATH}/{page}"}
        return web.Response(status=HTTPStatus.CREATED, body=answer, content_type=MEDIA, headers=headers)

    async def give_up(self, request: web.Request) -> web.Response:
        """Give the phone of a page up: its line ends after `browser_grace_seconds`, unless a page offers another.

        Raises ProblemRaised (401, 403, 422), CallProcessAway.
        """
        client = await client_of(request)
        agent, page = _agent(client.asker, request), _page(request.match_info["page"])
        if self._phones:
            await self._phones.tell(agent, page, here=False)
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=NOT_KEPT)

    def _count(self, agent: str, address: str) -> None:
        if wait := self._rate.wait(agent, address):
            seconds = int(wait * 60) + 1
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_offers",
                "an agent may offer a browser phone {most} times a minute; try again in {seconds} s",
                most=A_MINUTE,
                seconds=seconds,
                headers={"Retry-After": str(seconds)},
            )


def _agent(asker: Asker, request: web.Request) -> str:
    """Return the agent whose phone a client may bring: the user's own, or for a program the one that it names."""
    bearer_tokens.allow(asker, SCOPE, "offerPhone")
    named = request.query.get("agent", "")
    if isinstance(asker, User):
        if not asker.agent or named not in ("", asker.agent):
            raise ProblemRaised(
                HTTPStatus.FORBIDDEN,
                "phone_of_another",
                "user {user} may bring the phone of agent {agent} alone",
                user=asker.name,
                agent=asker.agent or "(none)",
            )
        return asker.agent
    if not named:
        raise invalid_request("agent", "is required for a program: the agent whose phone it brings")
    return named


def _page(text: str) -> str:
    if not PAGE.fullmatch(text):
        raise invalid_request("page", f"must match {PAGE.pattern}: the random id of the page")
    return text


async def _body(request: web.Request) -> bytes:
    if request.content_type != MEDIA:
        raise ProblemRaised(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "body_type_unknown",
            "the body cannot be {type}; allowed: " + MEDIA,
            type=request.content_type,
        )
    return await request_body.whole(request)
