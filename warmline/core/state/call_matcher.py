"""Who gets whom: ready agents and the tickets of waiting calls.

After every turn no agent is ready while a call that he may take waits; so only the queues into which somebody came
have to be looked at. The first ticket of all is served first, by the best agent of its queue; what makes one the best
is said in ranking.py. Nothing here assumes that an agent is on this node.

A queue is a sorted list: to find a place takes log n comparisons; to make room there moves 80 KB in a queue of
10,000, which takes 2 µs.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from warmline.core.state.undo_log import UndoLog

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

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
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
        self._insert(self._tickets, queue, ticket)
        self._undo.slot(self._queue_of, call)
        self._queue_of[call] = (queue, ticket)
        self._came_into(queue)

    def forget_call(self, call: str) -> None:
        """Take a call out of its queue, if it is in one."""
        if found := self._queue_of.get(call):
            self._undo.slot(self._queue_of, call)
            del self._queue_of[call]
            self._remove(self._tickets, *found)

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
        places = {queue: ReadyAgent(order, since, agent) for queue, order in orders.items()}
        self._undo.slot(self._ready, agent)
        self._ready[agent] = places
        for queue, place in places.items():
            self._insert(self._agents, queue, place)
            self._came_into(queue)

    def forget_agent(self, agent: str) -> None:
        """The agent takes no call now."""
        if places := self._ready.get(agent):
            self._undo.slot(self._ready, agent)
            del self._ready[agent]
            for queue, place in places.items():
                self._remove(self._agents, queue, place)

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
        self._change(_races={})

    # -- both --

    def match(self) -> tuple[str, str] | None:
        """The next call and the agent who gets it, both taken off the floor; None when nothing fits any more."""
        if not self._news:
            return None
        self._change(_news={queue: None for queue in self._news if queue in self._tickets and queue in self._agents})
        if not self._news:
            return None
        queue = min(self._news, key=lambda queue: self._tickets[queue][0])
        call, place = self._tickets[queue][0].call, self._agents[queue][0]
        self._undo.slot(self._races, queue)
        self._races[queue] = place.order
        self.forget_call(call)
        self.forget_agent(place.agent)
        return call, place.agent

    # -- and the way back --

    def _change(self, **fields: object) -> None:
        for name, value in fields.items():
            self._undo.add((setattr, (self, name, getattr(self, name))))
            setattr(self, name, value)

    def _came_into(self, queue: str) -> None:
        self._undo.slot(self._news, queue)
        self._news[queue] = None

    def _insert(self, lists: dict[str, list[Place]], queue: str, place: Place) -> None:
        self._undo.slot(lists, queue)
        found = lists.setdefault(queue, [])
        at = bisect_left(found, place)
        found.insert(at, place)
        self._undo.add((found.pop, (at,)))

    def _remove(self, lists: dict[str, list[Place]], queue: str, place: Place) -> None:
        found = lists[queue]
        at = bisect_left(found, place)
        self._undo.add((found.insert, (at, found.pop(at))))
        if not found:
            self._undo.slot(lists, queue)
            del lists[queue]
