"""Calls to an agent's phone: for each call (on_hook), or after its line was lost (nailed_up)."""

from warmline.core.agents import agent_states, agent_time_limits, logout, lost_phone, wrap_up
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.leg_messages import DialLeg
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Role
from warmline.core.model.session import LOST_CODE, Session
from warmline.core.permission import dial_gate
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.servers.reach import phone_server
from warmline.core.world.originate import originate, to_phone
from warmline.core.world.turn import Turn

RING_SECONDS = 30
SECOND = 1_000_000
RECALL = 300 * SECOND  # microseconds for which phones are called back after Asterisk has died
RECALL_PAUSE = 2 * SECOND  # microseconds between two tries; a phone may have to register again first
REFUSED = (17, 21)  # causes busy and declined: the phone is reachable and rejects the call


def ring(turn: Turn, session: Session, seconds: int, caller: str, lane: str) -> Session:
    """Call the agent's phone, for at most `seconds`. `caller` is the customer's number, or "".

    The server of the agent's call calls it; see `phone_server` for an agent without one. A browser phone is not
    dialled: its page sees that it is wanted, and has as long to offer it. A number outside rings through the dial gate;
    one that the gate refuses counts as missed a second later.
    """
    if session.browser:
        turn.wake(turn.now + seconds * SECOND, TimerKind.SESSION, session.agent)
        return turn.put(session)
    server = phone_server(turn.world, session)
    if session.outside:
        made = dial_gate.dial_agent(turn, session, server, seconds, caller, lane)
        return _refused(turn, session, made) if isinstance(made, str) else turn.put(replace(session, leg=made.id))
    way, call = f"PJSIP/{session.phone}", session.call or ""
    who = (Role.AGENT, session.agent, session.phone)
    shown = to_phone(turn.world.rules.campaign(session.campaign), session.phone, caller)
    leg = originate(turn, *who, way, server=server, seconds=seconds, call=call, lane=lane, **shown)
    return turn.put(replace(session, leg=leg.id))


def _refused(turn: Turn, session: Session, why: str) -> Session:
    """Let the time of a phone end that is not called: see leg_answer_and_loss.not_offered. A rescue keeps its time.

    A server that is back is away until its state is known, so that the next try of a rescue may reach the phone.
    """
    turn.note(f"the outside number of agent {session.agent} is not dialled: {why}")
    again = turn.now + SECOND
    until = max(again, session.phone_loss.rescue_until)
    turn.wake(again, TimerKind.SESSION, session.agent)
    return turn.put(replace(session, phone_loss=replace(session.phone_loss, rescue_until=until)))


def dial(turn: Turn, leg: Leg) -> None:
    """Dial the phone after its channel has been created."""
    turn.put(replace(leg, dialling=replace(leg.dialling, asked=True)))
    turn.do(leg.owner, DialLeg(leg.id, leg.dialling.timeout))


def lost(turn: Turn, session: Session, cause: int = 0) -> None:
    """Handle a phone whose leg is gone. Without a call, a nailed_up phone is called back.

    A failed try is repeated until `agent_rescue_seconds` are over, unless the phone rejected it. The agent is then
    PAUSED. After a death of Asterisk, the phone is called back for `RECALL`.
    """
    leg = turn.latest(Leg, session.leg or "")
    if leg and leg.server != session.phone_loss.server:
        session = replace(session, phone_loss=replace(session.phone_loss, server=leg.server))
    if isinstance(leg, Leg) and (leg.answered is not None or not leg.originated):
        session = replace(session, phone_loss=replace(session.phone_loss, lost_since=turn.now))
    session = turn.put(replace(session, leg=None))
    turn.world.matcher.forget_agent(session.agent)
    if session.call:
        return
    if session.on_hook:
        agent_states.update_availability(
            turn, turn.put(replace(session, phone_loss=replace(session.phone_loss, called_back=False, rescue_until=0)))
        )
    elif session.phone_loss.recall_until > turn.now:
        turn.wake(turn.now + RECALL_PAUSE, TimerKind.SESSION, session.agent)
    elif tries_again(turn, session, cause):
        pass
    elif session.phone_loss.called_back or session.pause_code == LOST_CODE:
        _give_up(turn, session)
    else:
        call_back(turn, session, "", session.agent)


def tries_again(turn: Turn, session: Session, cause: int) -> bool:
    """Schedule the next try of a rescue and return True. Return False if time is up or the phone rejected the call."""
    if session.phone_loss.rescue_until <= turn.now or cause in REFUSED:
        turn.put(replace(session, phone_loss=replace(session.phone_loss, rescue_until=0)))
        return False
    turn.wake(min(turn.now + RECALL_PAUSE, session.phone_loss.rescue_until), TimerKind.SESSION, session.agent)
    return True


def _give_up(turn: Turn, session: Session) -> None:
    """Pause the agent of a phone that did not come back; in DISPO, after the disposition."""
    session = turn.put(replace(session, phone_loss=replace(session.phone_loss, recall_until=0, rescue_until=0)))
    if session.state is AgentState.DISPO:
        agent_time_limits.watch(turn, session)
    else:
        pauses = session.after_call.pause  # after the ring
        ready, code = session.state is AgentState.READY and not pauses, session.after_call.pause_code
        after_call = replace(session.after_call, pause=False, pause_code="")
        session = replace(session, after_call=after_call)
        lost_phone.lost(turn, session, ready=ready, code=code if pauses else session.pause_code)


def lost_call(turn: Turn, user: str) -> None:
    """Call back a nailed_up phone that was lost in a call. The call continues or ends without its agent."""
    session = turn.world.sessions[user]
    if session.leg is None and not session.on_hook and not session.phone_loss.called_back:
        call_back(turn, session, "", user)


def call_back(turn: Turn, session: Session, caller: str, lane: str) -> None:
    """Call back a lost phone for `agent_rescue_seconds`. `caller` is the number that the phone shows."""
    seconds = turn.world.rules.campaign(session.campaign).agent_rescue_seconds
    until = turn.now + seconds * SECOND
    ring(
        turn,
        replace(session, phone_loss=replace(session.phone_loss, called_back=True, rescue_until=until)),
        seconds,
        caller,
        lane,
    )


def back(turn: Turn, session: Session, leg: Leg) -> None:
    """Make an agent idle whose phone was called back without a call and has answered."""
    session = turn.put(
        replace(
            session,
            phone_loss=replace(session.phone_loss, called_back=False, lost_since=0, recall_until=0, rescue_until=0),
        )
    )
    session = agent_states.set_phone_away(turn, session, 0)
    agent_states.to_idle(turn, leg)
    if session.pause_code == agent_states.RESTART_CODE and session.state is AgentState.PAUSED:
        wrap_up.after_wrapup(turn, session)  # READY, unless the agent has asked for a pause before


def call_again_if_lost(turn: Turn, session: Session) -> None:
    """Call a lost phone again for the remaining time. Without a call, give it up when the time is over.

    `core/calls/leg_answer_and_loss.py` handles a call whose rescue time is over.
    """
    if session.leg is not None or session.login or phone_server(turn.world, session) in turn.world.holding:
        return
    if session.browser and 0 < session.phone_loss.recall_until <= turn.now:
        lost(turn, session)
    elif session.phone_loss.recall_until:
        seconds = turn.world.rules.campaign(session.campaign).agent_rescue_seconds
        ring(
            turn, replace(session, phone_loss=replace(session.phone_loss, called_back=True)), seconds, "", session.agent
        )
    elif session.phone_loss.rescue_until > turn.now:
        _try_again(turn, session)
    elif session.phone_loss.rescue_until and not session.call:
        lost(turn, session)


def _try_again(turn: Turn, session: Session) -> None:
    call = turn.world.calls.get(session.call or "")
    if call is None and session.on_hook:  # the call is over, so the phone need not be called
        lost(turn, session)
        return
    seconds = max(1, (session.phone_loss.rescue_until - turn.now) // SECOND)
    ring(turn, session, seconds, call.number if call else "", call.id if call else session.agent)


def missed(turn: Turn, session: Session) -> None:
    """Handle a call that the phone missed. An on_hook agent is PAUSED NOANSW after `max_missed` in a row."""
    known, missed = turn.world.rules.agents.get(session.agent), session.missed + 1
    session = replace(session, call=None)
    if session.after_call.logout:
        logout.log_out(turn, session)
    elif not session.on_hook:  # the line was lost, so the call does not count as missed
        lost(turn, session)
        wrap_up.after_wrapup(turn, turn.world.sessions[session.agent])
    elif missed >= (known.max_missed if known else 1):
        session = replace(
            session, missed=0, ready_since=turn.now, after_call=replace(session.after_call, pause=False, pause_code="")
        )
        agent_states.enter(turn, session, AgentState.PAUSED, agent_states.NO_ANSWER_CODE)
    else:
        wrap_up.after_wrapup(turn, replace(session, missed=missed, ready_since=turn.now))


def why_no_call(_turn: Turn, session: Session) -> str:
    """Return why the agent's phone is not called, or "" for a nailed-up phone that is not on the line."""
    return reasons.PHONE_NEEDS_NO_CALL.text() if session.leg is not None or session.on_hook else ""


def call_again(turn: Turn, session: Session) -> str:
    """Call a nailed-up phone that is not on the line. Return ""."""
    ring(
        turn,
        replace(session, phone_loss=replace(session.phone_loss, called_back=True)),
        RING_SECONDS,
        "",
        session.agent,
    )
    return ""
