"""Makes the sections of an agent's screen that follow from the live state."""

from functools import lru_cache

from ari_app.http.screen.screen_records import (
    ScreenAgent,
    ScreenCall,
    ScreenCommand,
    ScreenLastCall,
    ScreenParty,
    ScreenPhone,
    ScreenReceipt,
    ScreenRecording,
    ScreenThird,
    Sections,
)
from ari_app.http.v1 import command_routes, dispositions
from warmline.core.agents import agent_time_limits
from warmline.core.calls import leave
from warmline.core.media import recording_decision
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.leg import Phase
from warmline.core.model.session import Session
from warmline.core.model.shown_state import NO_PHONE
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Agent
from warmline.core.screen import allowed_commands, who_hears_whom
from warmline.core.servers.reach import get_nailed_up_refusal
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.operations.live_records import iso

LOGGED_OUT = "LOGGED OUT"


def sections(world: World, user: str, now: int) -> Sections:
    """Return the sections of an agent, who need not be logged in. `now` in microseconds UTC."""
    session = world.sessions.get(user)
    live = world.calls.get(session.call or "") if session else None
    known = world.rules.agents.get(user) or Agent(id=user)
    return {
        "agent": _agent(world, session, known) if session else _logged_out(world, known),
        "call": _call(world, session, live, now) if session and live else None,
        "hears": [
            ScreenParty(one.party, one.name, one.hears, one.music, one.dialplan)
            for one in who_hears_whom.list_hearing_parties(world, session)
        ]
        if session
        else [],
        "commands": commands(world, user, now),
        "notes": _notes(session),
        "last": _last(world, session) if session and session.last.call else None,
        "codes": dispositions.choices_of(session, world.rules) if session else [],
        "pause_codes": dispositions.pause_choices_of(world.rules, session.campaign) if session else [],
    }


def commands(world: World, user: str, now: int) -> dict[str, ScreenCommand]:
    """Return whether the agent may give each command now, by its name in the JSON API."""
    found = allowed_commands.list_refusals(world, user, now)
    return {command_routes.NAMES[kind]: _command(why) for kind, why in found.items()}


@lru_cache(maxsize=4096)
def _command(why: str) -> ScreenCommand:
    """Return a command that is refused for this reason, or allowed if it is ""."""
    if not why:
        return ScreenCommand(allowed=True)
    reason = reasons.find_by_text(why)
    return ScreenCommand(allowed=False, code=reason.code if reason else "", why=why)


def _logged_out(world: World, known: Agent) -> ScreenAgent:
    return ScreenAgent(
        user=known.id,
        full_name=known.full_name,
        state=LOGGED_OUT,
        since=None,
        until=None,
        allowed_until=None,
        campaign=known.campaign,
        campaign_name=world.rules.campaign(known.campaign).campaign_name,
        ingroups=known.ingroups,
        pause_code="",
        pause_asked=False,
        logout_asked=False,
        muted=False,
        help_since=None,
        preview="",
        preview_until=None,
        preview_expiry=world.rules.campaign(known.campaign).preview_expiry,
        last_call="",
        phone=ScreenPhone(
            "sip", known.outside_number or known.phone, up=False, why=get_nailed_up_refusal(world, known)
        ),
    )


def _agent(world: World, session: Session, known: Agent) -> ScreenAgent:
    campaign = world.rules.campaign(session.campaign)
    away = session.state is AgentState.READY and session.phone_loss.away_since
    return ScreenAgent(
        user=session.agent,
        full_name=known.full_name,
        state=NO_PHONE if away else session.state,
        since=iso(session.since),
        until=_maybe(agent_time_limits.find_state_end_us(session, world.rules)),
        allowed_until=_maybe(agent_time_limits.find_pause_limit_us(session, world.rules)),
        campaign=session.campaign,
        campaign_name=campaign.campaign_name,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        pause_asked=session.after_call.pause,
        logout_asked=session.after_call.logout,
        muted=session.muted,
        help_since=_maybe(session.help_since or None),
        preview=session.previewed_number,
        preview_until=_maybe((session.previewed.until or None) if session.previewed else None),
        preview_expiry=campaign.preview_expiry,
        last_call=session.last.call,
        phone=_phone(world, session),
    )


def _phone(world: World, session: Session) -> ScreenPhone:
    leg = world.legs.get(session.leg or "")
    on_line = leg is not None and leg.phase is Phase.UP and not leg.hangup_requested
    ready = session.on_hook and leg is None and not session.phone_loss.away_since
    if session.browser:
        page = leg.page if leg else None
        is_there = on_line and not session.phone_loss.page_away_since
        return ScreenPhone("browser", session.phone_name, is_there, session.is_browser_phone_needed, page or None)
    return ScreenPhone("sip", session.phone, up=on_line or ready)


def _call(world: World, session: Session, live: Call, now: int) -> ScreenCall:
    turn = Turn(world, now, "")  # only reads
    decision = recording_decision.choose_track(turn, live)
    file = world.recordings.get(live.recording.running or "")
    receipt = world.receipts.get(live.commands.pending or live.commands.dialling or "")
    return ScreenCall(
        id=live.id,
        agc_id=live.agc_id,
        state=live.state,
        since=iso(live.since),
        arrived=iso(live.arrived),
        connected=_maybe(live.outcome.connected),
        direction=live.direction,
        customer=live.number,
        customer_name=live.caller_name,
        third=_third(world, session, live),
        ingroup=live.ingroup,
        group_name=world.rules.ingroup(live.ingroup).group_name,
        recording=ScreenRecording(
            decision.track is not None and file is not None, live.recording.muted, decision.reason
        ),
        receipt=ScreenReceipt(receipt.id, receipt.kind, iso(receipt.requested)) if receipt else None,
        ends_at=_maybe(_ends_at(turn, session, live)),
        data=dict(live.data),
        amd=live.attempt.amd.verdict,
    )


def _third(world: World, session: Session, live: Call) -> ScreenThird | None:
    leg = world.legs.get(who_hears_whom.find_third_leg(world, session, live) or "")
    if leg and leg.owner == session.agent:  # called in to a call that is over
        return None
    if leg:
        name = who_hears_whom.get_name(world, leg)
        phase, since = leg.phase.name.lower(), leg.answered or leg.created
        agent = world.sessions.get(leg.owner)
        if agent and agent.call == live.id:  # the line of an agent can be older than the call
            phase, since = "asked" if agent.state is AgentState.QUEUE else phase, agent.since
        return ScreenThird(leg.number, name, phase, iso(since), has_call=leg.owner == live.agent)
    asked = live.consultation.asked_agent or live.consultation.asked_group
    return ScreenThird(asked, _asked_name(world, live), "waiting", iso(live.since)) if asked else None


def _asked_name(world: World, live: Call) -> str:
    """Return the name of the agent or in-group that is asked."""
    asked = live.consultation
    if asked.asked_agent:
        known = world.rules.agents.get(asked.asked_agent)
        return (known.full_name if known else "") or f"agent {asked.asked_agent}"
    return world.rules.ingroup(asked.asked_group).group_name or asked.asked_group


def _ends_at(turn: Turn, session: Session, live: Call) -> int | None:
    """Return when the state of the call ends by itself, in microseconds UTC, or None."""
    match live.state:
        case State.RESCUE:
            return session.phone_loss.rescue_until or None
        case State.CUSTOMER_GONE:
            return live.consultation.gone_at
        case State.DIALING:
            return live.queueing.drop_at
        case _:
            return leave.get_deadline_us(turn, live)


def _notes(session: Session | None) -> str:
    """Return the notes that were typed or sent during the call, and wait for its disposition."""
    return (session.after_call.draft or session.after_call.notes) if session else ""


def _last(world: World, session: Session) -> ScreenLastCall:
    last = session.last
    live = world.calls.get(last.call)
    waiting = live if live and live.state in (State.WAITING, State.RINGING_AGENT) else None
    return ScreenLastCall(
        call=last.call,
        status=last.status,
        number=last.number,
        ingroup=last.ingroup,
        group_name=world.rules.ingroup(last.ingroup).group_name,
        notes=last.notes,
        undo_until=_maybe(session.undoable.undo_until if session.undoable else None),
        waits_in=(world.rules.ingroup(waiting.ingroup).group_name or waiting.ingroup) if waiting else "",
        waits_since=_maybe(waiting.since if waiting else None),
    )


def _maybe(microseconds: int | None) -> str | None:
    return None if microseconds is None else iso(microseconds)
