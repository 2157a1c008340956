"""The live state as JSON: agents, calls, receipts, orphans."""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.password_check import ApiUsers
from ari_app.http.server.problems import SOON, ProblemRaised
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.http.streams.live_totals import LiveTotals
from ari_app.http.streams.stream_readers import StreamReaders
from ari_app.http.v1.bodies import response_bodies
from ari_app.link.call_control import CallControl, ChangeDialStop, FindConversation, FindOrphans
from ari_app.link.idempotency import CommandGiver
from ari_app.live import live_snapshot
from ari_app.live.hub import Hub
from ari_app.records.privileged_writes import PrivilegedWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.model.call import Call
from warmline.core.world.world import World
from warmline.operations.receipts import ReceiptNow
from warmline.store.journal import receipt_lookup

MOST_READING = 2  # event streams that read old events from the database at the same time
OF_KEY = "key:"  # begins the name of a receipt by the idempotency key of its command


@dataclass(frozen=True, slots=True)
class JsonApi:
    """The parts that the JSON API uses. `db` is the database's path, `run` the run folder."""

    board: CallControl
    once: CommandGiver
    db: str
    find_orphans: FindOrphans
    run: str
    askers: TokenAuthentication
    threads: WorkerThreads
    users: ApiUsers | None  # None where no passwords are checked
    hub: Hub
    find_conversation: FindConversation
    change_dial_stop: ChangeDialStop
    audio: AudioSource
    records: RecordWriter
    privileged: PrivilegedWriter
    sessions: SessionMaker
    totals: LiveTotals
    login_rate: RateLimit = field(default_factory=lambda: RateLimit(1, burst=10.0))
    readers: StreamReaders = field(default_factory=StreamReaders)
    parts: dict[type, Any] = field(default_factory=dict)  # kept for all requests by other folders, by class
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_READING))


async def agents(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every logged-in agent that the client may see, by user. Raises ProblemRaised (422)."""
    most, after = paging.limit(request, paging.LIVE, paging.LIVE), request.query.get("after", "")
    return reply(live_snapshot.agents(api.board.world, after, most, request.visible))


async def agent(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with one logged-in agent. Raises ProblemRaised (404)."""
    user = request.path_values["user"]
    session = api.board.world.sessions.get(user)
    if session is None:
        raise not_logged_in(user)
    return reply(live_snapshot.agent(session, api.board.world))


async def calls(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every live call that the client may see, the oldest first. Raises ProblemRaised (422)."""
    most, after = paging.limit(request, paging.LIVE, paging.LIVE), request.query.get("after", "")
    return reply(live_snapshot.calls(api.board.world, after, most, request.visible))


async def receipt(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with a command's receipt, even long after the command ended."""
    return reply(await read_receipt(api, request.path_values["id"], request.by))


async def orphans(api: JsonApi, _request: ApiRequest) -> ApiAnswer:
    """Reply with Asterisk's channels and bridges under Warmline's name that belong to no call or agent session."""
    try:
        found = await api.find_orphans()
    except AsteriskUnreadable as problem:
        raise asterisk_unreadable(problem) from None
    return reply(response_bodies.OrphanList(found.channels, found.bridges))


def asterisk_unreadable(why: AsteriskUnreadable) -> ProblemRaised:
    """Return the problem of a request for which Asterisk must be read."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return ProblemRaised(status, "asterisk_unreadable", "Asterisk cannot be read: {why}", why=why, headers=SOON)


async def read_receipt(api: JsonApi, wanted: str, by: str = "") -> ReceiptNow:
    """Return the receipt of that id, or `key:` and the idempotency key with which the client `by` gave the command.

    Raises ProblemRaised (404), StoreError.
    """
    if wanted.startswith(OF_KEY):
        key = wanted.removeprefix(OF_KEY)
        running = (one for one in api.board.world.receipts.values() if (one.by, one.key) == (by, key))
        found = next(running, None) or await api.threads.look_up(receipt_lookup.find_by_key, api.db, by, key)
    else:
        found = api.board.receipt(wanted) or await api.threads.look_up(receipt_lookup.find, api.db, wanted)
    if found is None:
        raise unknown_receipt(wanted)
    return response_bodies.receipt(found)


def unknown_receipt(wanted: str) -> ProblemRaised:
    """Return the 404 for a receipt."""
    return ProblemRaised(
        HTTPStatus.NOT_FOUND, "receipt_unknown", "receipt {receipt_id!r} does not exist", receipt_id=wanted
    )


def live_call(world: World, wanted: str) -> Call | None:
    """Return the live call of that id, agc_id or channel of a party, or None."""
    by_agc_id = (found for found in world.calls.values() if found.agc_id == wanted)
    leg = world.legs.get(wanted)  # its id is the channel's
    return world.calls.get(wanted) or next(by_agc_id, None) or (world.calls.get(leg.owner) if leg else None)


def no_live_call(wanted: str) -> ProblemRaised:
    """Return the 404 for a call."""
    return ProblemRaised(HTTPStatus.NOT_FOUND, "live_call_unknown", "live call {call!r} does not exist", call=wanted)


def unknown_agent(user: str) -> ProblemRaised:
    """Return the 404 for an agent that is not in the configuration."""
    return ProblemRaised(HTTPStatus.NOT_FOUND, "agent_unknown", "agent {agent!r} does not exist", agent=user)


def unknown_campaign(campaign: str) -> ProblemRaised:
    """Return the 404 for a campaign that is not in the configuration."""
    return ProblemRaised(
        HTTPStatus.NOT_FOUND, "campaign_unknown", "campaign {campaign!r} does not exist", campaign=campaign
    )


def not_logged_in(user: str) -> ProblemRaised:
    """Return the 404 for an agent."""
    return ProblemRaised(HTTPStatus.NOT_FOUND, "not_logged_in", "agent {agent!r} is not logged in", agent=user)
