"""The hook choose_agent: an answer counts if its agent is still ready; no caller waits longer than the deadline."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.core_stage import restarted
from tests.core.world_picture import picture
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.agent_choice_messages import AgentChosen, AskAgentChoice
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import QueueWait

DEADLINE = 0.2  # seconds

Choose = Callable[[AskAgentChoice], AgentChosen | None]


def chosen(agent: str = "", why: str = "", reason: str = "") -> Choose:
    return lambda asked: AgentChosen(asked.call, asked.question, agent, "mine.py", reason, why)


def lab_with(choose: Choose | None = None, *agents: str) -> Driver:
    """Return a world in which calls of SALESLINE ask the hook."""
    lab = Driver(demo_rules({"choose_agent_hook": "Y", "next_agent_call": "longest_wait_time"}))
    if choose:
        lab.choose = choose  # type: ignore[method-assign]
    for agent in agents or ("1000", "1001"):
        lab.log_in(agent)
    return lab


def call_of(lab: Driver, name: str = "cust") -> Call:
    return next(call for call in lab.world.calls.values() if call.customer == name)


def why(lab: Driver, name: str = "cust") -> str:
    waits = [one for one in (*lab.closed.values(), *lab.world.waits.values()) if isinstance(one, QueueWait)]
    return next(one.why for one in waits if one.call == call_of(lab, name).id)


def answer(lab: Driver, agent: str, question: int = -1) -> None:
    asked = lab.questions[question]
    lab.feed(AgentChosen(asked.call, asked.question, agent, "mine.py"))


def test_the_chosen_agent_gets_the_call() -> None:
    lab = lab_with(chosen("1001", reason="knows the caller"))
    lab.customer(ticket="4711")
    assert (call_of(lab).state, call_of(lab).agent) == (State.TALKING, "1001")
    assert why(lab) == "choose_agent: mine.py: agent 1001 because knows the caller"
    [asked] = lab.questions
    assert (asked.ingroup, dict(asked.data), [one.user for one in asked.agents]) == (
        "SALESLINE",
        {"ticket": "4711"},
        ["1000", "1001"],
    )


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        (chosen(why="raised ValueError: no CRM"), "choose_agent: mine.py: raised ValueError: no CRM; next_agent_call="),
        (chosen(why="no choice"), "choose_agent: mine.py: no choice; next_agent_call="),
        (chosen("1009"), "choose_agent: mine.py: agent 1009, who is not ready any more; next_agent_call="),
        (None, "choose_agent: no answer within 200 ms; next_agent_call=longest_wait_time: READY for"),
    ],
)
def test_without_an_answer_that_counts_the_call_is_matched_like_any_other(choose: Choose | None, said: str) -> None:
    lab = lab_with(choose)
    lab.customer()
    lab.wait(DEADLINE)
    assert (call_of(lab).state, call_of(lab).agent) == (State.TALKING, "1000")
    assert why(lab).startswith(said)
    assert len(lab.questions) == 1


def test_a_caller_waits_as_long_as_the_deadline_and_not_longer() -> None:
    lab = lab_with()
    lab.customer()
    lab.wait(DEADLINE - 0.01)
    assert (call_of(lab).state, lab.world.matcher.place_of(call_of(lab).id)) == (State.WAITING, 1)
    lab.wait(0.02)
    assert call_of(lab).state is State.TALKING


def test_others_are_served_while_a_question_is_open() -> None:
    lab = lab_with()
    lab.customer(name="slow")
    lab.customer("agent", "1001", name="direct")
    assert (call_of(lab, "slow").state, call_of(lab, "direct").state) == (State.WAITING, State.TALKING)
    lab.customer(name="second")
    assert len(lab.questions) == 1  # the only ready agent stays free for the first caller
    answer(lab, "1000")
    assert (call_of(lab, "slow").agent, call_of(lab, "second").state) == ("1000", State.WAITING)


def test_as_many_callers_are_asked_about_as_there_are_agents() -> None:
    lab = lab_with()
    for name in ("first", "second", "third"):
        lab.customer(name=name)
    assert [asked.call for asked in lab.questions] == [call_of(lab, "first").id, call_of(lab, "second").id]
    answer(lab, "1001", 1)
    answer(lab, "1001", 0)
    assert (call_of(lab, "second").agent, call_of(lab, "first").agent) == ("1001", "1000")
    assert why(lab, "first").startswith("choose_agent: mine.py: agent 1001, who is not ready any more; ")


def test_an_agent_who_leaves_while_asked_about_is_not_given_the_call() -> None:
    lab = lab_with()
    lab.customer()
    assert lab.ask(Kind.PAUSE, "1001") == ""
    answer(lab, "1001")
    assert call_of(lab).agent == "1000"


def test_an_agent_who_does_not_serve_the_in_group_any_more_is_not_given_the_call() -> None:
    lab = lab_with()
    lab.customer()
    assert lab.ask(Kind.CHANGE_INGROUPS, "1001", ingroups=("SUPPORTLINE",)) == ""
    answer(lab, "1001")
    assert call_of(lab).agent == "1000"


def test_without_any_agent_left_the_next_one_is_asked_about() -> None:
    lab = lab_with()
    lab.customer()
    for agent in ("1000", "1001"):
        assert lab.ask(Kind.PAUSE, agent) == ""
    answer(lab, "1001")
    assert call_of(lab).state is State.WAITING
    assert lab.ask(Kind.RESUME, "1001") == ""
    assert [one.user for one in lab.questions[-1].agents] == ["1001"]
    answer(lab, "1001")
    assert call_of(lab).agent == "1001"


def test_a_late_repeated_or_foreign_answer_changes_nothing() -> None:
    lab = lab_with()
    lab.customer()
    lab.wait(DEADLINE)
    before = picture(lab.world)
    answer(lab, "1001")
    lab.feed(AgentChosen("nobody", "nothing", "1001"))
    lab.feed(AgentChosen(call_of(lab).id, "nothing", "1001"))
    assert picture(lab.world) == before


def test_a_caller_who_hangs_up_ends_the_question() -> None:
    lab = lab_with()
    lab.customer()
    lab.asterisk.hang_up("cust")
    lab.pump()
    answer(lab, "1001")
    lab.wait(1)
    assert not lab.world.calls and set(lab.world.matcher.ready_agents()) == {"1000", "1001"}


def test_a_call_that_an_agent_takes_is_not_given_to_another() -> None:
    lab = lab_with()
    lab.customer()
    assert lab.ask(Kind.TAKE_CALL, "1001", call=call_of(lab).id, to_agent="1001") in ("", None)
    answer(lab, "1000")
    lab.wait(1)
    assert call_of(lab).agent == "1001"


def test_other_in_groups_do_not_ask() -> None:
    lab = lab_with()
    lab.customer("ingroup", "SUPPORTLINE")
    assert (call_of(lab).state, lab.questions) == (State.TALKING, [])


def test_after_a_restart_a_call_does_not_wait_for_a_lost_answer() -> None:
    lab = lab_with()
    lab.customer()
    restarted(lab)
    assert call_of(lab).state is State.TALKING
    assert why(lab).startswith("choose_agent: the app was restarted; ")


def test_a_closer_is_chosen_too() -> None:
    lab = lab_with(chosen("1001"))
    lab.customer("ingroup", "SUPPORTLINE")
    first = call_of(lab).agent
    assert first == "1000"
    assert lab.ask(Kind.LOCAL_CLOSER, "1000", ingroup="SALESLINE") == ""
    lab.wait(2)
    assert [one.ingroup for one in lab.questions] == ["SALESLINE"]
    assert "1001" in (call_of(lab).agent, call_of(lab).consultation.closer)


def test_the_deadline_is_a_setting() -> None:
    lab = Driver(demo_rules({"choose_agent_hook": "Y"}))
    lab.log_in("1000")
    lab.customer()
    assert lab.questions[0].until - lab.asterisk.now <= lab.world.rules.hook_deadline * SECOND // 1000


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("comes")),
        st.tuples(st.just("answers"), st.integers(0, 5), st.sampled_from(["1000", "1001", "1002", ""])),
        st.tuples(st.just("hangs up"), st.integers(0, 5)),
        st.tuples(st.just("pauses"), st.sampled_from(["1000", "1001"])),
        st.tuples(st.just("is ready"), st.sampled_from(["1000", "1001"])),
        st.tuples(st.just("waits"), st.sampled_from([0.01, 0.1, 0.25, 3.0])),
        st.tuples(st.just("restarts")),
    ),
    max_size=25,
)


@given(STEPS)
def test_no_caller_waits_longer_than_the_deadline_for_a_ready_agent(steps: list[tuple[Any, ...]]) -> None:
    lab = lab_with()
    came = 0
    for step, *rest in [*steps, ("waits", DEADLINE)]:
        callers = [one for one in lab.asterisk.channels if one.startswith("caller-")]
        if step == "comes":
            came += 1
            lab.customer(name=f"caller-{came}")
        elif step == "answers" and lab.questions:
            answer(lab, rest[1], -1 - rest[0] % len(lab.questions))
        elif step == "hangs up" and callers:
            lab.asterisk.hang_up(callers[rest[0] % len(callers)])
            lab.pump()
        elif step in ("pauses", "is ready"):
            lab.ask(Kind.PAUSE if step == "pauses" else Kind.RESUME, rest[0])
        elif step == "waits":
            lab.wait(rest[0])
        elif step == "restarts":
            restarted(lab)
        nobody_is_forgotten(lab)
    waiting = [call for call in lab.world.calls.values() if call.state is State.WAITING]
    assert not waiting or not lab.world.matcher.ready_agents("SALESLINE")


def nobody_is_forgotten(lab: Driver) -> None:
    """Check that a waiting call beside a ready agent has a question in time, or stands behind one."""
    matcher = lab.world.matcher
    free = len(matcher.ready_agents("SALESLINE"))
    asking = [lab.world.calls[call] for call in matcher.waiting("SALESLINE") if matcher.is_asking(call)]
    assert all(call.hooks.until and call.hooks.until > lab.asterisk.now for call in asking)
    others = len(matcher.waiting("SALESLINE")) - len(asking)
    assert not others or free <= len(asking)
