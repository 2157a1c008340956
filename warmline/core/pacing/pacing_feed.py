"""Tell the pacer of a campaign what a committed turn has changed: an automatic call, or an agent's session.

The calls of a turn come before its sessions, so that an agent who takes one of the calls does not vanish. The persons
who answered are counted elsewhere, by the dispositions: see `Pacer.count_answering_person`.
"""

from dataclasses import replace

from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.pacer import Pacer

ACTIVITY_OF_STATE = {
    AgentState.READY: AgentActivity.READY,
    AgentState.INCALL: AgentActivity.TALKING,
    AgentState.DEAD: AgentActivity.TALKING,
    AgentState.DISPO: AgentActivity.WRAPPING_UP,
    AgentState.PAUSED: AgentActivity.PAUSED,
}  # in QUEUE an agent's activity stays: the phone only rings, or the call is connected immediately


def feed_call(pacer: Pacer, previous_call: Call | None, call: Call) -> None:
    """Tell the pacer what has changed in an automatic call. `previous_call` is None for a new call."""
    earlier_call, attempt = (previous_call or _make_unstarted(call)), call.attempt
    if previous_call is None and call.state is State.CALLING:
        pacer.add_call(call.id, call.arrived)
    if attempt.ringing and not earlier_call.attempt.ringing:
        pacer.note_ringing(call.id, attempt.ringing)
    if attempt.answered and not earlier_call.attempt.answered:
        pacer.note_answer(call.id, attempt.answered)
    if call.agent and call.outcome.connected and not earlier_call.outcome.connected:
        pacer.note_connection(call.id, call.agent, call.outcome.connected)
    if attempt.dropped and not earlier_call.attempt.dropped:
        pacer.count_dropped_call(call.id, attempt.dropped)
    if call.ended and not earlier_call.ended:
        pacer.note_call_end(call.id, call.ended)


def feed_session(pacer: Pacer, session: Session) -> None:
    """Tell the pacer what an agent of the campaign does now. An agent whose phone rings for each call takes none."""
    if session.ended or session.on_hook:
        pacer.note_agent_leave(session.agent, session.ended or session.since)
    elif session.state in ACTIVITY_OF_STATE:
        pacer.note_activity(session.agent, ACTIVITY_OF_STATE[session.state], session.since)


def _make_unstarted(call: Call) -> Call:
    """Return the call as if nothing had happened to it yet."""
    return replace(call, attempt=Attempt(), outcome=CallOutcome(), ended=None)
