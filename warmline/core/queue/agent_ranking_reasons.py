"""Explain the rank of an agent among the ready agents of an in-group, by `next_agent_call`."""

from warmline.core.model.session import Session
from warmline.core.queue.agent_ranking import GRADES, ORDERS, equals, rank_of
from warmline.core.queue.matching.serving_order import DIRECT
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.world import World

SECOND = 1_000_000

TIMES = {
    "oldest_call_start": "last call began",
    "oldest_call_finish": "last call ended",
    "oldest_inbound_call_start": "last inbound call began",
    "oldest_inbound_call_finish": "last inbound call ended",
}
RANKS = {
    "overall_user_level": "user_level",
    "inbound_group_rank": "ingroup_ranks",
    "campaign_rank": "campaign_rank",
}
NEXT = 3  # how many of the following agents are named
COUNTS = ("fewest_calls", "fewest_calls_campaign")


def rule(rules: Rules, queue: str) -> str:
    """Return the rule that orders the ready agents of a queue, for people."""
    if queue.startswith(DIRECT):
        return "the call is for this agent"
    first = "rank_first=Y, " if rules.ingroup(queue).rank_first == "Y" else ""
    return f"{first}next_agent_call={rules.ingroup(queue).next_agent_call}"


def rings_all(rules: Rules, best: Session, queue: str) -> bool:
    """Return whether the phones of all ready agents ring, given the best one."""
    if queue.startswith(DIRECT) or not best.on_hook:
        return False
    return rules.ingroup(queue).next_agent_call == "ring_all"


def why(rules: Rules, session: Session, queue: str, now: int) -> str:
    """Return why a ready agent has this rank, for people. Among equal agents, the time READY decides."""
    waited = f"READY for {ago(now, session.ready_since)}"
    if queue.startswith(DIRECT):
        return waited
    rank = rank_of(rules, session.agent, queue)
    said = _by_method(rules, session, queue, now, waited)
    return f"rank {rank}; {said}" if rules.ingroup(queue).rank_first == "Y" else said


def _by_method(rules: Rules, session: Session, queue: str, now: int, waited: str) -> str:
    method = rules.ingroup(queue).next_agent_call
    known = rules.agents.get(session.agent) or Agent(id=session.agent)
    if method in GRADES:
        return f"drawn, with grade {GRADES[method](known, queue)}"
    order = int(ORDERS[method](session, known, queue))
    if method in TIMES:
        none_yet = " (login; no call yet)" if order == session.started else ""
        return f"{TIMES[method]} {ago(now, order)} ago{none_yet}; {waited}"
    if method in RANKS:
        return f"{RANKS[method]} {-order}; {waited}"
    if method in COUNTS:
        of = queue if method == "fewest_calls" else session.campaign
        return f"{order} {'call' if order == 1 else 'calls'} of {of}; {waited}"
    if method == "ring_all":
        return f"{'the phone rings with the others' if session.on_hook else 'on the line already'}; {waited}"
    return waited


def chosen(world: World, user: str, queue: str, now: int) -> str:
    """Return why this agent, who has just left the queue, got the call, and which agents would have been next."""
    others = world.matcher.ready_agents(queue)
    if rings_all(world.rules, world.sessions[user], queue):
        return f"{rule(world.rules, queue)}: the first to answer of {', '.join([user, *equals(world, user, queue)])}"
    others = others[:NEXT]
    reasons = [why(world.rules, world.sessions[one], queue, now) for one in (user, *others)]
    following = "".join(f"; then {one}: {said}" for one, said in zip(others, reasons[1:], strict=True))
    return f"{rule(world.rules, queue)}: {reasons[0]}{following}"


def preferred(world: World, user: str, queue: str, now: int) -> str:
    """Return why this agent, who has just left the queue, got the call that prefers them."""
    reason = f"{rule_of_data(world.rules, queue)}: {why(world.rules, world.sessions[user], queue, now)}"
    others = world.matcher.ready_agents(queue)
    return f"{reason}; by {rule(world.rules, queue)} it would be {others[0]}" if others else reason


def rule_of_data(rules: Rules, queue: str) -> str:
    """Return the rule by which a call's data names its agent, for people."""
    return f"data_agent={rules.ingroup(queue).data_agent}"


def ago(now: int, at: int) -> str:
    """Return the time from `at` to `now`, both in microseconds, such as 5 s, 2:05 or 1:02:05."""
    minutes, seconds = divmod(max(0, now - at) // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}" if minutes else f"{seconds} s"
