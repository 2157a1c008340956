"""The live state as JSON: agents, calls, orphans. Times are ISO 8601, UTC."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from warmline.ari_app.asterisk.client import AriError
from warmline.ari_app.asterisk.reconcile import Orphans
from warmline.ari_app.http.board import Board
from warmline.core.call.call import Call
from warmline.core.call.states import State
from warmline.core.leg import Leg
from warmline.core.session import AgentState, Session
from warmline.core.world import World

# What an agent in a call is shown as, where INCALL says too little.
SHOWN_IN_CALL = {State.THREE_WAY: "3-WAY"}

FindOrphans = Callable[[], Awaitable[Orphans]]


async def healthy(board: Board, _request: web.Request) -> web.Response:
    """The loop turns, and Asterisk's picture is known: 200; before that 503."""
    return web.Response(text="ok\n") if board.connected else web.Response(text="no Asterisk yet\n", status=503)


async def agents(board: Board, _request: web.Request) -> web.Response:
    """Every agent who is logged in."""
    sessions = sorted(board.world.sessions.values(), key=lambda session: session.agent)
    return web.json_response([_agent(session, board.world) for session in sessions])


async def calls(board: Board, _request: web.Request) -> web.Response:
    """Every live call, the oldest first."""
    live = sorted(board.world.calls.values(), key=lambda call: call.arrived)
    return web.json_response([_call(call, board.world) for call in live])


async def call(board: Board, request: web.Request) -> web.Response:
    """One live call with its legs, by its id or agc_id."""
    wanted = request.match_info["id"]
    found = board.world.calls.get(wanted) or _by_agc_id(board.world, wanted)
    if found is None:
        raise web.HTTPNotFound(text=f"no live call has the id {wanted!r}\n")
    legs = [_leg(leg) for leg in _legs_of(found, board.world)]
    return web.json_response(_call(found, board.world) | _more(found) | {"legs": legs})


async def orphans(find: FindOrphans, _request: web.Request) -> web.Response:
    """What is in Asterisk under our name and belongs to nobody."""
    try:
        return web.json_response((await find())._asdict())
    except AriError as problem:
        raise web.HTTPServiceUnavailable(text=f"Asterisk does not say what it has: {problem}\n") from None


def _agent(session: Session, world: World) -> dict[str, Any]:
    live = world.calls.get(session.call or "")
    return {
        "user": session.agent,
        "state": shown(session, live),
        "since": _time(session.since),
        "call": live.id if live else None,
        "phone": session.phone,
        "campaign": session.campaign,
        "pause_code": session.pause_code,
    }


def shown(session: Session, live: Call | None) -> str:
    """The agent's state as people read it."""
    if live and session.state is AgentState.INCALL:
        return SHOWN_IN_CALL.get(live.state, session.state.value)
    return session.state.value


def _call(live: Call, world: World) -> dict[str, Any]:
    third = world.legs.get(live.third or "")
    return {
        "id": live.id,
        "agc_id": live.agc_id,
        "state": live.state.value,
        "since": _time(live.since),
        "customer": live.number,
        "agent": live.agent,
        "third": third.number if third else None,
        "ingroup": live.ingroup,
    }


def _more(live: Call) -> dict[str, Any]:
    return {
        "dialled": live.dialled,
        "arrived": _time(live.arrived),
        "connected": _time(live.connected),
        "left": _time(live.left),
        "recording": live.recording,
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "id": leg.id,
        "role": leg.role.value,
        "number": leg.number,
        "phase": leg.phase.name.lower(),
        "bridge": leg.at,
        "since": _time(leg.created),
    }


def _legs_of(live: Call, world: World) -> list[Leg]:
    session = world.sessions.get(live.agent or "")
    ids = (live.customer, session.leg if session else None, live.third)
    return [world.legs[leg] for leg in ids if leg in world.legs]


def _by_agc_id(world: World, wanted: str) -> Call | None:
    return next((found for found in world.calls.values() if found.agc_id == wanted), None)


def _time(microseconds: int | None) -> str | None:
    if microseconds is None:
        return None
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(timespec="milliseconds")
