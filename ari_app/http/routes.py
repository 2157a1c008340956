"""All HTTP routes of the app."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from ari_app.http import health, http_requests
from ari_app.http.agc.endpoint import AgentApi
from ari_app.http.agc.requests.command_tickets import CommandTickets
from ari_app.http.imports import import_jobs
from ari_app.http.imports.import_jobs import ImportJobs
from ari_app.http.link_player import LinkPlayer
from ari_app.http.openapi import openapi_document
from ari_app.http.openapi.route_table import AUDIO, ROUTES, ApiRoute
from ari_app.http.people.session_use import SessionUse
from ari_app.http.screen.lead_edits import LeadEdits
from ari_app.http.screen.screen_views import ScreenViews
from ari_app.http.server import bearer_tokens, credentials, http_connection, local_token, request_heads, request_turns
from ari_app.http.server.api_login import ApiLogin
from ari_app.http.server.api_request import EventStream, FileAnswer
from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.server.client_address import PROXIES, TrustedProxies
from ari_app.http.server.expect_header import refuse_what_is_no_text
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.http.streams.live_totals import LiveTotals
from ari_app.http.streams.sse_response import ReaderRights
from ari_app.http.v1 import campaign_bounds
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace import browser_sessions, other_origins, page_headers, workspace_routes
from ari_app.http.workspace.browser_sessions import SESSIONS, BrowserSessions
from ari_app.http.workspace.feed import FEEDS, HEARTBEAT, Feeds
from ari_app.http.workspace.feed_heartbeat import FeedHeartbeat
from ari_app.http.workspace.open_pages import PAGES, OpenPages
from ari_app.http.workspace.phone.phone_routes import PhoneOffers
from ari_app.link.call_control import CallControl, ChangeDialStop, FindConversation, FindOrphans
from ari_app.link.idempotency import CommandGiver
from ari_app.link.phone_requests import CallProcessPhones
from ari_app.live.hub import Hub
from ari_app.records.agent_api_tickets import TicketMaker
from ari_app.records.privileged_writes import PrivilegedWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from warmline.access.rights import Reach, UserRole
from warmline.store.configuration.users import User
from warmline.system.additions import load_additions
from warmline.system.contrib_table import ROUTES as ADDED_ROUTES
from warmline.system.settings import Settings

EVENTS = "text/event-stream"
API = web.AppKey("api", JsonApi)
# Addresses that people and browsers guess, and the places to which they lead. The workspace asks for the login, and
# `home` is the page of the role.
PLACES = {
    "/": "workspace/?view=home",
    "/reports": "workspace/reports.html",
    "/calls": "workspace/calls.html",
    "/callbacks": "workspace/callbacks.html",
    "/leads": "workspace/leads.html",
    "/people": "workspace/people.html",
    "/config": "workspace/config.html",
    "/favicon.ico": "workspace/icon.svg",
    "/docs": "api/v1/openapi.json",
    "/developers": "api/v1/openapi.json",  # until 0.12 a page that showed this document
    "/workspace/developers.html": "../api/v1/openapi.json",
    openapi_document.PREFIX: "v1/openapi.json",
}
# Some programs build addresses with double slashes, which Apache treats as one, and with a final slash.
AGENT_API = "/{before:/*}agc/{between:/*}api.php{behind:/*}"

MetricsPage = Callable[[], Awaitable[bytes]]
"""Returns the page for Prometheus."""


def routes(agent_api: AgentApi, api: JsonApi, metrics: MetricsPage, offers: PhoneOffers) -> list[web.RouteDef]:
    """Return all routes of the core: method, path and handler."""
    return [
        web.get(AGENT_API, agent_api.serve, allow_head=False),
        web.post(AGENT_API, agent_api.serve),
        web.head(AGENT_API, agent_api.look),
        web.get("/healthz", partial(health.healthy, api)),
        web.get("/metrics", partial(_serve_metrics, api, metrics)),
        web.get(f"{openapi_document.PREFIX}/openapi.json", _describe),
        *(
            web.route(route.method, openapi_document.PREFIX + _address(route.path), partial(_serve, api, route))
            for route in ROUTES
        ),
        web.head(openapi_document.PREFIX + AUDIO.path, partial(_serve, api, AUDIO)),
        LinkPlayer(api).route(),
        *offers.routes(),
        *(web.get(path, partial(_lead_to, place)) for path, place in PLACES.items()),
        *workspace_routes.routes(api),
    ]


@cache
def _address(path: str) -> str:
    """Return a path whose variable parts do not match the fixed parts that other paths have in their place."""
    parts = path.split("/")
    made = parts.copy()
    for place, part in enumerate(parts):
        if part.startswith("{") and (words := sorted(map(re.escape, _fixed_parts().get(tuple(parts[:place]), ())))):
            made[place] = f"{part[:-1]}:(?!(?:{'|'.join(words)})(?:/|$))[^{{}}/]+}}"
    return "/".join(made)


@cache
def _fixed_parts() -> Mapping[tuple[str, ...], set[str]]:
    """Return the fixed parts that follow the beginning of a path, by the parts of that beginning."""
    found = defaultdict[tuple[str, ...], set[str]](set)
    for route in ROUTES:
        parts = route.path.split("/")
        for place, part in enumerate(parts):
            if not part.startswith("{"):
                found[*parts[:place]].add(part)
    return found


class ApiParts(NamedTuple):
    """The parts of the app that the API asks: those of the call process, and the page of metrics.

    `too_often` is called for each request above `api_rate`, with `agent` or `json` for its API. It is called with `any`
    if an address sent so many requests that this one was not read. Without `phones` there are no browser phones.
    """

    once: CommandGiver
    orphans: FindOrphans
    find_conversation: FindConversation
    records: RecordWriter
    privileged: PrivilegedWriter
    audio: AudioSource
    sessions: SessionMaker
    dial_stop: ChangeDialStop
    tickets: TicketMaker
    phones: CallProcessPhones | None
    metrics: MetricsPage
    too_often: Callable[[str], None]


def make_app(board: CallControl, users: ApiUsers, settings: Settings, parts: ApiParts) -> web.Application:
    """Return the web application; create the local token in the run folder if it is missing.

    Turn the access log off, because each API call has its own line in the log `warmline.api`.
    Raises SettingsError if the token cannot be created, or a setting is no list of addresses or origins.
    """
    threads, too_often = WorkerThreads(), parts.too_often
    agent_rate, json_rate = (RateLimit(settings.api_rate, partial(too_often, door)) for door in ("agent", "json"))
    of_address, burst = settings.api_rate * bearer_tokens.OF_ADDRESS, bearer_tokens.BURST_OF_ADDRESS
    by_address = RateLimit(of_address, partial(too_often, "any"), burst=burst)
    proxies = TrustedProxies.of_setting(settings.trusted_proxies)
    askers = TokenAuthentication(local_token.keep(settings.run), settings.db, json_rate, by_address, threads, proxies)
    records = LeadEdits(parts.records)
    api = JsonApi(
        board,
        parts.once,
        settings.db,
        parts.orphans,
        settings.run,
        askers,
        threads,
        users,
        Hub(board.turns),
        parts.find_conversation,
        parts.dial_stop,
        parts.audio,
        records,
        parts.privileged,
        parts.sessions,
        LiveTotals(settings.db),
    )
    middlewares = [http_connection.in_time, request_turns.in_turn, http_requests.as_problems]
    app = web.Application(client_max_size=request_heads.CONFIG_BODY, middlewares=middlewares)
    views, use = ScreenViews.of(api), api.parts.setdefault(SessionUse, SessionUse())
    records.followers.append(views.lead_changed)
    app[PROXIES], app[other_origins.ORIGINS] = proxies, other_origins.of_settings(settings)
    app[API], app[request_turns.TURNS], app[bearer_tokens.ASKERS] = api, request_turns.RequestTurns(), askers
    app[SESSIONS], app[PAGES], app[FEEDS] = BrowserSessions(askers, parts.sessions, use), OpenPages(), Feeds()
    app[HEARTBEAT] = FeedHeartbeat(askers, views.renew, board.status)
    app.on_response_prepare.extend([http_connection.name_app, page_headers.add, other_origins.add])
    app.on_shutdown.extend([api.readers.end_all, app[FEEDS].end_all])
    app.on_startup.append(_delete_former_imports)
    app.on_cleanup.append(partial(_close, api))
    refuse_what_is_no_text(app)
    tickets = CommandTickets(parts.tickets)
    login = ApiLogin(users, agent_rate)
    agent_api = AgentApi(board, records, login, parts.once, settings.server_ip, settings.db, tickets)
    offers = PhoneOffers(api, parts.phones, settings)
    app.on_startup.append(offers.open)
    app.on_cleanup.append(offers.close)
    added = [route for create_routes in load_additions(ADDED_ROUTES) for route in create_routes(api, login, tickets)]
    assert not any(route.path.startswith(openapi_document.PREFIX) for route in added), "these are for added_api"
    app.add_routes([*routes(agent_api, api, parts.metrics, offers), *added])
    if app[other_origins.ORIGINS].callers:
        app.router.add_options(f"{openapi_document.PREFIX}/{{any:.*}}", other_origins.preflight)
    return app


async def _delete_former_imports(_app: web.Application) -> None:
    await asyncio.to_thread(import_jobs.delete_former)


async def _close(api: JsonApi, _app: web.Application) -> None:
    api.threads.close()
    if jobs := api.parts.get(ImportJobs):
        jobs.close()


async def _serve_metrics(api: JsonApi, metrics: MetricsPage, request: web.Request) -> web.Response:
    """Answer Prometheus, which needs a bearer token as every client does."""
    asker = (await browser_sessions.client_of(request)).asker
    bearer_tokens.allow(asker, "calls:read", "readMetrics")
    if isinstance(asker, User) and asker.campaigns and asker.role is UserRole.MANAGER:
        raise campaign_bounds.bound(asker, "read figures of all campaigns")
    if isinstance(asker, User) and asker.bound("calls:read") is not None:
        raise bearer_tokens.role_missing(asker, "readMetrics", "calls:read", Reach.ALL)
    return web.Response(body=await metrics(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


async def _serve(api: JsonApi, route: ApiRoute, request: web.Request) -> web.StreamResponse:
    """Answer a request to the JSON API if its token allows it."""
    sent = credentials.credentials(request)
    ticket = request.query.get("ticket", "") if route.media == EVENTS and not sent.token else ""
    if ticket:
        sent = sent._replace(token=api.askers.tickets.token_of(ticket))
    sessions = request.app[SESSIONS]
    asker = api.askers.stranger(sent.address) if route.is_open else (await sessions.client(sent)).asker
    route.check(asker, request.query, request.match_info)
    await api.board.known()
    answer = await route.answer(api, await http_requests.read(request, asker, sent, has_body=bool(route.takes)))
    if isinstance(answer, FileAnswer):
        return await http_requests.file(request, answer)
    if isinstance(answer, EventStream):
        with api.askers.watched(sent.token, asker) as ended:
            rights = ReaderRights(partial(api.askers.still, sent.token, asker, ticket), ended)
            return await http_requests.stream(api.readers, asker, request, answer, rights)
    return http_requests.response(answer)


async def _lead_to(place: str, _request: web.Request) -> web.Response:
    """Answer with another place, relative to this one: a proxy may serve all of them below a folder of its own."""
    return web.Response(status=HTTPStatus.TEMPORARY_REDIRECT, headers={"Location": place})


async def _describe(_request: web.Request) -> web.Response:
    return http_requests.response(openapi_document.answer())
