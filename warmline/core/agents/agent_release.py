"""The release of an agent from a call: DISPO with the wrap-up, or the state before a call that never came."""

from warmline.core.agents import inbound_mute
from warmline.core.agents.agent_disposition import dispose_call
from warmline.core.agents.agent_states import enter_state, hang_up_phone
from warmline.core.agents.wrap_up import leave_wrap_up
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
    """End the call for this agent: DISPO, or the previous state if the call never reached the agent (`untouched`).

    `no_dispo` writes the disposition XFER at once (transfer_no_dispo). `no_code` skips disposition and wrap-up.
    `answered_elsewhere`: another agent has or gets the call, for which this agent's phone rings.
    """
    session = turn.world.sessions[user]
    taken_back = session.has_taken_back
    if never_connected:
        session = replace(session, call=None, muted=False)
    else:
        session = _had(turn, session)
        live = turn.world.calls.get(session.call or "")
        lead = live.lead if live else 0
        last = replace(session.last, call=session.call or "", lead=lead, status="", notes="")
        session = replace(session, call=None, missed=0, muted=False, last=last)
    if session.on_hook:
        hang_up_phone(turn, session, answered_elsewhere=answered_elsewhere)
    inbound_mute.unmute_after_call(turn, session)
    if never_connected and taken_back:
        enter_state(turn, session, AgentState.DISPO)  # its code is still due
        return
    if never_connected:
        leave_wrap_up(turn, session)
        return
    session = enter_state(turn, session, AgentState.DISPO)
    if (asked := session.after_call).status:
        dispose_call(turn, session, asked.status, asked.by, asked.notes, asked.callback, immediately=no_dispo)
    elif no_dispo:
        dispose_call(turn, session, TRANSFER_STATUS, "transfer_no_dispo", immediately=True)
    elif session.adopted or no_code:
        leave_wrap_up(turn, session)


def _had(turn: Turn, session: Session) -> Session:
    """Return the session with the end of its call, which counts for the rank if agent and caller were connected."""
    if session.state is AgentState.QUEUE:
        return session
    times = session.talk_times
    inbound = times.inbound_started == times.call_started
    finished = turn.now if inbound else times.inbound_finished
    return replace(session, talk_times=replace(times, call_finished=turn.now, inbound_finished=finished))
