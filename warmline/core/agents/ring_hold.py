"""READY agents who are kept for the leads that ring, while the campaign may drop hardly anyone.

With a tight drop budget, as many READY agents as the dialler has calls without an agent are there until these calls
have ended. A caller of the same or a lower rank waits for the rest of the ring, and so does a pause. Until then the
dialler begins no call for the agents whom a caller or a pause waits for. The wait is therefore at most one ring.
"""

from warmline.core.agents.agent_states import enter_state
from warmline.core.agents.drop_counts import find_drop_rules
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.pacing import drop_budget
from warmline.core.queue.matching.serving_order import CAMPAIGN_QUEUE
from warmline.core.replace import replace
from warmline.core.rules.configuration import Campaign
from warmline.core.world.turn import Turn
from warmline.core.world.world import World


def has_tight_drop_budget(world: World, campaign: Campaign, now_us: int) -> bool:
    """Return whether the campaign may drop so few persons at `now_us` (microseconds UTC) that agents are kept."""
    dialler = world.diallers.get(campaign.id)
    calls = world.lead_calls.count_without_agent(campaign.id)
    limits = find_drop_rules(world.rules, campaign, world.correction)
    return dialler is not None and drop_budget.has_tight_drop_budget(dialler.drops, limits, now_us, calls=calls)


def is_kept(world: World, now_us: int, agent: str, priority: int | None = None) -> bool:
    """Return whether this READY agent is kept for a lead that rings.

    `priority` is that of a caller who waits for the agent: callers of a higher one than the campaign's get the agent.
    """
    session = world.sessions.get(agent)
    if session is None or not world.matcher.is_ready_in(agent, CAMPAIGN_QUEUE + session.campaign):
        return False
    calls = world.lead_calls.count_without_agent(session.campaign)
    if not calls or len(world.matcher.list_ready_agents(CAMPAIGN_QUEUE + session.campaign)) > calls:
        return False
    campaign = world.rules.campaign(session.campaign)
    return (priority is None or priority <= campaign.queue_priority) and has_tight_drop_budget(world, campaign, now_us)


def is_pausing(session: Session) -> bool:
    """Return whether the agent is READY only until the leads that ring have their agents."""
    return session.state is AgentState.READY and session.after_call.pause


def count_pausing(world: World, campaign_id: str) -> int:
    """Return how many agents in the queue of a campaign's leads will pause after the ring."""
    queue = CAMPAIGN_QUEUE + campaign_id
    return sum(
        is_pausing(session) and world.matcher.is_ready_in(session.agent, queue) for session in world.sessions.values()
    )


def pause_released_agents(turn: Turn, campaigns: set[str]) -> None:
    """Pause the agents of these campaigns who have asked for it and are no longer kept."""
    for session in turn.iterate(turn.world.sessions):
        if session.campaign in campaigns and is_pausing(session) and not is_kept(turn.world, turn.now, session.agent):
            code = session.after_call.pause_code
            after_call = replace(session.after_call, pause=False, pause_code="")
            enter_state(turn, replace(session, after_call=after_call), AgentState.PAUSED, pause_code=code)
