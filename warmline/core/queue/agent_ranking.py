"""Rank the ready agents of an in-group for its next call, by `next_agent_call`.

Each method gives an agent one number for an in-group when the agent becomes ready. This number is the agent's order,
and the lowest is served first. If two agents have the same order, the longest READY comes first, then the name. In an
in-group with `rank_first`, the agents of the highest rank come before all others, as penalties do in app_queue. The
order counts among agents of one rank.

Random methods let the agents race. Each agent draws a duration from an exponential distribution whose mean is one
divided by the agent's grade. The duration starts where the previous winner arrived. Such a race has no memory, so the
chances of all ready agents are in proportion to their grades, no matter when each became ready.
"""

from collections.abc import Callable
from math import log

from warmline.core.model.session import Session
from warmline.core.queue.matching.serving_order import AGENT_QUEUE, CAMPAIGN_QUEUE
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

OrderFunction = Callable[[Session, Agent, str], float]

# An agent without a call so far is ranked as if a call had come at the login.
ORDER_BY_METHOD: dict[str, OrderFunction] = {
    "longest_wait_time": lambda session, agent, ingroup: 0,
    "oldest_call_start": lambda session, agent, ingroup: session.talk_times.call_started or session.started,
    "oldest_call_finish": lambda session, agent, ingroup: session.talk_times.call_finished or session.started,
    "oldest_inbound_call_start": lambda session, agent, ingroup: session.talk_times.inbound_started or session.started,
    "oldest_inbound_call_finish": lambda session, agent, ingroup: (
        session.talk_times.inbound_finished or session.started
    ),
    "overall_user_level": lambda session, agent, ingroup: -agent.user_level,
    "inbound_group_rank": lambda session, agent, ingroup: -_get_number(agent.ingroup_ranks, ingroup, 0),
    "campaign_rank": lambda session, agent, ingroup: -agent.campaign_rank,
    "fewest_calls": lambda session, agent, ingroup: dict(session.taken).get(ingroup, 0),
    "fewest_calls_campaign": lambda session, agent, ingroup: session.calls,
    "ring_all": lambda session, agent, ingroup: session.on_hook,  # an agent on the line takes it immediately
}

GRADE_BY_METHOD: dict[str, Callable[[Agent, str], int]] = {
    "random": lambda agent, ingroup: 1,
    "ingroup_grade_random": lambda agent, ingroup: _get_number(agent.ingroup_grades, ingroup, 1),
    "campaign_grade_random": lambda agent, ingroup: agent.campaign_grade,
}


def update_queues(turn: Turn, session: Session) -> None:
    """Put a ready agent into the agent's own queue and those of the in-groups. An agent already there stays.

    An agent whose phone stays on the line also takes the answered leads of a campaign that dials automatically.
    """
    queues = (AGENT_QUEUE + session.agent, *session.ingroups)
    if not session.on_hook and turn.world.rules.campaign(session.campaign).dial_method != "MANUAL":
        queues = (*queues, CAMPAIGN_QUEUE + session.campaign)
    if not turn.world.matcher.is_ready(session.agent, session.ready_since, queues):
        ranks = {queue: rank for queue in queues if (rank := get_rank(turn.world.rules, session.agent, queue))}
        orders = {queue: _compute_order(turn, session, queue, rank=ranks.get(queue, 0)) for queue in queues}
        turn.world.matcher.add_agent(session.agent, session.ready_since, orders, ranks)


def update_all_queues(turn: Turn) -> None:
    """Rank all ready agents again after a change of the rules."""
    matcher = turn.world.matcher
    matcher.restart_races()
    for user in matcher.list_ready_agents():
        matcher.forget_agent(user)
        update_queues(turn, turn.world.sessions[user])


def get_rank(rules: Rules, user: str, queue: str) -> int:
    """Return the rank that counts before `next_agent_call` in this queue; 0 without `rank_first`."""
    if ":" in queue or rules.ingroup(queue).rank_first == "N":
        return 0
    agent_rules = rules.agents.get(user)
    return 0 if agent_rules is None else _get_number(agent_rules.ingroup_ranks, queue, 0)


def list_equal_agents(world: World, user: str, queue: str) -> list[str]:
    """Return the ready agents of a queue who have the rank of this agent, the best first."""
    rank = get_rank(world.rules, user, queue)
    ready_users = world.matcher.list_ready_agents(queue)
    return [ready_user for ready_user in ready_users if get_rank(world.rules, ready_user, queue) == rank]


def _compute_order(turn: Turn, session: Session, queue: str, rank: int) -> float:
    if queue.startswith(AGENT_QUEUE):
        return 0
    rules = turn.world.rules
    queue_rules = rules.campaign(session.campaign) if queue.startswith(CAMPAIGN_QUEUE) else rules.ingroup(queue)
    method = queue_rules.next_agent_call
    agent_rules = turn.world.rules.agents.get(session.agent) or Agent(id=session.agent)
    if method in GRADE_BY_METHOD:
        grade = GRADE_BY_METHOD[method](agent_rules, queue)
        return turn.world.matcher.get_race_start(queue, rank) - log(turn.draw_random()) / grade
    return ORDER_BY_METHOD[method](session, agent_rules, queue)


def _get_number(rank_texts: tuple[str, ...], ingroup: str, default: int) -> int:
    """Return the number of an entry IN-GROUP:NUMBER."""
    for rank_text in rank_texts:
        name, _, number = rank_text.partition(":")
        if name == ingroup:
            return int(number)
    return default
