"""Why an agent got a call, as the wait's record says."""

import pytest

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.queue_wait import QueueWait
from warmline.options.ingroup_options import RANKINGS

EXPLANATIONS = {
    "longest_wait_time": ("1001", "READY for 5 s; then 1000: READY for 5 s"),
    "oldest_call_start": ("1000", "last call began 1:37 ago; READY for 5 s; then 1001: last call began 37 s ago"),
    "oldest_call_finish": ("1000", "last call ended 1:07 ago; READY for 5 s; then 1001: last call ended 7 s ago"),
    "oldest_inbound_call_start": ("1000", "last inbound call began 1:37 ago; READY for 5 s; then 1001: last"),
    "oldest_inbound_call_finish": ("1000", "last inbound call ended 1:07 ago; READY for 5 s; then 1001: last"),
    "overall_user_level": ("1001", "user_level 3; READY for 5 s; then 1000: user_level 1; READY for 5 s"),
    "inbound_group_rank": ("1001", "ingroup_ranks 4; READY for 5 s; then 1000: ingroup_ranks 0; READY for 5 s"),
    "campaign_rank": ("1001", "campaign_rank 5; READY for 5 s; then 1000: campaign_rank 0; READY for 5 s"),
    "fewest_calls": ("1000", "1 call of SALESLINE; READY for 5 s; then 1001: 2 calls of SALESLINE"),
    "fewest_calls_campaign": ("1000", "1 call of TESTCAMP; READY for 5 s; then 1001: 2 calls of TESTCAMP"),
    "ring_all": ("1001", "on the line already; READY for 5 s; then 1000: on the line already; READY for 5 s"),
}
DRAWN_METHODS = {"random": "drawn, with grade 1", "ingroup_grade_random": "grade 7", "campaign_grade_random": "grade 8"}


def give_calls(lab: Driver, user: str, seconds: float) -> None:
    """Let the agent take a call, and become READY two seconds after its end."""
    caller = lab.customer(name=f"for-{user}-{seconds}")
    lab.wait(seconds)
    lab.hang_up(caller)
    lab.wait(2)
    lab.ask(Kind.STATUS, user, status="SALE")


def get_next_wait(method: str) -> QueueWait:
    """1000 has had one call, 1001 two later ones; 1001 became READY a moment before 1000."""
    lab = Driver(demo_rules({"next_agent_call": method}))
    ranks = {"user_level": 3, "campaign_rank": 5, "ingroup_ranks": ("SALESLINE:4",)}
    lab.configure("agents", "1001", **ranks, ingroup_grades=("SALESLINE:7",), campaign_grade=8)
    lab.log_in("1000")
    give_calls(lab, "1000", 30)
    lab.ask(Kind.PAUSE, "1000")
    lab.wait(23.5)
    lab.log_in("1001")
    give_calls(lab, "1001", 1)
    give_calls(lab, "1001", 30)
    lab.ask(Kind.RESUME, "1000")
    lab.wait(5)
    lab.customer(name="next")
    lab.wait(1)
    return [record for record in lab.closed.values() if isinstance(record, QueueWait)][-1]


def test_the_reason_of_a_choice_names_the_next_best_agent(subtests: pytest.Subtests) -> None:
    for method in EXPLANATIONS:
        with subtests.test(method=method):
            user, explanation = EXPLANATIONS[method]
            wait = get_next_wait(method)
            assert wait.agent == user
            assert wait.why.startswith(f"next_agent_call={method}: {explanation}")


@pytest.mark.parametrize("method", DRAWN_METHODS)
def test_the_reason_of_a_random_choice_names_the_grade(method: str) -> None:
    assert get_next_wait(method).why.startswith(f"next_agent_call={method}: drawn, with grade ")
    assert DRAWN_METHODS[method] in get_next_wait(method).why


def test_every_method_is_explained() -> None:
    assert {*EXPLANATIONS, *DRAWN_METHODS} == set(RANKINGS)


def test_phones_that_ring_together() -> None:
    lab = Driver(demo_rules({"next_agent_call": "ring_all"}))
    for user in ("1000", "1001"):
        lab.configure("agents", user, phone_mode="on_hook")
        lab.log_in(user)
    lab.customer()
    lab.wait(5)
    [wait] = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    assert wait.why == "next_agent_call=ring_all: the first to answer of 1000, 1001"


def test_an_agents_own_call() -> None:
    lab = Driver(demo_rules())
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer("agent", "1001")
    lab.wait(1)
    [wait] = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    assert (wait.agent, wait.why) == ("1001", "the call is for this agent: READY for 0 s")
