"""Who gets whom: ready agents and the tickets of waiting calls.

After every turn no agent is ready while a call that he may take waits; so only the queues into which somebody came
have to be looked at. The first ticket of all is served first, by the best agent of its queue; what makes one the best
is said in ranking.py. Nothing here assumes that an agent is on this node.

A queue is a sorted list: to find a place takes log n comparisons; to make room there moves 80 KB in a queue of
10,000, which takes 2 µs.
"""

from bisect import bisect_left, insort
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

DIRECT = "agent:"  # the queue of one agent's own calls; in-group names have no colon


class QueueTicket(NamedTuple):
    """A call's place in a queue; the smaller, the sooner. Of two with one priority, an agent's own call is first."""

    rank: int  # the priority, negated
    shared: bool
    queued_at: int
    call: str


class ReadyAgent(NamedTuple):
    """An agent's place in a queue; the smallest gets the call."""

    order: float
    since: int
    agent: str


Place = TypeVar("Place", QueueTicket, ReadyAgent)


class CallMatcher:
    """The waiting and the ready, by queue. A ready agent stands in the queue of each of his in-groups and his own."""

    def __init__(self) -> None:
        self._tickets: dict[str, list[QueueTicket]] = {}
        self._queue_of: dict[str, tuple[str, QueueTicket]] = {}
        self._agents: dict[str, list[ReadyAgent]] = {}
        self._ready: dict[str, dict[str, ReadyAgent]] = {}
        self._news: dict[str, None] = {}  # queues into which somebody came
        self._races: dict[str, float] = {}

    # -- calls --

    def wait(self, call: str, queue: str, priority: int, queued_at: int) -> None:
        """Put a call into a queue; one that has this very place keeps it."""
        ticket = QueueTicket(-priority, not queue.startswith(DIRECT), queued_at, call)
        if self._queue_of.get(call) == (queue, ticket):
            return
        self.forget_call(call)
        insort(self._tickets.setdefault(queue, []), ticket)
        self._queue_of[call] = (queue, ticket)
        self._news[queue] = None

    def forget_call(self, call: str) -> None:
        """Take a call out of its queue, if it is in one."""
        if found := self._queue_of.pop(call, None):
            queue, ticket = found
            _remove(self._tickets, queue, ticket)

    def waits(self, call: str) -> bool:
        """Whether the call has a ticket."""
        return call in self._queue_of

    def waiting(self, queue: str) -> list[str]:
        """The calls in a queue, the next one first."""
        return [ticket.call for ticket in self._tickets.get(queue, ())]

    def how_many_wait(self, queue: str) -> int:
        """How many calls are in a queue."""
        return len(self._tickets.get(queue, ()))

    def place_of(self, call: str) -> int:
        """The call's place in line, 1 is the next; 0: it has no ticket."""
        found = self._queue_of.get(call)
        return bisect_left(self._tickets[found[0]], found[1]) + 1 if found else 0

    def ahead(self, call: str, most: int) -> list[str]:
        """The first calls of the call's queue that stand before it, `most` of them at most."""
        if (place := self.place_of(call)) <= 1:
            return []
        queue, _ = self._queue_of[call]
        return [ticket.call for ticket in self._tickets[queue][: min(place - 1, most)]]

    # -- agents --

    def ready(self, agent: str, since: int, orders: Mapping[str, float]) -> None:
        """An agent can take a call of each of these queues; the lower his order there, the sooner; then the earlier."""
        self.forget_agent(agent)
        places = self._ready[agent] = {queue: ReadyAgent(order, since, agent) for queue, order in orders.items()}
        for queue, place in places.items():
            insort(self._agents.setdefault(queue, []), place)
            self._news[queue] = None

    def forget_agent(self, agent: str) -> None:
        """The agent takes no call now."""
        for queue, place in self._ready.pop(agent, {}).items():
            _remove(self._agents, queue, place)

    def is_ready(self, agent: str, since: int, queues: tuple[str, ...]) -> bool:
        """Whether the agent stands in these queues, and has been ready since then."""
        places = self._ready.get(agent)
        return places is not None and tuple(places) == queues and places[queues[0]].since == since

    def ready_agents(self, queue: str | None = None) -> list[str]:
        """Who is ready for a queue, the best first; or everybody who is ready, by name."""
        if queue is None:
            return sorted(self._ready)
        return [place.agent for place in self._agents.get(queue, ())]

    def race(self, queue: str) -> float:
        """The order of the agent who was last taken in this queue: where a newcomer's race begins."""
        return self._races.get(queue, 0.0)

    def new_races(self) -> None:
        """Every race begins anew."""
        self._races.clear()

    # -- both --

    def match(self) -> tuple[str, str] | None:
        """The next call and the agent who gets it, both taken off the floor; None when nothing fits any more."""
        self._news = {queue: None for queue in self._news if queue in self._tickets and queue in self._agents}
        if not self._news:
            return None
        queue = min(self._news, key=lambda queue: self._tickets[queue][0])
        call, place = self._tickets[queue][0].call, self._agents[queue][0]
        self._races[queue] = place.order
        self.forget_call(call)
        self.forget_agent(place.agent)
        return call, place.agent


def _remove(lists: dict[str, list[Place]], queue: str, place: Place) -> None:
    found = lists[queue]
    del found[bisect_left(found, place)]
    if not found:
        del lists[queue]
