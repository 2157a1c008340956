"""The immediate end of one call whose legs are gone or leave on their own."""

from warmline.core.agents import agent_release
from warmline.core.calls.lead import lead_outcome
from warmline.core.calls.leave import release_agent
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.queue_wait import CUT_OFF_OUTCOME
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import waits
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.world.transition_guards import get_next_state
from warmline.core.world.turn import Turn


def cut_off(turn: Turn, call: Call, ended_by: str, cause: str) -> None:
    """Close a call. Agents who had the customer go to DISPO. `cause` is the cause for open commands."""
    receipts.finish(turn, call.commands.pending, Outcome.UNKNOWN, cause=cause)
    # A dial has failed, and commands that wait have not started.
    for receipt_id in (call.commands.dialling, *call.commands.queue):
        receipts.finish(turn, receipt_id, Outcome.FAILED, cause=cause)
    turn.world.matcher.forget_call(call.id)
    call = waits.close_wait(turn, call, CUT_OFF_OUTCOME) if call.queueing.wait else call
    call = lead_outcome.with_cut_off_status(call, turn.now) if call.is_automatic else call
    users = [user for user in (call.consultation.closer, *call.queueing.rung) if user]
    call = turn.put(
        replace(
            call.with_outcome(ended_by=call.outcome.ended_by or ended_by)
            .with_commands(target=None, pending=None, dialling=None, queue=(), leaving=None)
            .with_consultation(closer=None)
            .with_queueing(rung=()),
            state=get_next_state(turn, call, Trigger.LEGS_LOST) or call.state,
            since=turn.now,
            customer=None,
            third=None,
            ivr=None,
        )
    )
    for user in users:
        agent_release.release_agent(turn, user, never_connected=turn.world.sessions[user].state is AgentState.QUEUE)
    call = release_agent(turn, turn.world.calls[call.id])
    turn.close(replace(call, ended=turn.now))
