"""The answer or the end of a leg of a call. If it was requested, it completes a step; otherwise it moves the call.

`rescue.py` continues a call whose agent has lost the phone, or has not answered it.
"""

from warmline.core.agents import agent_sounds, agent_states, phone_call_back, remote_login
from warmline.core.calls import outbound, park_time, rescue, ringing, third_party
from warmline.core.calls.call_transitions import record_connection, transition
from warmline.core.calls.lead import lead_outcome
from warmline.core.calls.leg_placement import is_in_bridge
from warmline.core.calls.sip import sip_redirect
from warmline.core.model import hangup_causes
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, LegBridge, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome, get_outcome_for_cause
from warmline.core.model.transition_tables import Trigger
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def find_call_of_leg(turn: Turn, leg: Leg) -> Call | None:
    """Return the current call of a leg, or None."""
    if leg.role is Role.AGENT:
        session = agent_states.find_session_by_leg(turn, leg)
        return turn.world.calls.get(session.call or "") if session else None
    call = turn.world.calls.get(leg.owner)
    return call if call and leg.id in (call.customer, call.third, call.ivr) else None


def handle_agent_answer(turn: Turn, leg: Leg) -> None:
    """Handle the answer of an agent's phone."""
    session = agent_states.find_session_by_leg(turn, leg)
    if session is None:
        return
    call = find_call_of_leg(turn, leg)
    if call and session.agent in ringing.list_ringing_agents(call):
        call = ringing.handle_answer(turn, call, session.agent)
    if session.login:
        remote_login.handle_answer(turn, session, leg)
    elif call is None:
        phone_call_back.handle_answer(turn, session, leg)
    elif call.agent == session.agent and call.state is State.RESCUE:
        session = turn.put(session.with_phone_loss(called_back=False, lost_since=0, rescue_until=0))
        agent_states.set_phone_away(turn, session, 0)
        rescue.resume_after_rescue(turn, call)
    elif call.agent == session.agent:
        turn.put(call.with_parking(customer_place=LegBridge.MIXING))


def handle_leg_end(turn: Turn, leg: Leg, call: Call | None, cause: int) -> None:
    """Handle the end of a leg of this call, or of an agent."""
    if call and leg.id != call.third and call.commands.target is None:
        call = _record_missed_join(turn, call, leg)
    if leg.role is Role.AGENT:
        _handle_agent_leg_end(turn, leg, call, cause=cause)
    elif call and leg.id == call.customer:
        _handle_customer_leg_end(turn, leg, call, cause=cause)
    elif call and leg.id == call.ivr:
        _handle_ivr_end(turn, turn.put(replace(call, ivr=None)))
    elif call:
        outcome, reason = _get_dial_outcome(leg, cause)
        third_party.handle_third_end(turn, turn.put(replace(call, third=None)), leg, outcome=outcome, reason=reason)


def _handle_customer_leg_end(turn: Turn, leg: Leg, call: Call, *, cause: int) -> None:
    turn.world.matcher.forget_call(call.id)
    outcome, reason = _get_dial_outcome(leg, cause)
    if call.state is State.DIALING_OUT and call.commands.target is None:
        redirect = sip_redirect.follow_redirect(turn, call, leg)
        if isinstance(redirect, Leg):
            turn.put(replace(call, customer=redirect.id))
            return
        reason = redirect or reason
    if call.state is State.CALLING:
        call = turn.put(lead_outcome.with_unanswered_status(call, leg, cause=cause, now_us=turn.now))
    call = outbound.handle_customer_end(turn, call, leg, outcome=outcome, reason=reason, cause=cause)
    if not (call.commands.target and LAYOUT[call.commands.target].customer is None):
        transition(turn, call, Trigger.CUSTOMER_LOST)


def _handle_ivr_end(turn: Turn, call: Call) -> None:
    """Alert the agent: the dialplan has ended, so the parked customer hears music."""
    if park_time.is_parked(call) and call.commands.target is None:
        agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.ALERT_SOUND)


def _record_missed_join(turn: Turn, call: Call, ended_leg: Leg) -> Call:
    """Record parties that joined while the app was away, so that the end of this leg does not count as unanswered."""
    agent_leg = agent_states.find_agent_leg(turn, call.agent)
    has_customer_joined = ended_leg.id == call.customer and ended_leg.bridge == call.mixing_bridge_id
    has_agent_joined = agent_leg is not None and is_in_bridge(turn, agent_leg.id, call.mixing_bridge_id)
    if call.state is State.RINGING_AGENT and has_customer_joined and has_agent_joined:
        return record_connection(turn, call)
    return connect_answered_party(turn, call) or call


def connect_answered_party(turn: Turn, call: Call) -> Call | None:
    """Return the call with a called party that has answered or joined, or None if there is no such party."""
    if outbound.is_answered(turn, call):
        return outbound.handle_customer_answer(turn, call)
    third_leg = turn.world.legs.get(call.third or "")
    if third_leg is None or third_leg.phase is not Phase.UP:
        return None
    if call.commands.dialling and third_leg.role is Role.THIRD:
        return third_party.handle_third_answer(turn, call)
    if (
        call.state is State.DIALING
        and call.consultation.closer
        and is_in_bridge(turn, third_leg.id, call.mixing_bridge_id)
    ):
        return third_party.connect_closer(turn, call)
    return None


def _get_dial_outcome(leg: Leg, cause: int) -> tuple[Outcome, str]:
    """Return the outcome of the leg's dial."""
    if leg.answered is not None:
        return Outcome.COMPLETED, ""
    if leg.hangup_requested:
        return Outcome.ABANDONED, reasons.RINGING_CANCELLED.text()
    return get_outcome_for_cause(cause)


def _handle_agent_leg_end(turn: Turn, leg: Leg, call: Call | None, *, cause: int) -> None:
    session = agent_states.find_session_by_leg(turn, leg)
    if session is None:
        return
    if session.login:
        remote_login.handle_no_answer(turn, session, cause)
        return
    phone_call_back.handle_lost_phone(turn, session, cause)
    if call is None:
        return
    if session.agent in ringing.list_ringing_agents(call):
        ringing.remove_ringing_phone(turn, call, session.agent)
    elif call.consultation.closer == session.agent:
        third_party.handle_closer_end(turn, call)
    elif call.agent == session.agent:
        _handle_own_agent_end(turn, call, leg, cause=cause, on_hook=session.on_hook)


def _handle_own_agent_end(turn: Turn, call: Call, leg: Leg, *, cause: int, on_hook: bool) -> None:
    if call.commands.target and LAYOUT[call.commands.target].agent is None:
        return
    if call.state is State.RESCUE:
        if not phone_call_back.schedule_retry(turn, turn.world.sessions[call.agent or ""], cause):
            transition(turn, call, Trigger.AGENT_GIVEN_UP)
    elif _has_missed_call(call, leg):
        rescue.continue_without_phone(turn, call)
    else:
        has_hung_up = on_hook and cause == hangup_causes.NORMAL_CLEARING
        transition(turn, call, Trigger.AGENT_HUNG_UP if has_hung_up else Trigger.AGENT_LOST)


def _has_missed_call(call: Call, leg: Leg) -> bool:
    """Return whether this phone of an agent rang for the call and was not answered."""
    if call.state is State.DIALING_OUT:
        return leg.originated and leg.answered is None
    return call.state is State.RINGING_AGENT
