"""Calls that an agent's phone missed: after some in a row, the agent is PAUSED.

`core/calls/rescue.py` puts the caller at the front of the queue again. `core/calls/third_party.py` does it
with the request for a closer.
"""

from warmline.core.agents import agent_states, logout, phone_call_back, wrap_up
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.world.turn import Turn


def handle_missed_call(turn: Turn, session: Session) -> None:
    """Handle a call that the phone missed. An on_hook agent is PAUSED NOANSW after `max_missed` in a row.

    Whoever has taken the call back is in its wrap-up again.
    """
    has_taken_back = session.has_taken_back
    agent, missed_calls = turn.world.rules.agents.get(session.agent), session.missed + 1
    session = replace(session, call=None)
    if has_taken_back:
        if not session.on_hook:
            phone_call_back.handle_lost_phone(turn, session)
            session = turn.world.sessions[session.agent]
        agent_states.enter_state(turn, session, AgentState.DISPO)  # its code is still due
    elif session.after_call.logout:
        logout.log_out(turn, session)
    elif not session.on_hook:  # the line was lost, so the call does not count as missed
        phone_call_back.handle_lost_phone(turn, session)
        wrap_up.enter_state_after_call(turn, turn.world.sessions[session.agent])
    elif missed_calls >= (agent.max_missed if agent else 1):
        session = replace(session.with_after_call(pause=False, pause_code=""), missed=0, ready_since=turn.now)
        agent_states.enter_state(turn, session, AgentState.PAUSED, pause_code=agent_states.NO_ANSWER_CODE)
    else:
        wrap_up.enter_state_after_call(turn, replace(session, missed=missed_calls, ready_since=turn.now))
