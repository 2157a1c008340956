"""The audio of recordings for the holders of signed links, whole or in part, without a login."""

import asyncio
import logging
import math
from dataclasses import replace

from aiohttp import web

from ari_app.http import http_requests
from ari_app.http.server import client_address
from ari_app.http.server.limits.addresses import of_host
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import audio_download
from ari_app.http.v1.live_state import JsonApi
from warmline.access.login_delays import LoginDelays, LoginSource
from warmline.store.database.database import StoreError
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import RecordingLink

HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}
REFUSED = [f"recording_link_{why}" for why in ("wrong", "expired", "revoked", "off")]
PLAIN = {**HEADERS, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

log = logging.getLogger("warmline.api")


class LinkPlayer:
    """Answers the holders of links. An address whose links are refused has to wait, as after wrong passwords."""

    def __init__(self, api: JsonApi) -> None:
        self._api = api
        self._delays = LoginDelays()

    def route(self) -> web.RouteDef:
        """Return the route of all links; the file's name behind the recording is for the client alone."""
        return web.get(signed_recording_links.PREFIX + "/{id}{name:(?:/[^/]*)?}", self.play)

    async def play(self, request: web.Request) -> web.StreamResponse:
        """Answer with the audio or a range of it, or with a sentence."""
        host, clock = of_host(client_address.of_request(request)), asyncio.get_running_loop().time
        source = LoginSource(host, host)
        if wait := self._delays.wait(source, clock()):
            headers = PLAIN | {"Retry-After": str(math.ceil(wait))}
            return web.Response(status=429, text="too many wrong links; try again later\n", headers=headers)
        recording, query = request.match_info["id"], request.query
        given = f"{signed_recording_links.LINK}:{query.get('until', '')}:{query.get('sig', '')}:{query.get('by', '')}"
        link = RecordingLink.of_token(given) or RecordingLink("", 0, "")
        try:
            answer = await audio_download.given(self._api, request.headers, recording, link.token)
        except ProblemRaised as why:
            if why.problem.code in REFUSED:
                self._delays.failed(source, clock())
                log.info("a link to a recording from %s is refused: %s", host, why.problem.code)
            return web.Response(status=why.problem.status, text=f"{why}\n", headers=PLAIN | dict(why.headers))
        except StoreError as problem:
            log.error("a link to a recording cannot be checked: %s", problem)
            return web.Response(status=503, text="the recording cannot be read now; try again later\n", headers=PLAIN)
        self._delays.succeeded(source)
        return await http_requests.file(request, replace(answer, headers={**answer.headers, **HEADERS}))
