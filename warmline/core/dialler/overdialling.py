"""The decision about a call beyond the READY agents: the method, its lines and the drop budget must all allow it.

The questions come in this order, and the first refusal decides. May the campaign dial beyond its READY agents, by its
method and its working agents, and while nobody waits for an agent who is kept for a ring? Are there lines left, of
`auto_dial_level` and of `adaptive_maximum_level`? The drop budget comes last, because it bounds what the others allow.
"""

from collections.abc import Iterable, Iterator

from warmline.core.agents import ring_hold
from warmline.core.agents.drop_counts import find_drop_rules
from warmline.core.model.call_states import AgentState
from warmline.core.model.dialler import Dialler
from warmline.core.model.session import Session
from warmline.core.pacing import drop_budget
from warmline.core.queue.matching.serving_order import CAMPAIGN_QUEUE
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.world.world import World

METHODS_BEYOND_READY = ("RATIO", "PREDICTIVE")  # the methods with calls beyond one for each READY agent


def count_ready_agents(world: World, campaign: Campaign, now_us: int) -> int:
    """Return how many READY agents the dialler may count on: 0 while a caller waits who comes before its leads.

    An agent who pauses after the ring is not counted.
    """
    if is_caller_first(world, campaign, world.matcher.count_calls_by_queue(), now_us=now_us):
        return 0
    ready_users = world.matcher.list_ready_agents(CAMPAIGN_QUEUE + campaign.id)
    return len(ready_users) - ring_hold.count_pausing(world, campaign.id)


def must_wait_for_ring(world: World, campaign: Campaign, now_us: int) -> bool:
    """Return whether a caller or a pause waits until an agent is no longer kept for the leads that ring.

    The dialler then begins no calls beyond READY agents, so that they wait no longer than one ring.
    """
    if not ring_hold.has_tight_drop_budget(world, campaign, now_us):
        return False
    if ring_hold.count_pausing(world, campaign.id) > 0:
        return True
    return is_caller_first(world, campaign, world.matcher.count_calls_by_queue(), now_us=now_us)


def find_overdial_refusal(
    world: World, campaign: Campaign, dialler: Dialler, now_us: int, *, expected_drops_permille: int, ready_agents: int
) -> str:
    """Return why one more call of the campaign would be too many, or "".

    `expected_drops_permille` is how many drops the pacing expects of all calls in flight and the proposed ones, in
    thousandths. `ready_agents` is how many READY agents the dialler may count on.
    """
    calls_in_flight = world.lead_calls.count_without_agent(campaign.id)
    missing_agents = calls_in_flight + 1 - ready_agents
    if missing_agents <= 0:
        return ""
    logged_in_agents, working_agents = _count_agents(world, campaign.id)
    has_few_agents = working_agents < campaign.dial_level_threshold_agents
    if campaign.dial_method not in METHODS_BEYOND_READY or has_few_agents:
        return reasons.NO_READY_AGENT.text()
    if must_wait_for_ring(world, campaign, now_us):
        return reasons.NO_READY_AGENT.text()
    if campaign.dial_method == "RATIO" and calls_in_flight >= float(campaign.auto_dial_level) * ready_agents:
        return reasons.LINES_REACHED.text(option="auto_dial_level", value=campaign.auto_dial_level)
    if calls_in_flight >= float(campaign.adaptive_maximum_level) * logged_in_agents:
        return reasons.LINES_REACHED.text(option="adaptive_maximum_level", value=campaign.adaptive_maximum_level)
    limits = find_drop_rules(world.rules, campaign, world.correction)
    if not drop_budget.can_begin_call(
        dialler.drops, limits, now_us, missing_agents=missing_agents, expected_drops_permille=expected_drops_permille
    ):
        return reasons.DROP_BUDGET.text(campaign=campaign.id, limit=campaign.adaptive_dropped_percentage)
    return ""


def _count_agents(world: World, campaign_id: str) -> tuple[int, int]:
    """Return how many agents with a phone on the line the campaign has, and how many of them are not paused."""
    states = [session.state for session in _iterate_campaign_sessions(world, campaign_id)]
    return len(states), sum(state is not AgentState.PAUSED for state in states)


def _iterate_campaign_sessions(world: World, campaign_id: str) -> Iterator[Session]:
    """Yield the sessions of the campaign's agents whose phones are on the line."""
    return (session for session in world.sessions.values() if session.campaign == campaign_id and not session.on_hook)


def is_caller_first(world: World, campaign: Campaign, queues: Iterable[str], now_us: int) -> bool:
    """Return whether a caller waits for agents of the campaign, in an in-group of no lower priority.

    While agents are kept for the leads that ring, callers of any priority come before new calls. `queues` are the
    in-groups in which callers wait.
    """
    ingroups = [world.rules.ingroups[queue] for queue in queues if queue in world.rules.ingroups]
    if not ingroups:
        return False
    if not ring_hold.has_tight_drop_budget(world, campaign, now_us):
        ingroups = [ingroup for ingroup in ingroups if ingroup.queue_priority >= campaign.queue_priority]
    if not ingroups:
        return False
    for session in _iterate_campaign_sessions(world, campaign.id):
        if any(ingroup.id in session.ingroups for ingroup in ingroups):
            return True
    return False
