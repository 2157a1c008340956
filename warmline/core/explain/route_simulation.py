"""Forecast the route of a call that arrives at an in-group now: the checked rules, and the agent or the exit.

The forecast uses the same functions as a real call. It works in a separate world, and its actions are never performed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from warmline.core.agents import agent_states
from warmline.core.calls.queue_entry_and_exit import MAX_OVERFLOWS
from warmline.core.engine.recovery import restore
from warmline.core.model.call import Call, Queueing
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.queue import (
    admission_facts,
    agent_ranking,
    closing_time,
    data_preference,
    empty_ingroup,
    queue_tickets,
)
from warmline.core.queue.admission_rules import REFUSE
from warmline.core.queue.agent_ranking_reasons import describe_data_rule, describe_rule, explain_rank, is_ring_all
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.replace import replace
from warmline.core.rules import activity, exit_actions
from warmline.core.rules.call_data import CallData
from warmline.core.rules.configuration import AGENTDIRECT, Ingroup, Rules
from warmline.core.rules.routing import RuleStep
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World

CLOSING_OPTION = "closing_time_action"


@dataclass(frozen=True, slots=True)
class RankedAgent:
    """An agent who serves the in-group. `position` is the rank among ready agents; 1 gets the call, 0 is not ready."""

    agent: str
    full_name: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class RouteForecast:
    """The forecast of a call: served by `agent`, or waiting at `position` in the queue, or ended with a `status`.

    `outcome` is a sentence for people. `ingroup` is the last in-group of the call. If the call leaves that in-group,
    `goto` (CONTEXT,EXTEN) or `message` is the exit.
    """

    outcome: str
    ingroup: str
    direct: str
    steps: tuple[RuleStep, ...]
    agent: str = ""
    position: int = 0
    status: str = ""
    action: str = ""
    goto: str = ""
    message: str = ""
    ranking: tuple[RankedAgent, ...] = ()

    @property
    def refused(self) -> bool:
        """Return whether the call is refused, so that the caller goes to the fallback."""
        return not (self.agent or self.position or self.status)


def build_turn_from_records(records: list[OpenRecord], rules: Rules, at_us: int, turn_id: str) -> Turn:
    """Return a turn on the world of these open records, with every waiting call and ready agent in the queues.

    `at_us` is a time of the machine's clock, in microseconds UTC; `turn_id` is a new ULID.
    """
    world = restore(records)
    turn = Turn(world, world.turn_time(at_us), turn_id)
    turn.world.rules = rules
    for call in list(turn.world.calls.values()):
        if call.state is State.WAITING:
            queue_tickets.place_ticket(turn, call)
    for session in list(turn.world.sessions.values()):
        agent_states.update_availability(turn, session)
    return turn


def build_turn_with_agents(sessions: Iterable[Session], rules: Rules, now_us: int, turn_id: str) -> Turn:
    """Return a turn on a world with these agents and no calls. All their phones can take calls."""
    turn = Turn(World(rules=rules), now_us, turn_id)
    for session in sessions:
        turn.world.keep(session)
        if session.state is AgentState.READY:
            agent_ranking.update_queues(turn, session)
    return turn


def forecast_route(turn: Turn, ingroup: str, direct_agent: str = "", call_data: CallData = ()) -> RouteForecast:
    """Forecast a call that arrives at an in-group with this data, or in the queue of the agent `direct_agent`.

    The queues in the turn's world are used as they are.
    """
    if ingroup == AGENTDIRECT and not direct_agent:
        reason = f"{AGENTDIRECT} is for one agent's calls: it is not entered without one"
        return RouteForecast(f"refused: {reason}", ingroup, direct_agent, steps=(RuleStep("agent", False, reason),))
    steps: list[RuleStep] = []
    status = ""
    for _ in range(MAX_OVERFLOWS + 1):
        call = _build_call(turn, ingroup, direct_agent, call_data=call_data)
        answer = admission_facts.check_admission(turn, call, ingroup, direct_agent=direct_agent)
        steps += answer.steps
        if answer.can_wait:
            steps += data_preference.list_rule_steps(turn, call, ingroup, direct_agent=direct_agent)
        option, next_status = _find_removal(turn, call) if answer.can_wait else (answer.action, answer.status)
        if not option:
            return _forecast_waiting(turn, call, steps)
        if answer.action == REFUSE:
            outcome = f"hung up: {answer.reason}" if status else f"refused: {answer.reason}"
            return RouteForecast(outcome, ingroup, direct_agent, steps=tuple(steps), status=status)
        status = next_status
        ingroup_rules = turn.world.rules.ingroup(ingroup)
        action = str(getattr(ingroup_rules, option))
        queue_exit = exit_actions.read_exit(
            ingroup_rules, option, action, agent=turn.world.rules.agents.get(direct_agent)
        )
        forecast = RouteForecast(
            f"{option}={action}: {_describe_exit(queue_exit)}",
            ingroup,
            direct_agent,
            steps=tuple(steps),
            status=status,
            action=queue_exit.action,
            goto=queue_exit.goto,
            message=queue_exit.message,
        )
        if queue_exit.missing_target or not queue_exit.group:
            return forecast
        steps.append(RuleStep(option, True, f"{action}: on to in-group {queue_exit.group}"))
        ingroup, direct_agent = queue_exit.group, ""
    outcome = f"hung up: {MAX_OVERFLOWS} in-groups have passed it on"
    return RouteForecast(outcome, ingroup, direct_agent, steps=tuple(steps), status=status)


def _find_removal(turn: Turn, call: Call) -> tuple[str, str]:
    """Return the option that removes the call immediately, and its status; "" if it is served or waits.

    closing_time_now_trigger removes every call that would wait, and leave_when_empty one without agents to wait for.
    """
    if turn.world.matcher.list_ready_agents(_get_queue(call, _get_preferred_agent(turn, call))):
        return "", ""
    if closing_time.find_closing_time(turn, call.ingroup) == turn.machine_time:
        return CLOSING_OPTION, WaitStatus.CLOSOP
    return ("no_agent_action", WaitStatus.NANQUE) if empty_ingroup.find_empty_reason(turn, call) else ("", "")


def _get_preferred_agent(turn: Turn, call: Call) -> str:
    """Return the agent for whom the call would wait because of its data, or ""."""
    return (
        call.queueing.preferred
        if data_preference.can_take_call(turn.world, call, call.ingroup, now_us=turn.now)
        else ""
    )


def _get_queue(call: Call, preferred_agent: str = "") -> str:
    agent = call.direct or preferred_agent
    return AGENT_QUEUE + agent if agent else call.ingroup


def _build_call(turn: Turn, ingroup: str, direct_agent: str, call_data: CallData) -> Call:
    ingroup_rules = turn.world.rules.ingroup(ingroup)
    call = Call(
        id="simulated",
        agc_id="",
        direction=Direction.IN,
        origin=Origin.CALLER,
        state=State.WAITING,
        since=turn.now,
        arrived=turn.now,
        ingroup=ingroup,
        direct=direct_agent,
        data=call_data,
    )
    queueing = Queueing(
        queued_at=turn.now,
        priority=data_preference.compute_priority(ingroup_rules, call),
        preferred="" if direct_agent else data_preference.find_preferred_agent(turn, call, ingroup),
        prefer_until=data_preference.get_preference_deadline(ingroup_rules, turn.now),
    )
    return replace(call, queueing=queueing)


def _describe_exit(queue_exit: exit_actions.QueueExit) -> str:
    """Return where an exit leads, for people."""
    if queue_exit.missing_target:
        return f"hung up, {queue_exit.missing_target}"
    if queue_exit.goto:
        return f"on in the dialplan at {queue_exit.goto}"
    ending = f"hears {queue_exit.message}, then is hung up" if queue_exit.message else "hung up"
    return f"noted to be called back, {ending}" if queue_exit.action == "CALLERID_CALLBACK" else ending


def _forecast_waiting(turn: Turn, call: Call, steps: list[RuleStep]) -> RouteForecast:
    """Forecast an admitted call: the best ready agent gets it, or it waits."""
    matcher, ingroup_rules = turn.world.matcher, turn.world.rules.ingroup(call.ingroup)
    preferred_agent = _get_preferred_agent(turn, call)
    queue = _get_queue(call, preferred_agent)
    ready_agents = matcher.list_ready_agents(queue)
    ranking = tuple(_rank_agents(turn, call, preferred_agent))
    matcher.add_call(call.id, queue, call.queueing.priority, call.queueing.queued_at)
    position = matcher.get_position(call.id)
    matcher.forget_call(call.id)
    if ready_agents:
        ranking_rule = (
            describe_data_rule(turn.world.rules, call.ingroup)
            if preferred_agent
            else describe_rule(turn.world.rules, queue)
        )
        outcome = f"agent {ready_agents[0]} gets it ({ranking_rule})"
        if is_ring_all(turn.world.rules, turn.world.sessions[ready_agents[0]], queue):
            outcome = f"the phones of {', '.join(ready_agents)} ring; the first to answer gets it"
        return RouteForecast(
            outcome, call.ingroup, call.direct, steps=tuple(steps), agent=ready_agents[0], ranking=ranking
        )
    is_agent_absent = call.direct and call.direct not in turn.world.sessions
    subject = f"agent {call.direct} is not logged in: it waits" if is_agent_absent else "waits"
    subject += f" up to {ingroup_rules.data_agent_wait} s for agent {preferred_agent}" if preferred_agent else ""
    wait_end = _describe_wait_end(turn, call, ingroup_rules) + _describe_missing_agents(turn, call, ranking)
    outcome = f"{subject}, as number {position} in line; {wait_end}"
    return RouteForecast(outcome, call.ingroup, call.direct, steps=tuple(steps), position=position, ranking=ranking)


def _describe_wait_end(turn: Turn, call: Call, ingroup: Ingroup) -> str:
    """Return what ends the wait if no agent takes the call, and after how many seconds."""
    closes_at_us = closing_time.find_closing_time(turn, call.ingroup)
    seconds, option = ingroup.drop_call_seconds, "drop_action"
    if closes_at_us is not None and (closes_at_us - turn.machine_time) // SECOND_US < seconds:
        seconds, option = (closes_at_us - turn.machine_time) // SECOND_US, CLOSING_OPTION
    action = str(getattr(ingroup, option))
    if action not in exit_actions.ACTIONS:
        return f"after {seconds} s {option}={action}"
    queue_exit = exit_actions.read_exit(ingroup, option, action, agent=turn.world.rules.agents.get(call.direct))
    if queue_exit.missing_target or not queue_exit.group:
        consequence = _describe_exit(queue_exit)
    else:
        consequence = f"on to in-group {queue_exit.group}"
        if not _is_taken(turn.world.rules, queue_exit.group):
            consequence += ", which no active agent takes"
    return f"after {seconds} s {option}={action}: {consequence}"


def _describe_missing_agents(turn: Turn, call: Call, ranking: tuple[RankedAgent, ...]) -> str:
    """Return the remark that no agent serves the in-group, or ""."""
    if ranking or call.direct:
        return ""
    if _is_taken(turn.world.rules, call.ingroup):
        return "; no agent who takes it is logged in"
    return f"; no active agent has {call.ingroup} among the ingroups"


def _is_taken(rules: Rules, ingroup: str) -> bool:
    """Return whether an agent of the configuration may take the in-group's calls."""
    agents = (agent for agent in rules.agents.values() if ingroup in agent.ingroups)
    return any(not activity.explain_inactive_agent(rules, agent.id, agent.campaign) for agent in agents)


def _rank_agents(turn: Turn, call: Call, preferred_agent: str) -> list[RankedAgent]:
    """Return the ready agents, the best first, then the queue's other agents with the reason why not ready."""
    rules, sessions, queue = turn.world.rules, turn.world.sessions, _get_queue(call)
    ready_agents = sorted(turn.world.matcher.list_ready_agents(queue), key=preferred_agent.__ne__)
    agents = []
    for position, user in enumerate(ready_agents, 1):
        reason = explain_rank(rules, sessions[user], queue, now_us=turn.now)
        agents.append(RankedAgent(user, _get_full_name(rules, user), position, reason=reason))
    for user, session in sorted(sessions.items()):
        serves_queue = user == call.direct if call.direct else call.ingroup in session.ingroups
        if serves_queue and user not in ready_agents:
            reason = _explain_not_ready(session.state, session.pause_code)
            agents.append(RankedAgent(user, _get_full_name(rules, user), 0, reason=reason))
    return agents


def _get_full_name(rules: Rules, user: str) -> str:
    agent = rules.agents.get(user)
    return agent.full_name if agent else ""


def _explain_not_ready(state: AgentState, pause_code: str) -> str:
    if state is AgentState.READY:
        return "READY, but the phone is not on the line"
    return f"{state} {pause_code}".rstrip()
