"""The order in which waiting callers are served, and the order of the agents who get them.

A caller of a higher priority is first, then an agent's own caller, then the caller who has waited for the longest time.
Of the first callers of all queues that have a free agent, the first one is served. The tuples compare like that.
"""

from typing import NamedTuple

AGENT_QUEUE = "agent:"  # prefix of the queue of one agent's own calls; in-group names have no colon
CAMPAIGN_QUEUE = "campaign:"  # prefix of the queue of the answered leads of a campaign


class QueueTicket(NamedTuple):
    """A call's position in a queue; the smallest is served first. At one priority, an agent's own call comes first."""

    rank: int  # the priority, negated
    is_shared: bool
    queued_at: int
    call: str


class ReadyAgent(NamedTuple):
    """An agent's position in a queue; the agent with the smallest one gets the call."""

    rank: int  # the agent's rank in an in-group with rank_first, negated; else 0
    order: float
    ready_since_us: int
    agent: str
