"""Any waiting callers and READY agents, in any order of arrival: the right ones are matched.

Each match is compared with a model that checks all of them. No caller waits while a suitable agent is READY, and the
same input gives the same answer.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.soak import examples
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.engine.engine import handle
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.queue.agent_ranking import GRADE_BY_METHOD
from warmline.core.queue.matching.call_matcher import CallMatcher
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.rules.configuration import Agent, Ingroup, Rules
from warmline.core.world.world import World
from warmline.options.ingroup_options import RANKINGS

USERS = ("a", "b", "c", "d")
GROUPS = ("SALES", "SUPPORT", "BILLING")

CALLS = st.integers(0, 9).map("call-{}".format)
QUEUES = st.sampled_from((*GROUPS, *(AGENT_QUEUE + user for user in USERS)))
ORDERS = st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 2), max_size=3)


def naive(waiting: dict[str, tuple[str, int, int]], ready: dict[str, tuple[int, dict[str, int]]]) -> tuple[str, str]:
    """Return the first ticket and its best agent among all that fit; empty if none fit."""
    candidates = [
        ((-priority, not queue.startswith(AGENT_QUEUE), queued_at_us, call), (orders[queue], ready_since_us, agent))
        for call, (queue, priority, queued_at_us) in waiting.items()
        for agent, (ready_since_us, orders) in ready.items()
        if queue in orders
    ]
    ticket, position = min(candidates, default=((0, False, 0, ""), (0, 0, "")))
    return ticket[3], position[2]


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add_call"), CALLS, QUEUES, st.integers(-1, 1), st.integers(0, 3)),
            st.tuples(st.just("forget_call"), CALLS),
            st.tuples(st.just("add_agent"), st.sampled_from(USERS), st.integers(0, 3), ORDERS),
            st.tuples(st.just("forget_agent"), st.sampled_from(USERS)),
            st.tuples(st.just("match")),
        ),
        max_size=40,
    )
)
def test_the_matcher_equals_a_search_through_all_callers_and_agents(steps: list[tuple[Any, ...]]) -> None:
    matcher = CallMatcher()
    waiting: dict[str, tuple[str, int, int]] = {}
    ready: dict[str, tuple[int, dict[str, int]]] = {}
    for step in [*steps, ("match",)]:
        match step:
            case "add_call", call, queue, priority, queued_at_us:
                matcher.add_call(call, queue, priority, queued_at_us)
                waiting[call] = queue, priority, queued_at_us
            case "forget_call", call:
                matcher.forget_call(call)
                waiting.pop(call, None)
            case "add_agent", agent, ready_since_us, orders:
                places = {AGENT_QUEUE + agent: 0} | orders
                matcher.add_agent(agent, ready_since_us, places)
                ready[agent] = ready_since_us, places
            case "forget_agent", agent:
                matcher.forget_agent(agent)
                ready.pop(agent, None)
            case _:
                while match := matcher.match():
                    assert match == naive(waiting, ready)
                    del waiting[match[0]], ready[match[1]]
                assert naive(waiting, ready) == ("", "")
    for queue in {queue for queue, _, _ in waiting.values()}:
        tickets = sorted(
            (-priority, queued_at_us, call)
            for call, (ticket_queue, priority, queued_at_us) in waiting.items()
            if ticket_queue == queue
        )
        assert matcher.list_calls(queue) == [call for *_, call in tickets]
        assert [matcher.get_position(call) for *_, call in tickets] == list(range(1, len(tickets) + 1))
        assert matcher.count_calls(queue) == len(tickets)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add_call"), CALLS, QUEUES, st.integers(-1, 1), st.integers(0, 3)),
            st.tuples(st.just("forget_call"), CALLS),
            st.tuples(st.just("add_agent"), st.sampled_from(USERS), st.integers(0, 3), ORDERS),
            st.tuples(st.just("forget_agent"), st.sampled_from(USERS)),
            st.tuples(st.sampled_from(("hold_back", "release")), CALLS),
        ),
        max_size=40,
    )
)
def test_a_call_that_rests_keeps_its_place_and_an_agent(steps: list[tuple[Any, ...]]) -> None:
    matcher = CallMatcher()
    for name, *arguments in [*steps, *(("release", f"call-{number}") for number in range(10))]:
        getattr(matcher, name)(*arguments)
        held_back_calls = [
            call for queue in (*GROUPS, *map(AGENT_QUEUE.__add__, USERS)) for call in matcher.list_calls(queue)
        ]
        held_back_calls = [call for call in held_back_calls if matcher.is_held_back(call)]
        while match := matcher.match():
            assert match[0] not in held_back_calls and not matcher.has_call(match[0])
        assert all(matcher.is_held_back(call) and matcher.get_position(call) for call in held_back_calls)
        for queue in GROUPS:
            calls_of_queue = [call for call in matcher.list_calls(queue) if matcher.is_held_back(call)]
            assert len(matcher.list_calls(queue)) == len(calls_of_queue) or len(
                matcher.list_ready_agents(queue)
            ) <= len(calls_of_queue)
    assert not any(matcher.list_calls(queue) and matcher.list_ready_agents(queue) for queue in GROUPS)


class Memory:
    """Count an agent's calls as an observer does."""

    def __init__(self, login: int) -> None:
        self.taken: Counter[str] = Counter()
        self.started = self.finished = self.ready = login


BEST: dict[str, Callable[[Memory, Agent, str], float]] = {
    "longest_wait_time": lambda memory, agent, group: 0,
    "oldest_call_start": lambda memory, agent, group: memory.started,
    "oldest_call_finish": lambda memory, agent, group: memory.finished,
    "oldest_inbound_call_start": lambda memory, agent, group: memory.started,
    "oldest_inbound_call_finish": lambda memory, agent, group: memory.finished,
    "overall_user_level": lambda memory, agent, group: -agent.user_level,
    "inbound_group_rank": lambda memory, agent, group: -dict(of_groups(agent.ingroup_ranks)).get(group, 0),
    "campaign_rank": lambda memory, agent, group: -agent.campaign_rank,
    "fewest_calls": lambda memory, agent, group: memory.taken[group],
    "fewest_calls_campaign": lambda memory, agent, group: memory.taken.total(),
    "ring_all": lambda memory, agent, group: 0,
}


def of_groups(texts: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(name, int(number)) for name, number in (text.split(":") for text in texts)]


METHODS = st.sampled_from(RANKINGS)
RANKS = st.dictionaries(st.sampled_from(GROUPS), st.integers(-1, 1)).map(
    lambda ranks: tuple(f"{group}:{rank}" for group, rank in ranks.items())
)
SERVES = st.sets(st.sampled_from(GROUPS), min_size=1).map(lambda groups: tuple(sorted(groups)))


def agent(user: str, draw: st.DataObject) -> Agent:
    return Agent(
        id=user,
        phone=user,
        campaign="TESTCAMP",
        ingroups=draw.draw(SERVES),
        user_level=draw.draw(st.integers(1, 2)),
        campaign_rank=draw.draw(st.integers(-1, 1)),
        campaign_grade=draw.draw(st.integers(1, 10)),
        ingroup_ranks=draw.draw(RANKS),
    )


class Centre(RuleBasedStateMachine):
    """Agents on the line, and callers, with rules that change."""

    lab: Driver

    @initialize(draw=st.data())
    def open(self, draw: st.DataObject) -> None:
        ingroups = (Ingroup(id=group, next_agent_call=draw.draw(METHODS)) for group in GROUPS)
        base = demo_rules()
        self.lab = Driver(
            Rules(
                campaigns=base.campaigns,
                ingroups={group.id: group for group in (*ingroups, Ingroup(id="AGENTDIRECT", queue_priority=99))},
                agents={user: agent(user, draw) for user in USERS},
            )
        )
        self.serial = 0
        self.had: dict[str, Memory] = {}
        for user in USERS:
            self.lab.log_in(user)
            self.had[user] = Memory(self.lab.session(user).started)
            self.had[user].ready = self.lab.session(user).since

    def sessions(self) -> list[Session]:
        return list(self.lab.world.sessions.values())

    def free(self) -> list[str]:
        return [session.agent for session in self.sessions() if session.state is AgentState.READY]

    def waiting(self) -> list[Call]:
        return [call for call in self.lab.world.calls.values() if call.state is State.WAITING]

    def may_take(self, user: str, call: Call) -> bool:
        return call.direct == user if call.direct else call.ingroup in self.lab.session(user).ingroups

    def ticket(self, call: Call) -> tuple[int, bool, int, str]:
        priority = self.lab.world.rules.ingroups[call.ingroup].queue_priority
        return -priority, not call.direct, call.arrived, call.id

    def rank(self, user: str, call: Call) -> tuple[float, int, str]:
        group = self.lab.world.rules.ingroups[call.ingroup]
        order = BEST[group.next_agent_call](self.had[user], self.lab.world.rules.agents[user], call.ingroup)
        return (0 if call.direct else order), self.had[user].ready, user

    def talks(self, user: str, call: Call) -> None:
        self.had[user].taken[call.ingroup] += 1
        self.had[user].started = self.lab.world.calls[call.id].outcome.connected or 0

    @rule(to=st.sampled_from([*(("ingroup", group) for group in GROUPS), ("agent", "a"), ("agent", "b")]))
    def a_caller_comes(self, to: tuple[str, str]) -> None:
        self.serial += 1
        free_users = self.free()
        self.lab.customer(*to, name=f"caller-{self.serial}")
        call = self.lab.call_of(f"caller-{self.serial}")
        able_users = [user for user in free_users if self.may_take(user, call)]
        if not able_users:
            assert call.state is State.WAITING
            return
        method = self.lab.world.rules.ingroups[call.ingroup].next_agent_call
        if method in GRADE_BY_METHOD:
            assert call.agent in able_users
        else:
            assert call.agent == min(able_users, key=lambda user: self.rank(user, call))
        self.talks(call.agent or "", call)

    @precondition(lambda self: any(session.call for session in self.sessions()))
    @rule(draw=st.data(), pauses=st.booleans())
    def an_agent_is_done(self, draw: st.DataObject, pauses: bool) -> None:
        user = draw.draw(st.sampled_from(sorted(session.agent for session in self.sessions() if session.call)))
        if pauses:
            self.lab.ask(Kind.PAUSE, agent=user)
        self.lab.ask(Kind.HANGUP, agent=user)
        assert self.lab.session(user).state is AgentState.DISPO
        self.had[user].finished = self.lab.session(user).since
        self.becomes_ready(user, Kind.STATUS)

    @rule(user=st.sampled_from(USERS))
    def an_agent_pauses(self, user: str) -> None:
        self.lab.ask(Kind.PAUSE, agent=user)

    @rule(user=st.sampled_from(USERS))
    def an_agent_is_back(self, user: str) -> None:
        if self.lab.session(user).state is AgentState.PAUSED:
            self.becomes_ready(user, Kind.RESUME)
        else:
            self.lab.ask(Kind.RESUME, agent=user)

    def becomes_ready(self, user: str, by: Kind) -> None:
        own_calls = [call for call in self.waiting() if self.may_take(user, call)]
        self.lab.ask(by, agent=user, status="A")
        session = self.lab.session(user)
        if session.state is AgentState.PAUSED:
            return
        self.had[user].ready = session.ready_since
        if own_calls:
            first_call = min(own_calls, key=self.ticket)
            assert session.call == first_call.id
            self.talks(user, first_call)
        else:
            assert session.state is AgentState.READY

    @precondition(lambda self: self.waiting())
    @rule(draw=st.data())
    def a_caller_gives_up(self, draw: st.DataObject) -> None:
        call = draw.draw(st.sampled_from(sorted(self.waiting(), key=lambda call: call.id)))
        self.lab.hang_up(call.customer or "")

    @rule(seconds=st.sampled_from([1, 7]))
    def time_passes(self, seconds: float) -> None:
        self.lab.wait(seconds)

    @rule(group=st.sampled_from(GROUPS), method=METHODS, priority=st.integers(-1, 1))
    def an_in_group_changes(self, group: str, method: str, priority: int) -> None:
        self.lab.configure("ingroups", group, next_agent_call=method, queue_priority=priority)

    @rule(user=st.sampled_from(USERS), draw=st.data())
    def an_agents_ranks_change(self, user: str, draw: st.DataObject) -> None:
        level, rank = draw.draw(st.integers(1, 2)), draw.draw(st.integers(-1, 1))
        self.lab.configure("agents", user, user_level=level, campaign_rank=rank, ingroup_ranks=draw.draw(RANKS))

    @invariant()
    def nobody_waits_for_an_agent_who_is_ready(self) -> None:
        for call in self.waiting():
            assert not any(self.may_take(user, call) for user in self.free()), call

    @invariant()
    def a_caller_has_one_agent_and_an_agent_one_caller(self) -> None:
        held = {session.agent: session.call for session in self.sessions() if session.call}
        having = {call.agent: call.id for call in self.lab.world.calls.values() if call.agent}
        assert held == having and len(set(having.values())) == len(having)

    def teardown(self) -> None:
        if not hasattr(self, "lab"):
            return
        world = World()
        for entry, now_us, base in self.lab.inputs:
            handle(world, entry, now_us, base)
        assert list(world.iterate_open_records()) == list(self.lab.world.iterate_open_records())


TestCentre = Centre.TestCase
TestCentre.settings = settings(max_examples=examples(8, by_night=60), stateful_step_count=30)
