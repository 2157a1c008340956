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
    fits = [
        ((-priority, not queue.startswith(AGENT_QUEUE), at, call), (orders[queue], since, agent))
        for call, (queue, priority, at) in waiting.items()
        for agent, (since, orders) in ready.items()
        if queue in orders
    ]
    ticket, place = min(fits, default=((0, False, 0, ""), (0, 0, "")))
    return ticket[3], place[2]


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
    floor = CallMatcher()
    waiting: dict[str, tuple[str, int, int]] = {}
    ready: dict[str, tuple[int, dict[str, int]]] = {}
    for step in [*steps, ("match",)]:
        match step:
            case "add_call", call, queue, priority, at:
                floor.add_call(call, queue, priority, at)
                waiting[call] = queue, priority, at
            case "forget_call", call:
                floor.forget_call(call)
                waiting.pop(call, None)
            case "add_agent", agent, since, orders:
                places = {AGENT_QUEUE + agent: 0} | orders
                floor.add_agent(agent, since, places)
                ready[agent] = since, places
            case "forget_agent", agent:
                floor.forget_agent(agent)
                ready.pop(agent, None)
            case _:
                while found := floor.match():
                    assert found == naive(waiting, ready)
                    del waiting[found[0]], ready[found[1]]
                assert naive(waiting, ready) == ("", "")
    for queue in {queue for queue, _, _ in waiting.values()}:
        line = sorted((-priority, at, call) for call, (its, priority, at) in waiting.items() if its == queue)
        assert floor.list_calls(queue) == [call for *_, call in line]
        assert [floor.get_position(call) for *_, call in line] == list(range(1, len(line) + 1))
        assert floor.count_calls(queue) == len(line)


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
    floor = CallMatcher()
    for name, *given_ in [*steps, *(("release", f"call-{number}") for number in range(10))]:
        getattr(floor, name)(*given_)
        at_rest = [call for queue in (*GROUPS, *map(AGENT_QUEUE.__add__, USERS)) for call in floor.list_calls(queue)]
        at_rest = [call for call in at_rest if floor.is_held_back(call)]
        while found := floor.match():
            assert found[0] not in at_rest and not floor.has_call(found[0])
        assert all(floor.is_held_back(call) and floor.get_position(call) for call in at_rest)
        for queue in GROUPS:
            later = [call for call in floor.list_calls(queue) if floor.is_held_back(call)]
            assert len(floor.list_calls(queue)) == len(later) or len(floor.list_ready_agents(queue)) <= len(later)
    assert not any(floor.list_calls(queue) and floor.list_ready_agents(queue) for queue in GROUPS)


class Memory:
    """Count an agent's calls as an observer does."""

    def __init__(self, login: int) -> None:
        self.taken: Counter[str] = Counter()
        self.started = self.finished = self.ready = login


BEST: dict[str, Callable[[Memory, Agent, str], float]] = {
    "longest_wait_time": lambda had, known, group: 0,
    "oldest_call_start": lambda had, known, group: had.started,
    "oldest_call_finish": lambda had, known, group: had.finished,
    "oldest_inbound_call_start": lambda had, known, group: had.started,
    "oldest_inbound_call_finish": lambda had, known, group: had.finished,
    "overall_user_level": lambda had, known, group: -known.user_level,
    "inbound_group_rank": lambda had, known, group: -dict(of_groups(known.ingroup_ranks)).get(group, 0),
    "campaign_rank": lambda had, known, group: -known.campaign_rank,
    "fewest_calls": lambda had, known, group: had.taken[group],
    "fewest_calls_campaign": lambda had, known, group: had.taken.total(),
    "ring_all": lambda had, known, group: 0,
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
        free = self.free()
        self.lab.customer(*to, name=f"caller-{self.serial}")
        call = self.lab.call_of(f"caller-{self.serial}")
        able = [user for user in free if self.may_take(user, call)]
        if not able:
            assert call.state is State.WAITING
            return
        method = self.lab.world.rules.ingroups[call.ingroup].next_agent_call
        if method in GRADE_BY_METHOD:
            assert call.agent in able
        else:
            assert call.agent == min(able, key=lambda user: self.rank(user, call))
        self.talks(call.agent or "", call)

    @precondition(lambda self: any(session.call for session in self.sessions()))
    @rule(draw=st.data(), pauses=st.booleans())
    def an_agent_is_done(self, draw: st.DataObject, pauses: bool) -> None:
        user = draw.draw(st.sampled_from(sorted(one.agent for one in self.sessions() if one.call)))
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
        mine = [call for call in self.waiting() if self.may_take(user, call)]
        self.lab.ask(by, agent=user, status="A")
        session = self.lab.session(user)
        if session.state is AgentState.PAUSED:
            return
        self.had[user].ready = session.ready_since
        if mine:
            first = min(mine, key=self.ticket)
            assert session.call == first.id
            self.talks(user, first)
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
        again = World()
        for entry, now, base in self.lab.inputs:
            handle(again, entry, now, base)
        assert list(again.iterate_open_records()) == list(self.lab.world.iterate_open_records())


TestCentre = Centre.TestCase
TestCentre.settings = settings(max_examples=examples(8, by_night=60), stateful_step_count=30)
