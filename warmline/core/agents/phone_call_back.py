"""Calls back a phone whose line was lost, until it answers, rejects the call, or its time is over."""

from warmline.core.agents import agent_states, agent_time_limits, lost_phone_pause, phone, wrap_up
from warmline.core.indexes.timers import TimerKind
from warmline.core.model import hangup_causes
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg
from warmline.core.model.session import LOST_PAUSE_CODE, Session
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.servers.reach import choose_phone_server
from warmline.core.world.turn import Turn

RECALL_LIMIT_US = 300 * SECOND_US  # for which phones are called back after Asterisk has died
RECALL_INTERVAL_US = 2 * SECOND_US  # between two tries; a phone may have to register again first
REJECTION_CAUSES = (hangup_causes.USER_BUSY, hangup_causes.CALL_REJECTED)  # the phone is reachable, and rejects


def handle_lost_phone(turn: Turn, session: Session, cause: int = 0) -> None:
    """Handle a phone whose leg is gone. Without a call, a nailed_up phone is called back.

    A failed try is repeated until `agent_rescue_seconds` are over, unless the phone rejected it. The agent is then
    PAUSED. After a death of Asterisk, the phone is called back for `RECALL_LIMIT_US`.
    """
    leg = turn.find_record(Leg, session.leg or "")
    if leg and leg.server != session.phone_loss.server:
        session = session.with_phone_loss(server=leg.server)
    if isinstance(leg, Leg) and (leg.answered is not None or not leg.originated):
        session = session.with_phone_loss(lost_since=turn.now)
    session = turn.put(replace(session, leg=None))
    turn.world.matcher.forget_agent(session.agent)
    if session.call:
        return
    if session.on_hook:
        agent_states.update_availability(turn, turn.put(session.with_phone_loss(called_back=False, rescue_until=0)))
    elif session.phone_loss.recall_until > turn.now:
        turn.wake(turn.now + RECALL_INTERVAL_US, TimerKind.SESSION, session.agent)
    elif schedule_retry(turn, session, cause):
        pass
    elif session.phone_loss.called_back or session.pause_code == LOST_PAUSE_CODE:
        _give_up(turn, session)
    else:
        call_back(turn, session, caller="", order_key=session.agent)


def schedule_retry(turn: Turn, session: Session, cause: int) -> bool:
    """Schedule the next try of a rescue and return True. Return False if time is up or the phone rejected the call."""
    if session.phone_loss.rescue_until <= turn.now or cause in REJECTION_CAUSES:
        turn.put(session.with_phone_loss(rescue_until=0))
        return False
    turn.wake(min(turn.now + RECALL_INTERVAL_US, session.phone_loss.rescue_until), TimerKind.SESSION, session.agent)
    return True


def _give_up(turn: Turn, session: Session) -> None:
    """Pause the agent of a phone that did not come back; in DISPO, after the disposition."""
    session = turn.put(session.with_phone_loss(recall_until=0, rescue_until=0))
    if session.state is AgentState.DISPO:
        agent_time_limits.set_timers(turn, session)
    else:
        after_call = session.after_call  # its pause is that after the ring
        session = session.with_after_call(pause=False, pause_code="")
        lost_phone_pause.pause_for_lost_phone(
            turn,
            session,
            was_ready=session.state is AgentState.READY and not after_call.pause,
            pause_code=after_call.pause_code if after_call.pause else session.pause_code,
        )


def call_back_during_call(turn: Turn, user: str) -> None:
    """Call back a nailed_up phone that was lost in a call. The call continues or ends without its agent."""
    session = turn.world.sessions[user]
    if session.leg is None and not session.on_hook and not session.phone_loss.called_back:
        call_back(turn, session, caller="", order_key=user)


def call_back(turn: Turn, session: Session, *, caller: str, order_key: str) -> None:
    """Call back a lost phone for `agent_rescue_seconds`. `caller` is the number that the phone shows."""
    seconds = turn.world.rules.campaign(session.campaign).agent_rescue_seconds
    rescue_until_us = turn.now + seconds * SECOND_US
    session = session.with_phone_loss(called_back=True, rescue_until=rescue_until_us)
    phone.ring_phone(turn, session, seconds=seconds, caller=caller, order_key=order_key)


def handle_answer(turn: Turn, session: Session, leg: Leg) -> None:
    """Make an agent idle whose phone was called back without a call and has answered."""
    session = turn.put(session.with_phone_loss(called_back=False, lost_since=0, recall_until=0, rescue_until=0))
    session = agent_states.set_phone_away(turn, session, 0)
    agent_states.make_idle(turn, leg)
    if session.pause_code == agent_states.RESTART_CODE and session.state is AgentState.PAUSED:
        wrap_up.enter_state_after_call(turn, session)  # READY, unless the agent has asked for a pause before


def call_if_lost(turn: Turn, session: Session) -> None:
    """Call a lost phone again for the remaining time. Without a call, give it up when the time is over.

    `core/calls/rescue.py` handles a call whose rescue time is over.
    """
    if session.leg is not None or session.login or choose_phone_server(turn.world, session) in turn.world.held_servers:
        return
    if session.browser and 0 < session.phone_loss.recall_until <= turn.now:
        handle_lost_phone(turn, session)
    elif session.phone_loss.recall_until:
        seconds = turn.world.rules.campaign(session.campaign).agent_rescue_seconds
        session = session.with_phone_loss(called_back=True)
        phone.ring_phone(turn, session, seconds=seconds, caller="", order_key=session.agent)
    elif session.phone_loss.rescue_until > turn.now:
        _try_again(turn, session)
    elif session.phone_loss.rescue_until and not session.call:
        handle_lost_phone(turn, session)


def _try_again(turn: Turn, session: Session) -> None:
    call = turn.world.calls.get(session.call or "")
    if call is None and session.on_hook:  # the call is over, so the phone need not be called
        handle_lost_phone(turn, session)
        return
    seconds = max(1, (session.phone_loss.rescue_until - turn.now) // SECOND_US)
    caller, order_key = (call.number, call.id) if call else ("", session.agent)
    phone.ring_phone(turn, session, seconds=seconds, caller=caller, order_key=order_key)
