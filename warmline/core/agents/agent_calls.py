"""The calls of an agent: one is given, connected or dialled."""

from warmline.core.agents import disposition_undo
from warmline.core.agents.agent_states import enter_state
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.webhooks import webhook_triggers
from warmline.core.world.turn import Turn


def take_call(turn: Turn, user: str, call: Call) -> Session:
    """Give the agent a matched call. The notes of one that is taken back, before its code, stay."""
    session = disposition_undo.settle_code(turn, turn.world.sessions[user])
    is_taken_back = session.is_wrapping_up(call.id)
    draft = session.after_call.draft if is_taken_back else ""
    after_call = replace(session.after_call, status="", by="", notes="", draft=draft, callback=None)
    has_talked = is_taken_back and session.last.talked
    ingroup = call.consultation.asked_group or call.ingroup
    last_call = replace(
        session.last,
        ingroup=ingroup,
        number=call.number,
        promised=None,
        outbound=call.is_outbound,
        talked=has_talked,
    )
    if session.typed.text:  # half-typed keys were meant for the time before this call
        session = session.with_typed_keys(text="")
    return enter_state(turn, replace(session, call=call.id, after_call=after_call, last=last_call), AgentState.QUEUE)


def count_connected_call(turn: Turn, user: str, ingroup: str) -> None:
    """Count a connected call of this in-group for the agent's rank."""
    session = turn.world.sessions[user]
    calls_by_ingroup = dict(session.taken)
    calls_by_ingroup[ingroup] = calls_by_ingroup.get(ingroup, 0) + 1
    session = replace(session, calls=session.calls + 1, taken=tuple(calls_by_ingroup.items()))
    talk_times = replace(session.talk_times, call_started=turn.now, inbound_started=turn.now)
    session = turn.put(replace(session.with_last_call(talked=True), talk_times=talk_times))
    webhook_triggers.queue_start_webhook(turn, session)


def count_dialled_call(turn: Turn, user: str) -> None:
    """Count a connected call that the agent has dialled."""
    session = turn.world.sessions[user]
    talk_times = replace(session.talk_times, call_started=turn.now)
    last_call = replace(session.last, talked=True)
    session = turn.put(replace(session, calls=session.calls + 1, talk_times=talk_times, last=last_call))
    webhook_triggers.queue_start_webhook(turn, session)
