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
Position = TypeVar("Position", QueueTicket, ReadyAgent)


class CallMatcher:
    """Waiting calls and ready agents by queue. An agent is in the queues of the in-groups and in a separate one.

    The queue of the campaign is added if the agent takes its automatic calls.
    """

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._tickets: dict[str, list[QueueTicket]] = {}
        self._queue_of: dict[str, tuple[str, QueueTicket]] = {}
        self._agents: dict[str, list[ReadyAgent]] = {}
        self._ready: dict[str, dict[str, ReadyAgent]] = {}
        self._news: dict[str, None] = {}  # queues that an agent or a call has entered
        self._races: dict[tuple[str, int], float] = {}
        self._resting: dict[str, None] = {}  # calls that are not matched for a while

    # -- calls --

    def add_call(self, call: str, queue: str, priority: int, queued_at: int) -> None:
        """Put a call into a queue. A call that already has this place keeps it."""
        ticket = QueueTicket(-priority, not queue.startswith(AGENT_QUEUE), queued_at, call)
        if self._queue_of.get(call) == (queue, ticket):
            return
        self.forget_call(call)
        self._insert(self._tickets, queue, ticket)
        self._undo.record_slot(self._queue_of, call)
        self._queue_of[call] = (queue, ticket)
        self._mark_queue(queue)

    def forget_call(self, call: str) -> None:
        """Remove a call from its queue, if it is in one."""
        if found := self._queue_of.get(call):
            self._undo.record_slot(self._queue_of, call)
            del self._queue_of[call]
            self._remove(self._tickets, *found)
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
        """Return the call's place in line. 1 is the next call; 0 is a call without a ticket."""
        found = self._queue_of.get(call)
        return bisect_left(self._tickets[found[0]], found[1]) + 1 if found else 0

    def list_calls_ahead(self, call: str, most: int) -> list[str]:
        """Return the first calls ahead of this call in its queue, at most `most` of them."""
        if (place := self.get_position(call)) <= 1:
            return []
        queue, _ = self._queue_of[call]
        return [ticket.call for ticket in self._tickets[queue][: min(place - 1, most)]]

    def list_calls_ahead_of_new(self, queue: str, priority: int, most: int) -> list[str]:
        """Return the first calls that would be ahead of a new call with this priority, at most `most` of them."""
        tickets = self._tickets.get(queue, [])
        place = bisect_right(tickets, -priority, key=lambda ticket: ticket.rank)
        return [ticket.call for ticket in tickets[: min(place, most)]]

    # -- rests --

    def hold_back(self, call: str) -> None:
        """Match this waiting call with no agent until `rested`. It keeps its place, and one agent stays free for it."""
        if call in self._queue_of:
            self._undo.record_slot(self._resting, call)
            self._resting[call] = None

    def release(self, call: str) -> None:
        """Let a call that rests be matched again. Any other call stays as it is."""
        if self.is_held_back(call):
            self._forget_hold(call)
            self._mark_queue(self._queue_of[call][0])

    def is_held_back(self, call: str) -> bool:
        """Return whether the call rests."""
        return call in self._resting

    def _forget_hold(self, call: str) -> None:
        if call in self._resting:
            self._undo.record_slot(self._resting, call)
            del self._resting[call]

    # -- agents --

    def add_agent(
        self, agent: str, since: int, orders: Mapping[str, float], ranks: Mapping[str, int] = NO_RANKS
    ) -> None:
        """Put an agent into these queues. The lowest order in a queue is served first, then the earliest `since`.

        Before the order counts the highest rank; it is 0 in a queue that `ranks` does not name.
        """
        self.forget_agent(agent)
        places = {queue: ReadyAgent(-ranks.get(queue, 0), order, since, agent) for queue, order in orders.items()}
        self._undo.record_slot(self._ready, agent)
        self._ready[agent] = places
        for queue, place in places.items():
            self._insert(self._agents, queue, place)
            self._mark_queue(queue)

    def forget_agent(self, agent: str) -> None:
        """Remove an agent from all queues."""
        if places := self._ready.get(agent):
            self._undo.record_slot(self._ready, agent)
            del self._ready[agent]
            for queue, place in places.items():
                self._remove(self._agents, queue, place)

    def is_ready(self, agent: str, since: int, queues: tuple[str, ...]) -> bool:
        """Return whether the agent is in these queues and has been ready since `since`."""
        places = self._ready.get(agent)
        return places is not None and tuple(places) == queues and places[queues[0]].since == since

    def list_ready_agents(self, queue: str | None = None) -> list[str]:
        """Return the ready agents of a queue, the best first; without a queue, all ready agents by name."""
        if queue is None:
            return sorted(self._ready)
        return [place.agent for place in self._agents.get(queue, ())]

    def is_ready_in(self, agent: str, queue: str) -> bool:
        """Return whether this agent is ready in this queue."""
        return queue in self._ready.get(agent, ())

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
        held: Callable[[str], bool] | None = None,
        keeps: Callable[[str, int], bool] | None = None,
    ) -> tuple[str, str] | None:
        """Remove the next call and its agent from the queues and return both, or None if no pair is left.

        Calls and agents that are `held` keep their places. While calls rest in a queue, as many of its agents stay
        free. An agent whom the dialler `keeps` from a call of this priority gets only leads.
        """
        if not self._news:
            return None
        self._undo.add((setattr, self, "_news", self._news))
        self._news = {queue: None for queue in self._news if queue in self._tickets and queue in self._agents}
        if not self._news:
            return None
        pairs = {queue: pair for queue in self._news if (pair := self._find_pair(queue, held, keeps))}
        if not pairs:
            return None
        queue = min(pairs, key=lambda queue: pairs[queue][0])
        (_, _, _, call), place = pairs[queue]
        race = queue, place.rank
        self._undo.record_slot(self._races, race)
        self._races[race] = place.order
        self.forget_call(call)
        self.forget_agent(place.agent)
        return call, place.agent

    def _find_pair(
        self, queue: str, held: Callable[[str], bool] | None, keeps: Callable[[str, int], bool] | None
    ) -> tuple[QueueTicket, ReadyAgent] | None:
        """Return the first call and the first agent of a queue that are free, if no call before needs that agent."""
        tickets, agents = self._tickets[queue], self._agents[queue]
        if queue.startswith(CAMPAIGN_QUEUE):
            keeps = None
        if held is None and keeps is None and not self._resting:
            return tickets[0], agents[0]
        waiting = (one for one in tickets if one.call not in self._resting and (held is None or not held(one.call)))
        ticket = next(waiting, None)
        if ticket is None:
            return None
        claims = sum(self._queue_of[call][0] == queue for call in self._resting)
        free = (place for place in agents if held is None or not held(place.agent))
        spare = (place for place in free if keeps is None or not keeps(place.agent, -ticket.rank))
        places = list(islice(spare, claims + 1))
        return (ticket, places[0]) if len(places) > claims else None

    # -- undo --

    def _mark_queue(self, queue: str) -> None:
        self._undo.record_slot(self._news, queue)
        self._news[queue] = None

    def _insert(self, lists: dict[str, list[Position]], queue: str, place: Position) -> None:
        self._undo.record_slot(lists, queue)
        found = lists.setdefault(queue, [])
        at = bisect_left(found, place)
        found.insert(at, place)
        self._undo.add((remove_at, found, at, None))

    def _remove(self, lists: dict[str, list[Position]], queue: str, place: Position) -> None:
        found = lists[queue]
        at = bisect_left(found, place)
        self._undo.add((list.insert, found, at, found.pop(at)))
        if not found:
            self._undo.record_slot(lists, queue)
            del lists[queue]
