"""A third party or closer of a call: answer, end, or miss.

`core/commands/transfer_preparation.py` dials the third party, or asks for the closer. After the end, the row
`THIRD_LOST` of `core/model/transition_tables.py` says how the call of agent and customer continues.
"""

from warmline.core.agents import agent_calls, agent_release, agent_sounds, agent_states, missed_calls, phone_call_back
from warmline.core.calls.call_transitions import transition
from warmline.core.calls.sip import sip_redirect
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, State
from warmline.core.model.leg import Leg
from warmline.core.model.queue_wait import ANSWERED_OUTCOME
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import queue_tickets, waits
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.world.turn import Turn


def handle_third_answer(turn: Turn, call: Call) -> Call:
    """Handle the answer of a dialled third party."""
    receipts.finish(turn, call.commands.dialling, Outcome.COMPLETED)
    return transition(turn, turn.put(call.with_commands(dialling=None)), Trigger.THIRD_ANSWERED)


def connect_closer(turn: Turn, call: Call) -> Call:
    """Connect the requested closer, who is in the bridge."""
    session = turn.world.sessions[call.consultation.closer or ""]
    agent_states.enter_state(turn, session, AgentState.INCALL)
    agent_calls.count_connected_call(turn, session.agent, call.consultation.closer_group)
    agent_sounds.play_announcement(turn, session.agent, call.consultation.closer_group)
    receipts.finish(turn, call.commands.dialling, Outcome.COMPLETED)
    call = waits.close_wait(turn, call, ANSWERED_OUTCOME, user=session.agent)
    call = turn.put(call.with_commands(dialling=None).with_consultation(asked_group="", asked_agent=""))
    return transition(turn, call, Trigger.THIRD_ANSWERED)


def handle_third_end(turn: Turn, call: Call, leg: Leg, *, outcome: Outcome, reason: str) -> None:
    """Handle the end of the third party: no answer, busy, a redirect to another number, or a hang-up."""
    is_cancelled = call.commands.target is not None and LAYOUT[call.commands.target].third is None
    redirect = "" if is_cancelled else sip_redirect.follow_redirect(turn, call, leg)
    if isinstance(redirect, Leg):
        turn.put(replace(call, third=redirect.id))
        return
    if call.commands.dialling and call.commands.pending == call.commands.dialling:
        call = turn.put(call.with_commands(target=None, pending=None, leaving=None))
    receipts.finish(turn, call.commands.dialling, outcome, cause=redirect or reason)
    call = turn.put(call.with_commands(dialling=None))
    if not is_cancelled:
        transition(turn, call, Trigger.THIRD_LOST)


def handle_closer_end(turn: Turn, call: Call) -> None:
    """Handle the end of the closer's phone, before or after the closer joined."""
    user = call.consultation.closer or ""
    call = turn.put(replace(call.with_consultation(closer=None), third=None))
    if call.state is State.DIALING:
        request_next_closer(turn, call, user)
    else:
        phone_call_back.call_back_during_call(turn, user)
        agent_release.release_agent(turn, user, never_connected=False)
        if not (call.commands.target and LAYOUT[call.commands.target].third is None):
            transition(turn, call, Trigger.THIRD_LOST)


def request_next_closer(turn: Turn, call: Call, user: str) -> None:
    """Ask for a closer again, at the front of the queue, because this agent did not answer."""
    missed_calls.handle_missed_call(turn, turn.world.sessions[user])
    queue_tickets.hold_back(turn, queue_tickets.repeat_closer_request(turn, call))
