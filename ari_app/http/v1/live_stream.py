"""/api/v1/live: the live agents and calls at once, then each change, as server-sent events."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ari_app.http.server import bearer_tokens
from ari_app.http.server.api_request import ApiRequest, Asker, EventStream, Send
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.streams import sse_response
from ari_app.http.streams.live_totals import TodayTotals
from ari_app.http.v1 import agent_details
from ari_app.http.v1.agent_details import AgentDetails
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import server_records
from ari_app.live.hub import Hub
from ari_app.live.live_copy import OVERVIEW, GoneRecords, LiveChanges, LiveTopic
from ari_app.live.topic_readers import Woken
from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.call import Call
from warmline.operations.live_records import AgentNow, CallWhole, ServerNow

TOPICS = ("agent", "call", "ingroup")  # parameters; without one of them, the topic is the overview


class LiveMessage(Struct, frozen=True, omit_defaults=True):
    """Agents and calls as they are now: all of them in an event `whole`, those that changed in an event `changes`.

    `gone` names those that ended or left the topic. `fallback`: a call took the dialplan's fallback. `details` are
    sent if they were requested and have changed, and so are the totals of `today`. `servers` come with these totals if
    the app has several Asterisk servers.
    """

    agents: list[AgentNow]
    calls: list[CallWhole]
    gone: GoneRecords
    fallback: bool
    details: AgentDetails | None = None
    today: TodayTotals | None = None
    servers: list[ServerNow] | None = None


class LiveReader(NamedTuple):
    """The topic of a reader, and the client, whose rights limit the records that it gets.

    `visible` are the agents that it may see, None for all. `told` are the agents and calls that such a reader has.
    `live` are the live calls, for their campaigns.
    """

    topic: LiveTopic
    asker: Asker
    details: bool
    visible: VisibleAgents | None
    told: set[str]
    totals: bool
    live: Callable[[], Mapping[str, Call]]


async def live(api: JsonApi, request: ApiRequest) -> EventStream:
    """Send all records of a topic, then each change. Raises ProblemRaised (403, 422)."""
    topic = _topic(request)
    details = topic.kind == "agent" and request.query.get("details") == "true"
    totals = topic == OVERVIEW and request.query.get("totals") == "true" and request.asker.may("calls:read")
    reader = LiveReader(topic, request.asker, details, request.visible, set(), totals, lambda: api.board.world.calls)
    if topic.kind == "call":
        bearer_tokens.allow(request.asker, "calls:read", "followLiveState")
    seen = request.headers.get("Last-Event-ID", request.query.get("after", "")) if request.visible is None else ""
    follow = request.query.get("follow") != "false"

    async def tell(send: Send) -> None:
        with api.hub.followed(reader.topic) as woken:
            await _follow(api, send, reader, seen, woken if follow else None)

    return EventStream(tell)


async def _follow(api: JsonApi, send: Send, reader: LiveReader, seen: str, woken: Woken | None) -> None:
    """Send what is new after the position `seen`, again after each change; once if there is no `woken`."""
    told = agent_details.NOTHING  # the facts whose details the reader has
    known: TodayTotals | None = None
    reach: list[ServerNow] = []
    while True:
        if woken:
            woken.clear()
        changes, kind = _changes(api.hub, reader.topic, seen)
        seen = _id(api.hub)
        details = None
        shown = agent_details.shown_now(api.hub.copy, reader.topic.name) if reader.details else told
        if shown != told:
            told, details = shown, await agent_details.find(api, reader.topic.name, shown, reader.asker.may)
        today = await api.totals.now(reader.visible) if reader.totals else None
        message = _visible(changes, reader, details)
        if today != known:
            known, message = today, msgspec.structs.replace(message, today=today)
        servers = _servers(api, reader)
        if servers != reach:
            reach, message = servers, msgspec.structs.replace(message, servers=servers)
        text = _text(seen, kind, message)
        await send(text)
        if woken is None:
            return
        if text:
            await asyncio.sleep(sse_response.PACE)
        while not await sse_response.is_woken(woken):
            if reader.totals and (await api.totals.now(reader.visible) != known or _servers(api, reader) != reach):
                break
            seen = _id(api.hub)
            await send(b"id: %b\n\n" % seen.encode())


def _servers(api: JsonApi, reader: LiveReader) -> list[ServerNow]:
    """Return the state of several servers, for a reader of totals who may see all."""
    sees = reader.totals and reader.asker.may("config:read")
    return server_records.several(api.board.world, api.board.servers) if sees else []


def _changes(hub: Hub, topic: LiveTopic, seen: str) -> tuple[LiveChanges, str]:
    """Return what changed after a position, and the type of the event; the whole topic, if that is not known."""
    beginning, _, row = seen.partition("-")
    known = beginning == hub.beginning and row.isascii() and row.isdigit() and len(row) < 19
    changes = hub.copy.after(int(row), topic) if known else None
    return (hub.copy.whole(topic), "whole") if changes is None else (changes, "changes")


def _visible(changes: LiveChanges, reader: LiveReader, details: AgentDetails | None) -> LiveMessage:
    """Return the changes of the records that the reader may read."""
    if reader.visible is not None:
        changes = _of_visible(changes, reader.visible, reader.told, reader.live())
    if reader.asker.may("calls:read"):
        return LiveMessage(changes.agents, changes.calls, changes.gone, changes.fallback, details)
    return LiveMessage(changes.agents, [], GoneRecords(changes.gone.agents, []), fallback=False, details=details)


def _of_visible(changes: LiveChanges, visible: VisibleAgents, told: set[str], live: Mapping[str, Call]) -> LiveChanges:
    """Return the changes of these agents and their calls; a call that is no longer theirs is gone. Update `told`."""
    agents = [one for one in changes.agents if visible.include(one.user)]
    known = {one.id: live[one.id].outcome.campaign for one in changes.calls if one.id in live}
    calls = [one for one in changes.calls if visible.include(one.agent, one.direct, campaign=known.get(one.id, ""))]
    shown = {one.id for one in calls}
    lost = {one.id for one in changes.calls} - shown | {*changes.gone.calls}
    gone = GoneRecords([one for one in changes.gone.agents if one in told], sorted(lost & told))
    told.difference_update(gone.agents, gone.calls)
    told.update(shown, (one.user for one in agents))
    return LiveChanges(agents, calls, gone, changes.fallback)


def _text(seen: str, kind: str, message: LiveMessage) -> bytes:
    """Return a message as an event; b"" if it has no change."""
    if kind == "changes" and message == NOTHING:
        return b""
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (seen.encode(), kind.encode(), msgspec.json.encode(message))


NOTHING = LiveMessage([], [], GoneRecords([], []), fallback=False)


def _id(hub: Hub) -> str:
    return f"{hub.beginning}-{hub.copy.row}"


def _topic(request: ApiRequest) -> LiveTopic:
    """Return the topic that the parameters name. Raises ProblemRaised (422)."""
    named = [LiveTopic(kind, request.query[kind]) for kind in TOPICS if kind in request.query]
    if len(named) > 1:
        fault = FieldFault(named[1].kind, f"must not be given together with {named[0].kind}")
        raise ProblemRaised(
            HTTPStatus.UNPROCESSABLE_ENTITY, "live_topics_several", "a stream has one topic", errors=(fault,)
        )
    return named[0] if named else OVERVIEW
