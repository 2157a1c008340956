"""Tell the pacer of a campaign what a committed turn has changed: an automatic call, or an agent's session.

The calls of a turn come before its sessions, so that an agent who takes one of the calls does not vanish. The persons
who answered are counted elsewhere, by the dispositions: see `Pacer.person_answered`.
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
}  # in QUEUE an agent's activity stays: the phone only rings, or the call is connected at once


def feed_call(pacer: Pacer, before: Call | None, now: Call) -> None:
    """Tell the pacer what has changed in an automatic call. `before` is None for a new call."""
    was, attempt = (before or _make_unstarted(now)), now.attempt
    if before is None and now.state is State.CALLING:
        pacer.call_dialled(now.id, now.arrived)
    if attempt.ringing and not was.attempt.ringing:
        pacer.call_ringing(now.id, attempt.ringing)
    if attempt.answered and not was.attempt.answered:
        pacer.call_answered(now.id, attempt.answered)
    if now.agent and now.outcome.connected and not was.outcome.connected:
        pacer.call_connected(now.id, now.agent, now.outcome.connected)
    if attempt.dropped and not was.attempt.dropped:
        pacer.call_dropped(now.id, attempt.dropped)
    if now.ended and not was.ended:
        pacer.call_ended(now.id, now.ended)


def feed_session(pacer: Pacer, now: Session) -> None:
    """Tell the pacer what an agent of the campaign does now. An agent whose phone rings for each call takes none."""
    if now.ended or now.on_hook:
        pacer.agent_left(now.agent, now.ended or now.since)
    elif now.state in ACTIVITY_OF_STATE:
        pacer.agent_is(now.agent, ACTIVITY_OF_STATE[now.state], now.since)


def _make_unstarted(call: Call) -> Call:
    """Return the call as if nothing had happened to it yet."""
    return replace(call, attempt=Attempt(), outcome=CallOutcome(), ended=None)
