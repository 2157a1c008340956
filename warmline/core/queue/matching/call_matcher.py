"""Match ready agents with the tickets of waiting calls.

After every turn, no agent is ready while a call that the agent may take waits. A turn therefore needs to check only
the queues that an agent or a call has entered. The first ticket of all is served first, by the best agent of its queue.
serving_order.py defines the order of tickets, agent_ranking.py that of agents. Nothing here assumes that an agent is on
this node.

A queue is a sorted list. A search takes log n comparisons, and an insertion into a queue of 10,000 moves 80 KB.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import islice
from typing import TypeVar

from warmline.core.indexes.undo_log import UndoLog, remove_at
from warmline.core.queue.matching.serving_order import AGENT_QUEUE, CAMPAIGN_QUEUE, QueueTicket, ReadyAgent

NO_RANKS: Mapping[str, int] = {}
Place = TypeVar("Place", QueueTicket, ReadyAgent)


class CallMatcher:
    """Waiting calls and ready agents by queue. An agent is in the queues of the in-groups and in a separate one.

    The queue of the campaign is added if the agent takes its automatic calls.
    """

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._tickets: dict[str, list[QueueTicket]] = {}
        self._queue_of: dict[str, tuple[str, QueueTicket]] = {}
        self._agents: dict[str, list[ReadyAgent]] = {}
        self._agent_positions: dict[str, dict[str, ReadyAgent]] = {}
        self._changed_queues: dict[str, None] = {}  # queues that an agent or a call has entered
        self._races: dict[tuple[str, int], float] = {}
        self._held_back: dict[str, None] = {}  # calls that are not matched until `release`

    # -- calls --

    def add_call(self, call: str, queue: str, priority: int, queued_at: int) -> None:
        """Put a call into a queue. A call that already has this position keeps it."""
        ticket = QueueTicket(-priority, not queue.startswith(AGENT_QUEUE), queued_at, call=call)
        if self._queue_of.get(call) == (queue, ticket):
            return
        self.forget_call(call)
        self._insert(self._tickets, queue, ticket)
        self._undo.record_slot(self._queue_of, call)
        self._queue_of[call] = (queue, ticket)
        self._mark_queue(queue)

    def forget_call(self, call: str) -> None:
        """Remove a call from its queue, if it is in one."""
        if queue_and_ticket := self._queue_of.get(call):
            self._undo.record_slot(self._queue_of, call)
            del self._queue_of[call]
            self._remove(self._tickets, *queue_and_ticket)
            self._forget_hold(call)

    def has_call(self, call: str) -> bool:
        """Return whether the call has a ticket."""
        return call in self._queue_of

    def list_calls(self, queue: str) -> list[str]:
        """Return the calls in a queue, the next one first."""
        return [ticket.call for ticket in self._tickets.get(queue, ())]

    def count_calls(self, queue: str) -> int:
        """Return how many calls are in a queue."""
        return len(self._tickets.get(queue, ()))

    def count_calls_by_queue(self) -> dict[str, int]:
        """Return how many calls are in each queue that has one."""
        return {queue: len(tickets) for queue, tickets in self._tickets.items() if tickets}

    def get_position(self, call: str) -> int:
        """Return the call's position in the queue. 1 is the next call; 0 is a call without a ticket."""
        queue_and_ticket = self._queue_of.get(call)
        return bisect_left(self._tickets[queue_and_ticket[0]], queue_and_ticket[1]) + 1 if queue_and_ticket else 0

    def list_calls_ahead(self, call: str, max_calls: int) -> list[str]:
        """Return the first calls ahead of this call in its queue, at most `max_calls` of them."""
        if (position := self.get_position(call)) <= 1:
            return []
        queue, _ = self._queue_of[call]
        return [ticket.call for ticket in self._tickets[queue][: min(position - 1, max_calls)]]

    def list_calls_ahead_of_new(self, queue: str, priority: int, max_calls: int) -> list[str]:
        """Return the first calls that would be ahead of a new call with this priority, at most `max_calls` of them."""
        tickets = self._tickets.get(queue, [])
        calls_ahead = bisect_right(tickets, -priority, key=lambda ticket: ticket.rank)
        return [ticket.call for ticket in tickets[: min(calls_ahead, max_calls)]]

    # -- calls that are held back --

    def hold_back(self, call: str) -> None:
        """Match this waiting call with no agent until `release`. It keeps its position, and an agent for it."""
        if call in self._queue_of:
            self._undo.record_slot(self._held_back, call)
            self._held_back[call] = None

    def release(self, call: str) -> None:
        """Let a call that is held back be matched again. Any other call stays as it is."""
        if self.is_held_back(call):
            self._forget_hold(call)
            self._mark_queue(self._queue_of[call][0])

    def is_held_back(self, call: str) -> bool:
        """Return whether the call is held back."""
        return call in self._held_back

    def _forget_hold(self, call: str) -> None:
        if call in self._held_back:
            self._undo.record_slot(self._held_back, call)
            del self._held_back[call]

    # -- agents --

    def add_agent(
        self, user: str, ready_since_us: int, orders: Mapping[str, float], ranks: Mapping[str, int] = NO_RANKS
    ) -> None:
        """Put an agent into these queues. The lowest order in a queue is served first, then the longest READY.

        Before the order counts the highest rank; it is 0 in a queue that `ranks` does not name.
        """
        self.forget_agent(user)
        ready_agents = {
            queue: ReadyAgent(-ranks.get(queue, 0), order, ready_since_us, agent=user)
            for queue, order in orders.items()
        }
        self._undo.record_slot(self._agent_positions, user)
        self._agent_positions[user] = ready_agents
        for queue, ready_agent in ready_agents.items():
            self._insert(self._agents, queue, ready_agent)
            self._mark_queue(queue)

    def forget_agent(self, user: str) -> None:
        """Remove an agent from all queues."""
        if ready_agents := self._agent_positions.get(user):
            self._undo.record_slot(self._agent_positions, user)
            del self._agent_positions[user]
            for queue, ready_agent in ready_agents.items():
                self._remove(self._agents, queue, ready_agent)

    def is_ready(self, user: str, ready_since_us: int, queues: tuple[str, ...]) -> bool:
        """Return whether the agent is in these queues and has been ready since this time."""
        ready_agents = self._agent_positions.get(user)
        return (
            ready_agents is not None
            and tuple(ready_agents) == queues
            and ready_agents[queues[0]].ready_since_us == ready_since_us
        )

    def list_ready_agents(self, queue: str | None = None) -> list[str]:
        """Return the ready agents of a queue, the best first; without a queue, all ready agents by name."""
        if queue is None:
            return sorted(self._agent_positions)
        return [ready_agent.agent for ready_agent in self._agents.get(queue, ())]

    def is_ready_in(self, user: str, queue: str) -> bool:
        """Return whether this agent is ready in this queue."""
        return queue in self._agent_positions.get(user, ())

    def get_race_start(self, queue: str, rank: int = 0) -> float:
        """Return the order of the last agent taken from this queue and rank. The race of a new agent starts there."""
        return self._races.get((queue, -rank), 0.0)

    def restart_races(self) -> None:
        """Start every race again."""
        self._undo.add((setattr, self, "_races", self._races))
        self._races = {}

    # -- matching --

    def match(
        self,
        is_held: Callable[[str], bool] | None = None,
        is_kept_for_leads: Callable[[str, int], bool] | None = None,
    ) -> tuple[str, str] | None:
        """Remove the next call and its agent from the queues and return both, or None if no pair is left.

        Calls and agents for which `is_held` is true keep their places. While calls of a queue are held back, as many
        of its agents stay free. An agent of whom `is_kept_for_leads` is true for a call's priority gets only leads.
        """
        if not self._changed_queues:
            return None
        self._undo.add((setattr, self, "_changed_queues", self._changed_queues))
        self._changed_queues = {
            queue: None for queue in self._changed_queues if queue in self._tickets and queue in self._agents
        }
        if not self._changed_queues:
            return None
        pair_by_queue = {
            queue: pair
            for queue in self._changed_queues
            if (pair := self._find_pair(queue, is_held, is_kept_for_leads))
        }
        if not pair_by_queue:
            return None
        queue = min(pair_by_queue, key=lambda queue: pair_by_queue[queue][0])
        (_, _, _, call), ready_agent = pair_by_queue[queue]
        queue_and_rank = queue, ready_agent.rank
        self._undo.record_slot(self._races, queue_and_rank)
        self._races[queue_and_rank] = ready_agent.order
        self.forget_call(call)
        self.forget_agent(ready_agent.agent)
        return call, ready_agent.agent

    def _find_pair(
        self, queue: str, is_held: Callable[[str], bool] | None, is_kept_for_leads: Callable[[str, int], bool] | None
    ) -> tuple[QueueTicket, ReadyAgent] | None:
        """Return the first call and the first agent of a queue that are free, if no call before needs that agent."""
        tickets, agents = self._tickets[queue], self._agents[queue]
        if queue.startswith(CAMPAIGN_QUEUE):
            is_kept_for_leads = None
        if is_held is None and is_kept_for_leads is None and not self._held_back:
            return tickets[0], agents[0]
        free_tickets = (
            ticket
            for ticket in tickets
            if ticket.call not in self._held_back and (is_held is None or not is_held(ticket.call))
        )
        ticket = next(free_tickets, None)
        if ticket is None:
            return None
        held_back_count = sum(self._queue_of[call][0] == queue for call in self._held_back)
        free_agents = (ready_agent for ready_agent in agents if is_held is None or not is_held(ready_agent.agent))
        spare_agents = (
            ready_agent
            for ready_agent in free_agents
            if is_kept_for_leads is None or not is_kept_for_leads(ready_agent.agent, -ticket.rank)
        )
        ready_agents = list(islice(spare_agents, held_back_count + 1))
        return (ticket, ready_agents[0]) if len(ready_agents) > held_back_count else None

    # -- undo --

    def _mark_queue(self, queue: str) -> None:
        self._undo.record_slot(self._changed_queues, queue)
        self._changed_queues[queue] = None

    def _insert(self, lists: dict[str, list[Place]], queue: str, place: Place) -> None:
        self._undo.record_slot(lists, queue)
        places = lists.setdefault(queue, [])
        index = bisect_left(places, place)
        places.insert(index, place)
        self._undo.add((remove_at, places, index, None))

    def _remove(self, lists: dict[str, list[Place]], queue: str, place: Place) -> None:
        places = lists[queue]
        index = bisect_left(places, place)
        self._undo.add((list.insert, places, index, places.pop(index)))
        if not places:
            self._undo.record_slot(lists, queue)
            del lists[queue]
