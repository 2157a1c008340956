"""Explain the rank of an agent among the ready agents of an in-group, by `next_agent_call`."""

from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.queue.agent_ranking import GRADE_BY_METHOD, ORDER_BY_METHOD, get_rank, list_equal_agents
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.world import World

TIME_PHRASES = {
    "oldest_call_start": "last call began",
    "oldest_call_finish": "last call ended",
    "oldest_inbound_call_start": "last inbound call began",
    "oldest_inbound_call_finish": "last inbound call ended",
}
RANK_OPTIONS = {
    "overall_user_level": "user_level",
    "inbound_group_rank": "ingroup_ranks",
    "campaign_rank": "campaign_rank",
}
MAX_NEXT_AGENTS = 3
COUNT_METHODS = ("fewest_calls", "fewest_calls_campaign")


def describe_rule(rules: Rules, queue: str) -> str:
    """Return the rule that orders the ready agents of a queue, for people."""
    if queue.startswith(AGENT_QUEUE):
        return "the call is for this agent"
    prefix = "rank_first=Y, " if rules.ingroup(queue).rank_first == "Y" else ""
    return f"{prefix}next_agent_call={rules.ingroup(queue).next_agent_call}"


def is_ring_all(rules: Rules, best_session: Session, queue: str) -> bool:
    """Return whether the phones of all ready agents ring, given the best one."""
    if queue.startswith(AGENT_QUEUE) or not best_session.on_hook:
        return False
    return rules.ingroup(queue).next_agent_call == "ring_all"


def explain_rank(rules: Rules, session: Session, queue: str, now_us: int) -> str:
    """Return why a ready agent has this rank, for people. Among equal agents, the time READY decides."""
    ready_text = f"READY for {format_elapsed(now_us, session.ready_since)}"
    if queue.startswith(AGENT_QUEUE):
        return ready_text
    rank = get_rank(rules, session.agent, queue)
    explanation = _explain_order(rules, session, queue, now_us=now_us, ready_text=ready_text)
    return f"rank {rank}; {explanation}" if rules.ingroup(queue).rank_first == "Y" else explanation


def _explain_order(rules: Rules, session: Session, queue: str, now_us: int, ready_text: str) -> str:
    method = rules.ingroup(queue).next_agent_call
    agent_rules = rules.agents.get(session.agent) or Agent(id=session.agent)
    if method in GRADE_BY_METHOD:
        return f"drawn, with grade {GRADE_BY_METHOD[method](agent_rules, queue)}"
    order = int(ORDER_BY_METHOD[method](session, agent_rules, queue))
    if method in TIME_PHRASES:
        note = " (login; no call yet)" if order == session.started else ""
        return f"{TIME_PHRASES[method]} {format_elapsed(now_us, order)} ago{note}; {ready_text}"
    if method in RANK_OPTIONS:
        return f"{RANK_OPTIONS[method]} {-order}; {ready_text}"
    if method in COUNT_METHODS:
        scope = queue if method == "fewest_calls" else session.campaign
        return f"{order} {'call' if order == 1 else 'calls'} of {scope}; {ready_text}"
    if method == "ring_all":
        return f"{'the phone rings with the others' if session.on_hook else 'on the line already'}; {ready_text}"
    return ready_text


def explain_choice(world: World, user: str, queue: str, now_us: int) -> str:
    """Return why this agent, who has just left the queue, got the call, and which agents would have been next."""
    if is_ring_all(world.rules, world.sessions[user], queue):
        users = ", ".join([user, *list_equal_agents(world, user, queue)])
        return f"{describe_rule(world.rules, queue)}: the first to answer of {users}"
    text = (
        f"{describe_rule(world.rules, queue)}: {explain_rank(world.rules, world.sessions[user], queue, now_us=now_us)}"
    )
    for next_user in world.matcher.list_ready_agents(queue)[:MAX_NEXT_AGENTS]:
        text += f"; then {next_user}: {explain_rank(world.rules, world.sessions[next_user], queue, now_us=now_us)}"
    return text


def explain_preference(world: World, user: str, queue: str, now_us: int) -> str:
    """Return why this agent, who has just left the queue, got the call that prefers them."""
    rank_text = explain_rank(world.rules, world.sessions[user], queue, now_us=now_us)
    reason = f"{describe_data_rule(world.rules, queue)}: {rank_text}"
    ready_users = world.matcher.list_ready_agents(queue)
    return f"{reason}; by {describe_rule(world.rules, queue)} it would be {ready_users[0]}" if ready_users else reason


def describe_data_rule(rules: Rules, queue: str) -> str:
    """Return the rule by which a call's data names its agent, for people."""
    return f"data_agent={rules.ingroup(queue).data_agent}"


def format_elapsed(now_us: int, started_us: int) -> str:
    """Return the time from `started_us` to `now_us`, such as 5 s, 2:05 or 1:02:05."""
    minutes, seconds = divmod(max(0, now_us - started_us) // SECOND_US, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}" if minutes else f"{seconds} s"
