"""What happens to a call whose agent's phone is lost, does not answer, or cannot be called.

**A lost phone.** The line of an agent in a call has ended without a hang-up by the agent. The call enters RESCUE: the
other parties hear music, and `core/agents/phone_call_back.py` calls the phone again for `agent_rescue_seconds`.
`commands.before` keeps the state to which the call is to return. Four things end the rescue:

- The phone answers, or another phone of the agent replaces it (`phone_replacement.py`): `resume_after_rescue` returns
  to the state before it, as far as its parties are still there.
- The phone rejects the call or its time is over, which the end of its leg shows: see `leg_answer_and_loss.py`.
- The time is over and no leg rings: a timer leads to `give_up_rescue`.
- The other parties hang up.

**A phone for a new call.** A phone that rings for a call and is not answered ends like one that could not be called
before its deadline (`give_up_uncalled_phone`): `continue_without_phone`. The caller goes back to the queue; an
outbound call, whose number was not dialled, ends.
"""

from warmline.core.agents import agent_states, missed_calls
from warmline.core.calls import outbound, ringing, third_party
from warmline.core.calls.call_transitions import transition
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, State
from warmline.core.model.session import Session
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import queue_tickets
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

STATE_WITHOUT_THIRD = {
    State.CONSULTING: State.PARKED,
    State.BOTH_PARKED: State.PARKED,
    State.PARKED: State.PARKED,
}


def has_lost_phone(turn: Turn, call: Call) -> bool:
    """Return whether the agent of a call has no phone. This shows when a command to leave the call is abandoned.

    A leave expects the end of the phone's leg, which therefore begins no rescue.
    """
    has_agent = LAYOUT[call.state].agent_state in (AgentState.INCALL, AgentState.DEAD)
    return has_agent and call.state is not State.RESCUE and agent_states.find_agent_leg(turn, call.agent) is None


def resume_after_rescue(turn: Turn, call: Call) -> None:
    """Return to the state before the rescue, as far as its parties are still in the call."""
    state = call.commands.before or State.TALKING
    if call.third is None or call.parking.third_place is None:
        state = STATE_WITHOUT_THIRD.get(state, State.TALKING)
    transition(turn, turn.put(call.with_commands(before=state)), Trigger.AGENT_RECONNECTED)


def give_up_rescue(turn: Turn, session: Session) -> None:
    """Give up a call's rescue if its time is over and the agent's phone does not ring."""
    call = turn.world.calls.get(session.call or "")
    if call is None or call.agent != session.agent or call.state is not State.RESCUE:
        return
    if call.server in turn.world.held_servers:
        return
    if session.leg is None and session.phone_loss.rescue_until <= turn.now:
        turn.put(session.with_phone_loss(rescue_until=0))
        transition(turn, call, Trigger.AGENT_GIVEN_UP)


def give_up_uncalled_phone(turn: Turn, session: Session) -> None:
    """Continue a call whose agent's phone was not called before the deadline, or set a timer for that deadline.

    A page has not offered its browser phone to the call's server, or the dial gate has refused the agent's number.
    """
    call = turn.world.calls.get(session.call or "")
    deadline_us = session.phone_loss.rescue_until
    if call is None or not deadline_us or session.leg or session.login:
        return
    if not (session.browser or session.outside):
        return
    if call.state is State.RESCUE or call.server in turn.world.held_servers:
        return
    if deadline_us > turn.now:
        turn.wake(deadline_us, TimerKind.SESSION, session.agent)
        return
    turn.put(session.with_phone_loss(rescue_until=0))
    if session.agent in ringing.list_ringing_agents(call):
        ringing.remove_ringing_phone(turn, call, session.agent)
    elif call.consultation.closer == session.agent:
        call = turn.put(call.with_consultation(closer=None))
        third_party.request_next_closer(turn, call, session.agent)
    else:
        continue_without_phone(turn, call)


def continue_without_phone(turn: Turn, call: Call) -> None:
    """Continue a call whose agent's only phone was not answered. A call that does not wait for one stays as it is."""
    if call.state is State.DIALING_OUT:
        outbound.end_undialled_call(turn, call)
    elif call.state is State.RINGING_AGENT:
        _return_call_to_queue(turn, call)


def _return_call_to_queue(turn: Turn, call: Call) -> None:
    user = call.agent or ""
    call = turn.put(replace(call, agent=None))
    missed_calls.handle_missed_call(turn, turn.world.sessions[user])
    call = transition(turn, call, Trigger.AGENT_LOST)
    if call.state is not State.ANSWERED:
        queue_tickets.hold_back(turn, queue_tickets.return_to_front(turn, call))
