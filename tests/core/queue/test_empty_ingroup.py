"""`leave_when_empty`: waiting callers leave when the last agent who counts has gone, and not before."""

from collections.abc import Callable

import pytest

from tests.core.core_stage import CUSTOMER, heard, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.queue.empty_ingroup import OPTION
from warmline.core.rules.configuration import AGENTDIRECT

EXIT = {"no_agent_action": "MESSAGE", "no_agent_action_value": "come-again"}


def pauses(lab: Driver) -> None:
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.STATUS, status="SALE")


def logs_out(lab: Driver) -> None:
    """Give the disposition and log out; in DISPO, the logout waits for it."""
    pauses(lab)
    lab.ask(Kind.LOGOUT)


def serves_others(lab: Driver) -> None:
    lab.ask(Kind.CHANGE_INGROUPS, ingroups=("SUPPORTLINE",))


def waiting(kind: str) -> Driver:
    """Return agent 1000 in DISPO, and a customer who waits, with this value of the option."""
    lab = lab_with(EXIT | {"leave_when_empty": kind})
    lab.customer(name="served")
    lab.customer()
    lab.hang_up("served")
    lab.wait(30)
    return lab


def has_left(lab: Driver) -> bool:
    """Return whether the customer has left as configured; otherwise the customer waits."""
    calls = [one for one in lab.closed.values() if isinstance(one, Call) and one.outcome.ended_by == OPTION]
    if not calls:
        assert lab.call_of(CUSTOMER).state is State.WAITING and not heard(lab, CUSTOMER, "come-again")
        return False
    [call] = calls
    assert call.outcome.status == "NANQUE" and heard(lab, CUSTOMER, "come-again") == 1
    assert any(one.startswith((f"{OPTION}: in-group", f"{OPTION}: agent")) for one in call.queueing.why)
    return True


@pytest.mark.parametrize(
    ("kind", "does", "leaves"),
    [
        ("N", logs_out, False),
        ("Y", pauses, False),
        ("Y", logs_out, True),
        ("Y", serves_others, True),
        ("NO_PAUSED", pauses, True),
        ("NO_PAUSED", logs_out, True),
    ],
)
def test_caller_leaves_when_the_last_agent_has_gone(kind: str, does: Callable[[Driver], None], leaves: bool) -> None:
    lab = waiting(kind)
    assert not has_left(lab)
    does(lab)
    lab.wait(10)
    assert has_left(lab) == leaves


def test_caller_waits_while_another_agent_is_there() -> None:
    lab = waiting("NO_PAUSED")
    lab.log_in("1001")
    lab.wait(10)
    assert lab.call_of(CUSTOMER).state is State.TALKING
    lab.customer(name="third")
    logs_out(lab)
    lab.wait(10)
    assert lab.call_of("third").state is State.WAITING, "agent 1001 is in a call"


def test_caller_leaves_when_no_agent_is_ready() -> None:
    lab = lab_with(EXIT | {"leave_when_empty": "NO_READY"})
    lab.customer(name="served")
    lab.wait(10)
    assert lab.call_of("served").state is State.TALKING
    lab.customer()
    lab.wait(10)
    assert has_left(lab)


def test_caller_leaves_by_a_changed_option() -> None:
    lab = lab_with(EXIT)
    logs_out(lab)
    lab.customer()
    lab.wait(10)
    assert not has_left(lab)
    lab.configure("ingroups", "SALESLINE", leave_when_empty="Y")
    lab.wait(10)
    assert has_left(lab)


def test_caller_hears_the_welcome_before_the_exit() -> None:
    lab = lab_with(EXIT | {"leave_when_empty": "Y", "welcome_message_filename": "hello-there"})
    logs_out(lab)
    lab.customer()
    lab.wait(20)
    assert has_left(lab) and heard(lab, CUSTOMER, "hello-there") == 1


def test_caller_of_one_agent_leaves_with_that_agent() -> None:
    lab = lab_with()
    lab.log_in("1001")
    lab.configure("ingroups", AGENTDIRECT, leave_when_empty="Y", **EXIT)
    lab.customer(name="served")
    [busy] = [user for user, session in lab.world.sessions.items() if session.call]
    lab.customer("agent", busy)
    lab.wait(10)
    assert not has_left(lab)
    lab.hang_up("served")
    for kind, given in ((Kind.PAUSE, {}), (Kind.STATUS, {"status": "SALE"}), (Kind.LOGOUT, {})):
        assert not has_left(lab)
        lab.ask(kind, busy, **given)
    lab.wait(10)
    assert has_left(lab)
