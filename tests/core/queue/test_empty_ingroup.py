"""`leave_when_empty`: waiting callers leave when the last agent who counts has gone, and not before."""

from collections.abc import Callable

import pytest

from tests.core.core_stage import CUSTOMER, heard, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.queue.empty_ingroup import LEAVE_OPTION
from warmline.core.rules.configuration import AGENTDIRECT

EXIT = {"no_agent_action": "MESSAGE", "no_agent_action_value": "come-again"}


def pause_agent(lab: Driver) -> None:
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.STATUS, status="SALE")


def log_out(lab: Driver) -> None:
    """Give the disposition and log out; in DISPO, the logout waits for it."""
    pause_agent(lab)
    lab.ask(Kind.LOGOUT)


def change_ingroups(lab: Driver) -> None:
    lab.ask(Kind.CHANGE_INGROUPS, ingroups=("SUPPORTLINE",))


def make_waiting_call(kind: str) -> Driver:
    """Return agent 1000 in DISPO, and a customer who waits, with this value of the option."""
    lab = lab_with(EXIT | {"leave_when_empty": kind})
    lab.customer(name="served")
    lab.customer()
    lab.hang_up("served")
    lab.wait(30)
    return lab


def is_call_gone(lab: Driver) -> bool:
    """Return whether the customer has left as configured; otherwise the customer waits."""
    calls = [
        record for record in lab.closed.values() if isinstance(record, Call) and record.outcome.ended_by == LEAVE_OPTION
    ]
    if not calls:
        assert lab.call_of(CUSTOMER).state is State.WAITING and not heard(lab, CUSTOMER, "come-again")
        return False
    [call] = calls
    assert call.outcome.status == "NANQUE" and heard(lab, CUSTOMER, "come-again") == 1
    assert any(
        record.startswith((f"{LEAVE_OPTION}: in-group", f"{LEAVE_OPTION}: agent")) for record in call.queueing.why
    )
    return True


@pytest.mark.parametrize(
    ("kind", "does", "leaves"),
    [
        ("N", log_out, False),
        ("Y", pause_agent, False),
        ("Y", log_out, True),
        ("Y", change_ingroups, True),
        ("NO_PAUSED", pause_agent, True),
        ("NO_PAUSED", log_out, True),
    ],
)
def test_caller_leaves_when_the_last_agent_has_gone(kind: str, does: Callable[[Driver], None], leaves: bool) -> None:
    lab = make_waiting_call(kind)
    assert not is_call_gone(lab)
    does(lab)
    lab.wait(10)
    assert is_call_gone(lab) == leaves


def test_caller_waits_while_another_agent_is_there() -> None:
    lab = make_waiting_call("NO_PAUSED")
    lab.log_in("1001")
    lab.wait(10)
    assert lab.call_of(CUSTOMER).state is State.TALKING
    lab.customer(name="third")
    log_out(lab)
    lab.wait(10)
    assert lab.call_of("third").state is State.WAITING, "agent 1001 is in a call"


def test_caller_hears_the_welcome_before_the_exit() -> None:
    lab = lab_with(EXIT | {"leave_when_empty": "Y", "welcome_message_filename": "hello-there"})
    log_out(lab)
    lab.customer()
    lab.wait(20)
    assert is_call_gone(lab) and heard(lab, CUSTOMER, "hello-there") == 1


def test_caller_of_one_agent_leaves_with_that_agent() -> None:
    lab = lab_with()
    lab.log_in("1001")
    lab.configure("ingroups", AGENTDIRECT, leave_when_empty="Y", **EXIT)
    lab.customer(name="served")
    [busy] = [user for user, session in lab.world.sessions.items() if session.call]
    lab.customer("agent", busy)
    lab.wait(10)
    assert not is_call_gone(lab)
    lab.hang_up("served")
    for kind, arguments in ((Kind.PAUSE, {}), (Kind.STATUS, {"status": "SALE"}), (Kind.LOGOUT, {})):
        assert not is_call_gone(lab)
        lab.ask(kind, busy, **arguments)
    lab.wait(10)
    assert is_call_gone(lab)
