"""The checks before a conversation is adopted, while its two parties still talk undisturbed."""

from datetime import UTC, datetime
from typing import NamedTuple

from warmline.core.messages.call_command_types import Adopt
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.permission import node_limit
from warmline.core.rules import dial_rules, reasons
from warmline.core.rules.configuration import Agent
from warmline.core.world.world import World


class AdoptedParties(NamedTuple):
    """The agent and the two channels of a conversation that may be adopted."""

    agent: Agent
    agent_leg: OutsideLeg
    customer_leg: OutsideLeg


def find_parties(world: World, command: Adopt) -> AdoptedParties | str:
    """Return who is who in the conversation of a command, or why it cannot be adopted."""
    talk = command.conversation
    if talk is None:
        return reasons.CHANNEL_UNKNOWN.text(channel=command.channel)
    if refusal := _refuse_legs(world, talk) or node_limit.find_node_refusal(world):
        return refusal
    if command.agent:
        agent_and_leg = _find_named_agent(world, command.agent, talk)
    else:
        agent_and_leg = _find_agent_by_phone(world, talk)
    if isinstance(agent_and_leg, str):
        return agent_and_leg
    agent, leg = agent_and_leg
    if leg.phone in _list_trunks(world):
        return reasons.CHANNEL_OF_TRUNK.text(channel=leg.name, trunk=leg.phone)
    if refusal := _refuse_agent(world, agent, leg):
        return refusal
    return AdoptedParties(agent, leg, talk.other if leg is talk.named else talk.named)


def _refuse_legs(world: World, talk: OutsideTalk) -> str:
    for leg in (talk.named, talk.other):
        if leg.id in world.legs:
            return reasons.CHANNEL_IN_WARMLINE.text(channel=leg.name)
        if leg.name.startswith("Local/"):
            return reasons.CHANNEL_LOCAL.text(channel=leg.name)
        if not leg.up:
            return reasons.CHANNEL_NOT_ANSWERED.text(channel=leg.name)
    return ""


def _find_named_agent(world: World, user: str, talk: OutsideTalk) -> tuple[Agent, OutsideLeg] | str:
    """Return the agent that the command names. The agent's leg is the agent's phone, otherwise the named channel."""
    agent = world.rules.agents.get(user)
    if agent is None:
        return reasons.LOGIN_AGENT_UNKNOWN.text(agent=user)
    own_legs = [leg for leg in (talk.named, talk.other) if leg.phone and leg.phone == agent.phone]
    return agent, (own_legs or [talk.named])[0]


def _find_agent_by_phone(world: World, talk: OutsideTalk) -> tuple[Agent, OutsideLeg] | str:
    """Return the only agent whose phone is in the conversation. The named channel comes before the other one."""
    for leg in (talk.named, talk.other):
        agents = [agent for agent in world.rules.agents.values() if leg.phone and agent.phone == leg.phone]
        if len(agents) > 1:
            return reasons.PHONE_OF_SEVERAL.text(phone=leg.phone, agents=", ".join(agent.id for agent in agents))
        if agents:
            return agents[0], leg
    phones = " nor ".join(leg.phone or leg.name for leg in (talk.named, talk.other))
    return reasons.PHONE_OF_NO_AGENT.text(phones=phones)


def _list_trunks(world: World) -> set[str]:
    """Return the endpoints of all trunks: those with limits, and those that campaigns dial."""
    return {*world.rules.trunks, *map(dial_rules.get_trunk, world.rules.campaigns.values())} - {""}


def _refuse_agent(world: World, agent: Agent, leg: OutsideLeg) -> str:
    """Return why this agent cannot have the call. An on_hook agent who is logged in and idle can have it."""
    session = world.sessions.get(agent.id)
    if session is None:
        users = world.session_index.list_phone_agents(leg.phone or agent.phone)
        session = next((world.sessions[user] for user in users), None)
    elif _is_free(session):
        return ""
    if session is None:
        return ""
    login_time = datetime.fromtimestamp(world.machine_time(session.started) / 1e6, UTC).isoformat(timespec="seconds")
    return reasons.LOGGED_IN_ALREADY.text(agent=session.agent, phone=session.phone_name, since=login_time)


def _is_free(session: Session) -> bool:
    """Return whether the agent's phone rings for each call, and is in no call of Warmline and on no line for keys."""
    is_idle = session.call is None and session.leg is None and not session.login and not session.typed.line
    return session.on_hook and is_idle and session.state in (AgentState.READY, AgentState.PAUSED)
