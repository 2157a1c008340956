"""The release of an agent from a call: DISPO with the wrap-up, or the state before a call that never came."""

from warmline.core.agents import inbound_mute
from warmline.core.agents.agent_disposition import dispose_call
from warmline.core.agents.agent_states import enter_state, hang_up_phone
from warmline.core.agents.wrap_up import enter_state_after_call
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

TRANSFER_STATUS = "XFER"  # the disposition that transfer_no_dispo writes


def release_agent(
    turn: Turn,
    user: str,
    *,
    never_connected: bool,
    no_dispo: bool = False,
    no_code: bool = False,
    answered_elsewhere: bool = False,
) -> None:
    """End the call for this agent: DISPO, or the previous state if the agent and the call were `never_connected`.

    `no_dispo` writes the disposition XFER immediately (transfer_no_dispo). `no_code` skips disposition and wrap-up.
    `answered_elsewhere`: another agent has or gets the call, for which this agent's phone rings.
    """
    session = turn.world.sessions[user]
    has_taken_back = session.has_taken_back
    if never_connected:
        session = replace(session, call=None, muted=False)
    else:
        session = _end_talk(turn, session)
        call = turn.world.calls.get(session.call or "")
        lead = call.lead if call else 0
        last_call = replace(session.last, call=session.call or "", lead=lead, status="", notes="")
        session = replace(session, call=None, missed=0, muted=False, last=last_call)
    if session.on_hook:
        hang_up_phone(turn, session, answered_elsewhere=answered_elsewhere)
    inbound_mute.unmute_after_call(turn, session)
    if never_connected and has_taken_back:
        enter_state(turn, session, AgentState.DISPO)  # its code is still due
        return
    if never_connected:
        enter_state_after_call(turn, session)
        return
    session = enter_state(turn, session, AgentState.DISPO)
    after_call = session.after_call
    if after_call.status:
        dispose_call(
            turn,
            session,
            after_call.status,
            author=after_call.by,
            notes=after_call.notes,
            callback=after_call.callback,
            immediately=no_dispo,
        )
    elif no_dispo:
        dispose_call(turn, session, TRANSFER_STATUS, author="transfer_no_dispo", immediately=True)
    elif session.adopted or no_code:
        enter_state_after_call(turn, session)


def _end_talk(turn: Turn, session: Session) -> Session:
    """Return the session with the end of its call, which counts for the rank if agent and caller were connected."""
    if session.state is AgentState.QUEUE:
        return session
    talk_times = session.talk_times
    is_inbound = talk_times.inbound_started == talk_times.call_started
    inbound_finished_us = turn.now if is_inbound else talk_times.inbound_finished
    return replace(
        session, talk_times=replace(talk_times, call_finished=turn.now, inbound_finished=inbound_finished_us)
    )
