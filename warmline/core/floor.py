"""Who gets whom: ready agents and the tickets of waiting calls.

After every turn no agent is ready while a call that he may take waits; so only what is new has to be looked at.
Agents are taken longest READY first, tickets by priority, then by arrival. Nothing here assumes that an agent is on
this node.
"""

from bisect import bisect_left, insort
from collections import deque
from typing import NamedTuple, TypeVar

DIRECT = "agent:"  # the queue of one agent's own calls; in-group names have no colon


class Ticket(NamedTuple):
    """A call's place in a queue; the smaller, the sooner."""

    rank: int  # the priority, negated
    queued_at: int
    call: str


Place = TypeVar("Place", Ticket, tuple[int, str])


class Floor:
    """The waiting and the ready, by queue. A ready agent stands in the queue of each of his in-groups and his own."""

    def __init__(self) -> None:
        self._tickets: dict[str, list[Ticket]] = {}
        self._queue_of: dict[str, tuple[str, Ticket]] = {}
        self._agents: dict[str, list[tuple[int, str]]] = {}
        self._ready: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._new_calls: deque[str] = deque()
        self._new_agents: deque[str] = deque()

    def wait(self, call: str, queue: str, priority: int, queued_at: int) -> None:
        """Put a call into a queue."""
        self.forget_call(call)
        ticket = Ticket(-priority, queued_at, call)
        insort(self._tickets.setdefault(queue, []), ticket)
        self._queue_of[call] = (queue, ticket)
        self._new_calls.append(call)

    def forget_call(self, call: str) -> None:
        """Take a call out of its queue, if it is in one."""
        if found := self._queue_of.pop(call, None):
            queue, ticket = found
            _remove(self._tickets, queue, ticket)

    def ready(self, agent: str, ingroups: tuple[str, ...], since: int) -> None:
        """An agent can take a call, since this time; telling it twice changes nothing."""
        queues = (DIRECT + agent, *ingroups)
        if self._ready.get(agent) == (since, queues):
            return
        self.forget_agent(agent)
        self._ready[agent] = (since, queues)
        for queue in queues:
            insort(self._agents.setdefault(queue, []), (since, agent))
        self._new_agents.append(agent)

    def forget_agent(self, agent: str) -> None:
        """The agent takes no call now."""
        if found := self._ready.pop(agent, None):
            since, queues = found
            for queue in queues:
                _remove(self._agents, queue, (since, agent))

    def match(self) -> tuple[str, str] | None:
        """The next call and the agent who gets it, both taken off the floor; None when nothing fits any more."""
        while self._new_agents:
            agent = self._new_agents.popleft()
            if agent in self._ready and (ticket := self._first_ticket(self._ready[agent][1])):
                return self._pair(ticket.call, agent)
        while self._new_calls:
            call = self._new_calls.popleft()
            if (found := self._queue_of.get(call)) and (agents := self._agents.get(found[0])):
                return self._pair(call, agents[0][1])
        return None

    def waiting(self, queue: str) -> list[str]:
        """The calls in a queue, the next one first."""
        return [ticket.call for ticket in self._tickets.get(queue, ())]

    def place(self, call: str) -> int:
        """Where a call stands in its queue, 1 being the next; 0 if it is in none."""
        found = self._queue_of.get(call)
        return bisect_left(self._tickets[found[0]], found[1]) + 1 if found else 0

    def ahead(self, call: str, most: int) -> list[str]:
        """The first calls of the queue that a call is in, as far as they stand before it, `most` of them at most."""
        found = self._queue_of.get(call)
        if found is None:
            return []
        return [ticket.call for ticket in self._tickets[found[0]][: min(self.place(call) - 1, most)]]

    def _first_ticket(self, queues: tuple[str, ...]) -> Ticket | None:
        heads = [self._tickets[queue][0] for queue in queues if self._tickets.get(queue)]
        return min(heads, default=None)

    def _pair(self, call: str, agent: str) -> tuple[str, str]:
        self.forget_call(call)
        self.forget_agent(agent)
        return call, agent


def _remove(lists: dict[str, list[Place]], queue: str, place: Place) -> None:
    found = lists[queue]
    del found[bisect_left(found, place)]
    if not found:
        del lists[queue]
