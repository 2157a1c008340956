"""The data of a call raises its priority, and names the agent who is preferred."""

import pytest

from tests.core.core_stage import lab_with, restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import QueueWait

OWNER_DATA = {"data_agent": "owner"}
PATIENT_INGROUP = OWNER_DATA | {"data_agent_wait": 30}


def log_in_two(ingroup: dict[str, object]) -> Driver:
    """Return agents 1000, READY the longest, and 1001."""
    lab = lab_with(ingroup)
    lab.wait(5)
    lab.log_in("1001")
    return lab


def log_in_busy_owner(ingroup: dict[str, object]) -> Driver:
    """Return 1001, the owner, in a call with the customer `old`, and 1000, who is READY."""
    lab = Driver(demo_rules(ingroup))
    lab.log_in("1001")
    lab.customer(name="old")
    lab.log_in("1000")
    assert lab.call_of("old").agent == "1001"
    return lab


def release_agent(lab: Driver, user: str, customer: str) -> None:
    """End the call of an agent, with a disposition."""
    lab.hang_up(customer)
    lab.ask(Kind.HANGUP, user)
    lab.ask(Kind.STATUS, user, status="SALE")


def find_agent(lab: Driver, customer: str = "cust") -> str:
    return lab.call_of(customer).agent or ""


def list_data_steps(lab: Driver, customer: str = "cust") -> list[str]:
    """Return the lines of the call's routing that are about its data."""
    return [step for step in lab.call_of(customer).queueing.why if step.startswith("data_")]


def list_waiting_customers(lab: Driver) -> list[str | None]:
    """Return the customers who wait for SALESLINE, the next first."""
    return [lab.world.calls[call_id].customer for call_id in lab.world.matcher.list_calls("SALESLINE")]


# -- priority --


def test_the_data_of_a_call_moves_it_forward() -> None:
    lab = Driver(demo_rules({"queue_priority": 3, "data_priority": ("vip=yes:+50", "vip=*:-4")}))
    for name, data in (("plain", {}), ("angry", {"vip": "no"}), ("vip", {"VIP": "Yes"})):
        lab.customer(name=name, **data)
    assert list_waiting_customers(lab) == ["vip", "plain", "angry"]
    assert [lab.call_of(name).queueing.priority for name in ("vip", "plain", "angry")] == [53, 3, -1]
    assert list_data_steps(lab, "vip") == ["data_priority: vip=yes:+50 fits"]
    assert list_data_steps(lab, "plain") == ["data_priority: no rule fits the call's data"]


# -- the preferred agent --


def test_the_reason_names_the_item_and_the_agent_who_would_have_been_next() -> None:
    lab = log_in_two(OWNER_DATA)
    lab.customer(Owner="1001")
    [wait] = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    assert wait.why == ("data_agent=owner: READY for 0 s; by next_agent_call=longest_wait_time it would be 1000")
    assert list_data_steps(lab) == ["data_agent: agent 1001 is READY"]
    assert lab.call_of("cust").queueing.preferred == ""


@pytest.mark.parametrize(
    ("owner", "explanation"),
    [
        ("1002", "agent 1002 is not logged in for SALESLINE"),
        ("4711", 'owner is "4711", which is no agent who can be preferred'),
        ("PJSIP/evil", 'owner is "PJSIP/evil", which is no agent who can be preferred'),
        ("x" * 99, f'owner is "{"x" * 40}…", which is no agent who can be preferred'),
        ("", "the call has no owner"),
    ],
)
def test_a_name_that_is_no_agent_who_serves_changes_nothing(owner: str, explanation: str) -> None:
    lab = log_in_two(PATIENT_INGROUP)
    lab.customer(owner=owner)
    assert find_agent(lab) == "1000"
    assert list_data_steps(lab) == [f"data_agent: {explanation}"]


def test_a_busy_agent_is_not_waited_for_without_a_wait() -> None:
    lab = log_in_busy_owner(OWNER_DATA)
    lab.customer(owner="1001")
    assert (find_agent(lab), list_data_steps(lab)) == ("1000", ["data_agent: agent 1001 is INCALL"])


@pytest.mark.parametrize("does", ["pauses", "logs out", "changes in-groups"])
def test_the_wait_ends_at_once_if_the_agent_does_not_come(does: str) -> None:
    lab = log_in_busy_owner(PATIENT_INGROUP)
    lab.customer(owner="1001")
    if does == "changes in-groups":
        lab.ask(Kind.CHANGE_INGROUPS, "1001", ingroups=("SUPPORTLINE",))
    else:
        lab.ask(Kind.PAUSE if does == "pauses" else Kind.LOGOUT, "1001")
        release_agent(lab, "1001", "old")
    lab.wait(2)
    assert find_agent(lab) == "1000"


def test_the_wait_outlives_the_app() -> None:
    lab = log_in_busy_owner(PATIENT_INGROUP)
    lab.customer(owner="1001")
    lab.wait(10)
    restarted(lab)
    lab.wait(15)
    assert lab.call_of("cust").state is State.WAITING
    lab.wait(6)
    assert find_agent(lab) == "1000"


def test_an_agent_who_is_free_again_serves_the_call_that_waits_for_them_first() -> None:
    lab = Driver(demo_rules(PATIENT_INGROUP))
    lab.log_in("1001")
    lab.customer(name="old")
    lab.customer(name="plain")
    lab.customer(owner="1001")
    release_agent(lab, "1001", "old")
    lab.wait(1)
    assert (find_agent(lab), lab.call_of("plain").state) == ("1001", State.WAITING)


def test_a_higher_priority_is_served_before_the_call_that_prefers_the_agent() -> None:
    lab = Driver(demo_rules(PATIENT_INGROUP | {"data_priority": ("vip=yes:1",)}))
    lab.log_in("1001")
    lab.customer(name="old")
    lab.customer(owner="1001")
    lab.customer(name="vip", vip="yes")
    release_agent(lab, "1001", "old")
    lab.wait(1)
    assert (find_agent(lab, "vip"), lab.call_of("cust").state) == ("1001", State.WAITING)


def test_only_the_preferred_phone_rings_and_then_any_agent_may_answer() -> None:
    lab = Driver(demo_rules(PATIENT_INGROUP | {"next_agent_call": "ring_all"}))
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    for user in ("1000", "1001"):
        lab.configure("agents", user, phone_mode="on_hook")
        lab.log_in(user)
    lab.log_in("1002")
    lab.customer(owner="1002")
    lab.wait(2)
    assert (find_agent(lab), lab.call_of("cust").queueing.rung) == ("1002", ())
    lab.wait(60)
    assert lab.call_of("cust").state is State.TALKING and find_agent(lab) in ("1000", "1001")


def test_a_closer_is_preferred_too_but_never_the_agent_who_asks() -> None:
    lab = Driver(demo_rules())
    lab.configure("ingroups", "SUPPORTLINE", data_agent="owner", data_agent_wait=30)
    for user in ("1000", "1001", "1002"):
        lab.log_in(user)
        lab.wait(1)
    lab.customer(owner="1002")
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.wait(3)
    assert find_agent(lab) == "1002"
    lab.customer(name="second", owner="1001")
    assert find_agent(lab, "second") == "1001"
    lab.ask(Kind.STATUS, status="SALE")
    lab.ask(Kind.LOCAL_CLOSER, "1001", ingroup="SUPPORTLINE")
    lab.wait(3)
    assert find_agent(lab, "second") == "1000"


def test_the_welcome_message_is_heard_before_the_wait_begins() -> None:
    lab = log_in_busy_owner(PATIENT_INGROUP | {"welcome_message_filename": "hello"})
    lab.customer(owner="1001")
    assert (lab.call_of("cust").prompts.welcoming, lab.call_of("cust").queueing.prefer_until) == (True, None)
    lab.wait(20)
    assert lab.call_of("cust").queueing.prefer_until is not None and lab.call_of("cust").state is State.WAITING
