"""The address of browser phones, in the shape of WHIP (RFC 9725): an offer comes, and Asterisk's answer goes back."""

import asyncio
import time
from http import HTTPStatus

from aiohttp import web

from ari_app.http.server import bearer_tokens, request_body
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.problems import ProblemRaised, invalid_request
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace.browser_sessions import client_of
from ari_app.http.workspace.open_pages import PAGES
from ari_app.http.workspace.phone import page_offer
from ari_app.http.workspace.phone.page_presence import PagePresence
from ari_app.http.workspace.phone.phone_owner import PhoneOwner, is_wanted, owner_of, server_of, unwanted
from ari_app.http.workspace.phone.sip_end import OfferRefused, SipEnd
from ari_app.http.workspace.phone.supervisor_presence import SupervisorPresence
from ari_app.link.phone_requests import CallProcessPhones, PhoneRefused
from warmline.core.messages.commands import PAGE
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings

PATH = "/workspace/phone"
MEDIA = "application/sdp"
A_MINUTE = 6  # offers of an agent from one address
SUPERVISIONS_A_MINUTE = 30  # offers of a supervisor, one for each agent
WITHOUT_TURN = 3600  # seconds until a page asks again whether there is a TURN server
NOT_KEPT = {"Cache-Control": "no-store"}


class PhoneOffers:
    """Takes the offers of pages. The SIP end and the news of pages begin and end with the app."""

    def __init__(self, api: JsonApi, phones: CallProcessPhones | None, settings: Settings) -> None:
        self._api, self._phones = api, phones
        self._asterisks = {one.name: one.browser_sip for one in every_server(settings) if one.browser_sip}
        self._port = settings.listen_port
        self._turn_urls = [one.strip() for one in settings.turn_urls.split(",") if one.strip()]
        self._end: SipEnd | None = None
        self._presence: list[asyncio.Task[None]] = []
        self._phones_rate, self._supervisions = _a_minute(A_MINUTE), _a_minute(SUPERVISIONS_A_MINUTE)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.post(PATH, self.offer),
            web.get(f"{PATH}/servers", self.servers),
            web.delete(f"{PATH}/{{page}}", self.give_up),
        ]

    async def open(self, app: web.Application) -> None:
        """Open the SIP end, so that it answers Asterisk about the calls of a process before this one."""
        if self._phones and self._asterisks:
            places = {name: address.rpartition(":") for name, address in self._asterisks.items()}
            servers = {name: (host, int(port)) for name, (host, _, port) in places.items()}
            self._end = await SipEnd.opened(servers, self._port)
            followed = self._api.board, app[PAGES], self._phones
            self._presence = [
                asyncio.create_task(one.run()) for one in (PagePresence(*followed), SupervisorPresence(*followed))
            ]

    async def close(self, _app: web.Application) -> None:
        """Close the SIP end. Calls go on."""
        for task in self._presence:
            task.cancel()
        if self._end:
            self._end.close()

    async def offer(self, request: web.Request) -> web.Response:
        """Answer an offer of the page `page`, for an agent, or for a supervisor of the agent `supervises`.

        A leg that is there already is replaced.

        Raises ProblemRaised (401, 403, 409, 413, 415, 422, 429, 503), CallProcessAway.
        """
        client = await client_of(request)
        owner, page = owner_of(client.asker, request), _page(request.query.get("page", ""))
        if self._end is None or self._phones is None:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "browser_phones_off",
                "browser phones are off: the setting browser_sip is empty; warmline doctor says how to switch them on",
            )
        await self._api.board.known()
        if not is_wanted(self._api.board.world, owner, page):
            raise unwanted(owner, page)
        self._count(owner, client.address)
        try:
            given = page_offer.read(await _body(request), client.address)
        except page_offer.OfferInvalid as error:
            raise ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, "{why}", why=error) from None
        named = client.token, owner.agent, page, given.ufrag
        try:
            token = await self._phones.token(*named, supervises=bool(owner.supervisor))
        except PhoneRefused as error:
            raise ProblemRaised(HTTPStatus.FORBIDDEN, error.code, "{why}", why=error) from None
        if not token:
            raise ProblemRaised(
                HTTPStatus.CONFLICT,
                "offer_repeated",
                "the page {page} has made this offer before; make a new connection, and offer that",
                page=page,
            )
        try:
            server = server_of(self._api.board.world, owner)
            answer = await self._end.offer(server, token, self._phones.proof, page_offer.written(given))
        except OfferRefused as error:
            raise ProblemRaised(HTTPStatus.SERVICE_UNAVAILABLE, error.code, "{why}", why=error) from None
        headers = NOT_KEPT | {"Location": f"{PATH}/{page}"}
        return web.Response(status=HTTPStatus.CREATED, body=answer, content_type=MEDIA, headers=headers)

    async def servers(self, request: web.Request) -> web.Response:
        """Answer with the TURN servers and a credential of the client, for `seconds`; without the setting, none.

        Raises ProblemRaised (401, 403), CallProcessAway.
        """
        client = await client_of(request)
        bearer_tokens.allow(client.asker, "agents:write", "readTurnServers")
        if not self._turn_urls or self._phones is None:
            return web.json_response({"ice_servers": [], "seconds": WITHOUT_TURN}, headers=NOT_KEPT)
        try:
            made = await self._phones.turn_credential(client.token)
        except PhoneRefused as error:
            raise ProblemRaised(HTTPStatus.FORBIDDEN, error.code, "{why}", why=error) from None
        server = {"urls": self._turn_urls, "username": made.username, "credential": made.credential}
        return web.json_response({"ice_servers": [server], "seconds": made.seconds}, headers=NOT_KEPT)

    async def give_up(self, request: web.Request) -> web.Response:
        """Give the phone of a page up. A supervision ends at once.

        An agent's line ends after `browser_grace_seconds`, unless a page offers another. Raises ProblemRaised (401,
        403, 422), CallProcessAway.
        """
        client = await client_of(request)
        owner, page = owner_of(client.asker, request), _page(request.match_info["page"])
        if self._phones and (not owner.supervisor or is_wanted(self._api.board.world, owner, page)):
            await self._phones.tell(owner.agent, page, here=False)
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=NOT_KEPT)

    def _count(self, owner: PhoneOwner, address: str) -> None:
        rate = self._supervisions if owner.supervisor else self._phones_rate
        if wait := rate.wait(owner.supervisor or owner.agent, address):
            seconds = int(wait * 60) + 1
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_offers",
                "a browser phone may be offered {most} times a minute; try again in {seconds} s",
                most=rate.a_second,
                seconds=seconds,
                headers={"Retry-After": str(seconds)},
            )


def _a_minute(most: int) -> RateLimit:
    """Return a limit whose second is a minute."""
    return RateLimit(most, clock=lambda: time.monotonic() / 60, burst=1.0)


def _page(text: str) -> str:
    if not PAGE.is_match(text):
        raise invalid_request("page", f"must match {PAGE.pattern}, up to {PAGE.max_length}: the random id of the page")
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
