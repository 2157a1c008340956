"""Ringing of on_hook phones for a call. With ring_all, the phones of all ready agents ring, and the first answer wins.

One of these agents is the call's agent, or its closer, as if only that phone rang. `Queueing.rung` has the others.
"""

from warmline.core.agents import agent_calls, agent_release, agent_states, login, missed_calls, moved_supervisors, phone
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.queue.agent_ranking import list_equal_agents
from warmline.core.replace import replace
from warmline.core.rules.configuration import Agent
from warmline.core.servers.reach import AgentReach, get_reach
from warmline.core.world.turn import Turn


def list_ringing_agents(call: Call) -> tuple[str, ...]:
    """Return the agents whose phones ring for the call, if several ring."""
    return (_get_main_agent(call), *call.queueing.rung) if call.queueing.rung else ()


def _get_main_agent(call: Call) -> str:
    return (call.consultation.closer if call.state is State.DIALING else call.agent) or ""


def set_ringing_agent(turn: Turn, call: Call, user: str) -> Call:
    """Return the call with this agent as the one whose phone rings, or as the requested closer."""
    if call.state is State.DIALING:
        return replace(call.with_consultation(closer=user), third=turn.world.sessions[user].leg)
    return replace(call, agent=user)


def ring_phone(turn: Turn, session: Session, call: Call) -> Session:
    """Ring the phone of an on_hook agent for a call. Several phones ring in parallel."""
    return phone.ring_phone(
        turn,
        session,
        seconds=_get_ring_seconds(turn, session, call),
        caller=call.number,
        order_key=session.agent,
    )


def _get_ring_seconds(turn: Turn, session: Session, call: Call) -> int:
    """Return how many seconds the phone rings for a call: by its in-group, or by the agent."""
    group = call.consultation.asked_group or call.ingroup
    ingroup_seconds = turn.world.rules.ingroup(group).on_hook_ring_time
    agent = turn.world.rules.agents.get(session.agent) or Agent(id=session.agent)
    return ingroup_seconds or agent.on_hook_ring_time


def bring_agent(turn: Turn, session: Session, call: Call) -> Session:
    """Bring an agent to a call. A phone whose line is on the call's server is there; any other one rings from it.

    A line on another server is hung up first, and its supervisors follow to the new one. A browser phone has as long to
    be offered as a phone rings.
    """
    if get_reach(turn.world, session, call.server) is AgentReach.ON_SERVER:
        return session
    if session.leg:
        session = login.release_phone(turn, moved_supervisors.hang_up_supervisors(turn, session))
    if session.browser:
        deadline_us = turn.now + _get_ring_seconds(turn, session, call) * SECOND_US
        session = session.with_phone_loss(rescue_until=deadline_us)
    return ring_phone(turn, session, call)


def ring_other_agents(turn: Turn, call: Call) -> None:
    """Ring the phones of all other ready on_hook agents of the call's in-group, if it has ring_all.

    With rank_first, only those of the first agent's rank ring. An agent on the line is also READY if a lead
    keeps the agent, or if the server of the line is away.
    """
    group = call.consultation.asked_group or call.ingroup
    requested_agent = call.consultation.asked_agent if call.consultation.asked_group else call.direct
    if requested_agent or turn.world.rules.ingroup(group).next_agent_call != "ring_all":
        return
    candidates = list_equal_agents(turn.world, _get_main_agent(call), group)
    users = tuple(user for user in candidates if turn.world.sessions[user].on_hook)
    turn.put(call.with_queueing(rung=users))
    for user in users:
        ring_phone(turn, agent_calls.take_call(turn, user, call), call)


def handle_answer(turn: Turn, call: Call, user: str) -> Call:
    """Give the call to the agent whose phone answered first. The other phones stop, and their agents are READY."""
    ringing_users = list_ringing_agents(call)
    call = set_ringing_agent(turn, call, user)
    turn.put(call.with_queueing(rung=()))
    for ringing_user in ringing_users:
        if ringing_user != user:
            agent_release.release_agent(turn, ringing_user, never_connected=True, answered_elsewhere=True)
    return turn.world.calls[call.id]


def remove_ringing_phone(turn: Turn, call: Call, user: str) -> None:
    """Remove one of several phones that ring; the others keep ringing."""
    ringing_users = [ringing_user for ringing_user in list_ringing_agents(call) if ringing_user != user]
    call = set_ringing_agent(turn, call, ringing_users[0])
    turn.put(call.with_queueing(rung=tuple(ringing_users[1:])))
    missed_calls.handle_missed_call(turn, turn.world.sessions[user])


def is_ringing(turn: Turn, call: Call, user: str) -> bool:
    """Return whether the agent's phone is one of several that ring for the call."""
    return user in list_ringing_agents(call) and agent_states.find_agent_leg(turn, user) is not None


def stop_declined_phone(turn: Turn, call: Call, user: str) -> None:
    """Stop only the phone of one of several agents, who declined."""
    leg = agent_states.find_agent_leg(turn, user)
    if leg and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(call.id, HangUpLeg(leg.id))


def withdraw_call(turn: Turn, call: Call, *, answered_elsewhere: bool) -> Call:
    """Stop every phone that rings for the call, and return the call without an agent. Its agents are READY again.

    `answered_elsewhere`: the call goes to other agents.
    """
    users = list_ringing_agents(call) or tuple(filter(None, (call.agent,)))
    call = turn.put(replace(call.with_queueing(rung=()), agent=None))
    for user in users:
        agent_release.release_agent(turn, user, never_connected=True, answered_elsewhere=answered_elsewhere)
    return turn.world.calls[call.id]


def is_for_any_agent(call: Call) -> bool:
    """Return whether the call waits for the next agent, who may be any."""
    return (call.commands.target or call.state) is State.WAITING


def stop_other_phones(turn: Turn, call: Call) -> Call:
    """Stop the other phones when the call needs no answer any more. The table releases its own agent or closer."""
    if not call.queueing.rung or (call.commands.target or call.state) in (State.RINGING_AGENT, State.DIALING):
        return call
    turn.put(call.with_queueing(rung=()))
    for user in call.queueing.rung:
        agent_release.release_agent(turn, user, never_connected=True, answered_elsewhere=is_for_any_agent(call))
    return turn.world.calls[call.id]
