"""next_agent_call: which READY agent gets the call, and what changes the place of an agent or a caller."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState, State
from warmline.core.queue.agent_ranking import GRADE_BY_METHOD, ORDER_BY_METHOD
from warmline.core.rules.configuration import Agent

USERS = ("1000", "1001", "1002")


def log_in_crew(method: str, login: tuple[str, ...] = USERS, **options: Any) -> Driver:
    """Return three agents on the line, READY in this order; each option has a value for 1000, 1001 and 1002."""
    lab = Driver(demo_rules({"next_agent_call": method}))
    for index, user in enumerate(USERS):
        values_of_user = {name: values[index] for name, values in options.items()}
        lab.configure("agents", user, phone_mode="nailed_up", **values_of_user)
    for user in login:
        lab.log_in(user)
    return lab


def serve_call(lab: Driver, calls: int = 3) -> list[str]:
    """Return the agents of these calls, one after the other, without ending a call."""
    for number in range(calls):
        lab.customer(name=f"next-{number}")
    return [lab.call_of(f"next-{number}").agent or "" for number in range(calls)]


def make_call(lab: Driver, user: str, *to: str, seconds: float = 1) -> None:
    """Let this agent have a call this long, then become READY again."""
    lab.customer(*(to or ("agent", user)), name=f"for-{user}")
    assert lab.call_of(f"for-{user}").agent == user
    lab.wait(seconds)
    finish_call(lab, user)


def finish_call(lab: Driver, user: str) -> None:
    assert lab.ask(Kind.HANGUP, agent=user) == ""
    lab.ask(Kind.STATUS, agent=user, status="A")
    assert lab.session(user).state is AgentState.READY


def pause_others(lab: Driver, user: str) -> None:
    """Let the other agents pause."""
    for other_user in USERS:
        lab.ask(Kind.RESUME if other_user == user else Kind.PAUSE, agent=other_user)


def test_equally_ranked_agents_are_served_by_their_ready_time(subtests: pytest.Subtests) -> None:
    for method in sorted(set(ORDER_BY_METHOD) - {"oldest_call_start", "fewest_calls"}):
        with subtests.test(method=method):
            assert serve_call(log_in_crew(method, ("1002", "1000", "1001"))) == ["1002", "1000", "1001"]


def test_agents_ready_at_the_same_moment_are_served_by_name() -> None:
    lab = log_in_crew("overall_user_level", user_level=(5, 5, 5))
    for user in USERS:
        lab.world.sessions[user] = replace(lab.session(user), ready_since=1)
    lab.configure("agents", "1000", max_missed=3)  # all get new places
    assert serve_call(lab) == ["1000", "1001", "1002"]


def play_calls(method: str) -> Driver:
    """The call of 1001 began first and ended last, that of 1000 was in between; 1002 has had none since login."""
    lab = log_in_crew(method)
    lab.customer("agent", "1001", name="long")
    lab.wait(5)
    make_call(lab, "1000")
    lab.wait(5)
    finish_call(lab, "1001")
    return lab


@pytest.mark.parametrize("method", ["oldest_call_start", "oldest_inbound_call_start"])
def test_oldest_call_start_prefers_the_agent_with_the_earliest_last_start(method: str) -> None:
    assert serve_call(play_calls(method)) == ["1002", "1001", "1000"]


@pytest.mark.parametrize("method", ["oldest_call_finish", "oldest_inbound_call_finish"])
def test_oldest_call_finish_prefers_the_agent_with_the_earliest_last_end(method: str) -> None:
    assert serve_call(play_calls(method)) == ["1002", "1000", "1001"]


def test_only_calls_from_an_in_group_are_inbound() -> None:
    lab = log_in_crew("longest_wait_time")
    make_call(lab, "1000")
    session = lab.session()
    assert (
        session.started
        < session.talk_times.inbound_started
        == session.talk_times.call_started
        < session.talk_times.call_finished
    )
    assert session.talk_times.inbound_finished == session.talk_times.call_finished
    dialled = session.with_talk_times(
        call_started=session.talk_times.call_started + 9, call_finished=session.talk_times.call_finished + 9
    )
    by = {method: ORDER_BY_METHOD[method](dialled, Agent(id="1000"), "SALESLINE") for method in ORDER_BY_METHOD}
    assert by["oldest_inbound_call_start"] == by["oldest_call_start"] - 9
    assert by["oldest_inbound_call_finish"] == by["oldest_call_finish"] - 9


def count_calls(method: str) -> Driver:
    """1000 has had two calls of SUPPORTLINE, 1001 one of SALESLINE, 1002 two of SALESLINE and one of SUPPORTLINE."""
    lab = log_in_crew(method)
    for user, groups in {
        "1000": ("SUPPORTLINE", "SUPPORTLINE"),
        "1001": ("SALESLINE",),
        "1002": ("SALESLINE", "SALESLINE", "SUPPORTLINE"),
    }.items():
        pause_others(lab, user)
        for group in groups:
            make_call(lab, user, "ingroup", group)
    for user in USERS:
        lab.ask(Kind.RESUME, agent=user)
    return lab


def test_fewest_calls_campaign_counts_all() -> None:
    assert serve_call(count_calls("fewest_calls_campaign")) == ["1001", "1000", "1002"]


def count_picks(lab: Driver, times: int) -> Counter[str]:
    """Return the agents of this many calls, with all agents READY each time."""
    pick_counts: Counter[str] = Counter()
    for _ in range(times):
        lab.customer(name="one")
        user = lab.call_of("one").agent or ""
        pick_counts[user] += 1
        finish_call(lab, user)
    return pick_counts


def test_random_gives_each_agent_an_equal_share() -> None:
    pick_counts = count_picks(log_in_crew("random"), 150)
    assert all(30 < pick_counts[user] < 70 for user in USERS), pick_counts


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("ingroup_grade_random", {"ingroup_grades": (("SALESLINE:1",), ("SALESLINE:3", "SUPPORTLINE:9"), ())}),
        ("campaign_grade_random", {"campaign_grade": (1, 3, 1)}),
    ],
)
def test_random_by_grades_gives_each_agent_the_share_of_the_grade(method: str, options: dict[str, Any]) -> None:
    pick_counts = count_picks(log_in_crew(method, **options), 150)
    assert 70 < pick_counts["1001"] < 110 and 15 < pick_counts["1000"] < 45, pick_counts


# -- ranks before the method --


def log_in_ranked(method: str, *ranks: int, **options: Any) -> Driver:
    lab = log_in_crew(method, ingroup_ranks=tuple((f"SALESLINE:{rank}",) for rank in ranks), **options)
    lab.configure("ingroups", "SALESLINE", rank_first="Y")
    return lab


def test_a_rank_counts_before_the_method_and_the_method_within_the_rank() -> None:
    lab = log_in_ranked("overall_user_level", 0, 3, 3, user_level=(9, 1, 2))
    assert serve_call(lab) == ["1002", "1001", "1000"]


def test_no_method_serves_a_lower_rank_before_a_higher_one(subtests: pytest.Subtests) -> None:
    for method in sorted({*ORDER_BY_METHOD, *GRADE_BY_METHOD}):
        with subtests.test(method=method):
            assert serve_call(log_in_ranked(method, -9, 0, 9)) == ["1002", "1001", "1000"]


# -- rules change --


def test_a_method_that_changes_counts_at_once() -> None:
    lab = log_in_crew("random", user_level=(1, 2, 3))
    lab.configure("ingroups", "SALESLINE", next_agent_call="overall_user_level")
    assert serve_call(lab) == ["1002", "1001", "1000"]


def test_a_priority_that_changes_counts_at_once() -> None:
    lab = Driver(demo_rules())
    for number, group in enumerate(("SALESLINE", "SUPPORTLINE", "SALESLINE")):
        lab.customer("ingroup", group, name=f"caller-{number}")
    lab.configure("ingroups", "SUPPORTLINE", queue_priority=5)
    assert lab.call_of("caller-1").queueing.priority == 5
    lab.configure("ingroups", "SALESLINE", queue_priority=7)
    lab.configure("ingroups", "SUPPORTLINE", queue_priority=-99)
    lab.log_in("1000")
    assert lab.call_of("caller-0").agent == "1000"
    lab.log_in("1001")
    assert lab.call_of("caller-2").agent == "1001"


def test_a_caller_at_the_front_stays_there_when_a_priority_changes() -> None:
    lab = Driver(demo_rules())
    lab.configure("agents", "1002", max_missed=1)
    lab.asterisk.far_ends["1002"] = [(0.0, 17)]
    lab.log_in("1000")
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.customer(name="front")
    lab.wait(1)
    assert lab.call_of("front").queueing.priority == 1000
    lab.configure("ingroups", "SALESLINE", queue_priority=-99)
    assert lab.call_of("front").queueing.priority == 901
    lab.customer("agent", "1000", name="direct")
    lab.ask(Kind.RESUME)
    assert lab.call_of("front").agent == "1000"
    assert lab.call_of("direct").state is State.WAITING


# -- tickets --


def test_calls_for_the_agent_come_before_longer_waits_of_the_same_priority() -> None:
    lab = Driver(demo_rules({"queue_priority": 99}))
    lab.log_in("1000")
    lab.ask(Kind.PAUSE)
    lab.customer(name="long")
    lab.wait(5)
    lab.customer("agent", "1000", name="direct")
    lab.ask(Kind.RESUME)
    assert lab.call_of("direct").agent == "1000"
    lab.log_in("1001")
    assert lab.call_of("long").agent == "1001"


def test_when_several_are_there_at_once_the_first_ticket_gets_the_best_agent() -> None:
    """As after a restart: the order in which callers are read does not matter."""
    lab = Driver(demo_rules({"next_agent_call": "overall_user_level"}))
    lab.configure("agents", "1002", phone_mode="nailed_up", user_level=9)
    for name in ("first", "second"):
        lab.customer(name=name)
    lab.world.held_servers = frozenset({MAIN_SERVER})
    lab.log_in("1000")
    lab.log_in("1002")
    lab.feed(ev.Reconciled())
    assert (lab.call_of("first").agent, lab.call_of("second").agent) == ("1002", "1000")


# -- places that are kept --


def test_ranks_survive_a_restart() -> None:
    lab = count_calls("fewest_calls")
    rules, lab.world = lab.world.rules, restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(rules))
    for event in difference(lab.asterisk, lab.world):
        lab.feed(event)
    assert serve_call(lab) == ["1000", "1001", "1002"]


def test_a_login_to_another_campaign_restarts_the_counts() -> None:
    lab = log_in_crew("fewest_calls_campaign")
    make_call(lab, "1000")
    lab.asterisk.far_ends["1000"] = [(0.0, 17)]
    lab.hang_up("phone-1000")
    lab.wait(1)
    campaigns = {**lab.world.rules.campaigns, "OTHER": replace(lab.world.rules.campaign("TESTCAMP"), id="OTHER")}
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, campaigns=campaigns)))
    assert lab.session().calls == 1
    lab.configure("agents", "1000", campaign="OTHER")
    lab.log_in("1000")
    assert (lab.session().calls, lab.session().taken) == (0, (("AGENTDIRECT", 1),))


def test_an_unanswered_call_costs_the_place_only_of_the_agent_at_fault() -> None:
    lab = Driver(demo_rules())
    lab.configure("agents", "1002", max_missed=2)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.log_in("1002")
    ready_since_us = lab.session("1002").ready_since
    lab.customer(name="impatient")
    lab.wait(1)
    lab.hang_up("impatient")
    assert lab.session("1002").since > lab.session("1002").ready_since == ready_since_us
    lab.log_in("1000")
    lab.customer()
    lab.wait(15.5)
    then(lab, State.TALKING)
    assert lab.call().agent == "1000"
    assert lab.session("1002").ready_since > ready_since_us


def test_a_request_for_a_closer_keeps_the_callers_arrival() -> None:
    """Both callers lose their agents; the one who came first is served first, although the agent consulted a closer."""
    lab = log_in_crew("longest_wait_time", ("1000", "1001"))
    lab.configure("agents", "1001", ingroups=("SALESLINE",))
    lab.asterisk.far_ends |= {"1000": [(0.0, 17)], "1001": [(0.0, 17)]}
    for name in ("first", "second"):
        lab.customer(name=name)
        lab.wait(1)
    assert lab.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="SUPPORTLINE") == ""
    assert lab.call_of("first").ticket_at > lab.call_of("second").arrived
    lab.hang_up("phone-1001", 44)
    lab.hang_up("phone-1000", 44)
    lab.wait(1)
    assert [lab.call_of(name).state for name in ("first", "second")] == [State.WAITING] * 2
    lab.log_in("1002")
    assert lab.call_of("first").agent == "1002"
