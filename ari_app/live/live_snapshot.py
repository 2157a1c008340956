"""Makes the records of live agents and calls, as clients see them, from the live state."""

from typing import Any

from warmline.access.visible_agents import VisibleAgents
from warmline.core.agents import supervision
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg
from warmline.core.model.session import Session
from warmline.core.model.shown_state import to_shown_state
from warmline.core.world.world import World
from warmline.operations.live_records import AgentNow, CallNow, CallWhole, LegNow, Supervisor, iso


def agents(
    world: World, after: str = "", most: int | None = None, visible: VisibleAgents | None = None
) -> list[AgentNow]:
    """Return the logged-in agents, or the `visible` ones, by user; with a limit, at most `most` after `after`."""
    later = (user for user in sorted(world.sessions) if user > after)
    users = [user for user in later if visible is None or visible.include(user)][:most]
    return [agent(world.sessions[user], world) for user in users]


def agent(session: Session, world: World) -> AgentNow:
    """Return an agent."""
    live = world.calls.get(session.call or "")
    return AgentNow(
        user=session.agent,
        full_name=_full_name(world, session.agent),
        state=to_shown_state(session, live),
        since=iso(session.since),
        call=live.id if live else None,
        phone=session.phone_name,
        campaign=session.campaign,
        campaign_name=world.rules.campaign(session.campaign).campaign_name,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        last_call=session.last.call,
        last_status=session.last.status,
        preview=session.previewed_number,
        muted=session.muted,
        supervisors=[Supervisor(*one) for one in supervision.list_supervisors(world, session)],
        reachable=not session.phone_loss.away_since,
        help_since=_maybe(session.help_since or None),
        overdue=session.overdue,
    )


def whole_calls(world: World) -> list[CallWhole]:
    """Return the live calls with their legs, the oldest first."""
    return [call(world.calls[one], world) for one in sorted(world.calls)]


def calls(
    world: World, after: str = "", most: int | None = None, visible: VisibleAgents | None = None
) -> list[CallNow]:
    """Return the live calls, the oldest first; with a limit, up to `most` after the call `after`.

    `visible`: only calls of these agents, and those that wait for one.
    """
    found = [one for one in visible_calls(world, visible) if one.id > after]
    return [call_now(one, world) for one in found[:most]]


def visible_calls(world: World, visible: VisibleAgents | None) -> list[Call]:
    """Return the live calls of these agents, None for all, and those that wait for one; the oldest first."""
    every = (world.calls[one] for one in sorted(world.calls))
    return [
        one for one in every if visible is None or visible.include(one.agent, one.direct, campaign=one.outcome.campaign)
    ]


def call_now(live: Call, world: World) -> CallNow:
    """Return a call without its legs."""
    return CallNow(**_call(live, world))


def call(live: Call, world: World) -> CallWhole:
    """Return a call with its legs."""
    session = world.sessions.get(live.agent or "")
    ids = (live.customer, session.leg if session else None, live.third, live.ivr)
    return CallWhole(
        **_call(live, world),
        dialled=live.dialled,
        arrived=iso(live.arrived),
        connected=_maybe(live.outcome.connected),
        left=_maybe(live.outcome.left),
        recording=live.recording.running,
        receipt=live.commands.pending or live.commands.dialling,
        lead=live.lead or None,
        legs=[_leg(world.legs[leg]) for leg in ids if leg and leg in world.legs],
        data=dict(live.data),
        amd=live.attempt.amd.verdict,
    )


def _call(live: Call, world: World) -> dict[str, Any]:
    """Return the fields of a CallNow."""
    third = world.legs.get(live.third or "")
    return {
        "id": live.id,
        "agc_id": live.agc_id,
        "state": live.state,
        "since": iso(live.since),
        "customer": live.number,
        "agent": live.agent,
        "full_name": _full_name(world, live.agent or ""),
        "third": third.number if third else None,
        "ingroup": live.ingroup,
        "group_name": world.rules.ingroup(live.ingroup).group_name,
        "direct": live.direct,
    }


def _full_name(world: World, user: str) -> str:
    known = world.rules.agents.get(user)
    return known.full_name if known else ""


def _leg(leg: Leg) -> LegNow:
    return LegNow(leg.id, leg.role, leg.number, leg.phase.name.lower(), leg.bridge, iso(leg.created))


def _maybe(microseconds: int | None) -> str | None:
    return None if microseconds is None else iso(microseconds)
