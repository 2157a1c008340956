"""A command that names a call applies to that call alone, whatever the agent's current call is."""

from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome


def test_a_command_for_the_last_call_does_not_apply_to_the_next() -> None:
    lab = Driver()
    lab.log_in("1000")
    lab.customer()
    first_call = lab.call().id
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="A")
    lab.customer(name="next")
    assert lab.ask(Kind.HANGUP, call=first_call) == "agent 1000 is not in this call"
    assert lab.call().state is State.TALKING
    assert (lab.receipt().call, lab.receipt().outcome) == (first_call, Outcome.REFUSED)


def test_a_call_without_an_agent_is_named_in_its_receipt() -> None:
    lab = Driver()
    lab.customer()
    assert lab.ask(Kind.PARK_CUSTOMER, agent="", call=lab.call().id) == "no agent is in this call"
    assert lab.receipt().call == lab.call().id
