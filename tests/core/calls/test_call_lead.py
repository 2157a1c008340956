"""The lead of a call, and which numbers are the same."""

import pytest

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import LeadFound
from warmline.text import agent_script


def list_lead_searches(lab: Driver) -> list[do.FindLead]:
    return [action for action in lab.asked if isinstance(action, do.FindLead)]


def test_a_call_has_its_lead_before_its_agent() -> None:
    lab = Driver()
    lab.customer()
    [search] = list_lead_searches(lab)
    assert (search.number, search.method, search.list_id) == ("3125550100", "CIDLOOKUP", "999")
    assert lab.call().lead == 1


@pytest.mark.parametrize("number", ["", "anonymous"])
def test_a_caller_without_a_number_has_no_lead(number: str) -> None:
    lab = Driver()
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", number=number)
    lab.pump()
    assert list_lead_searches(lab) == [] and lab.call().lead == 0


def test_an_in_group_may_do_without() -> None:
    lab = Driver(demo_rules({"call_handle_method": "NONE"}))
    lab.customer()
    assert list_lead_searches(lab) == []


def test_a_lead_that_was_chosen_stays() -> None:
    lab = Driver()
    lab.log_in("1000")
    lab.customer()
    assert lab.ask(Kind.SWITCH_LEAD, lead=7) == ""
    lab.feed(LeadFound(lab.call().id, 9))
    lab.feed(LeadFound("nobody", 9))
    assert lab.call().lead == 7
    assert lab.ask(Kind.SWITCH_LEAD) == "which lead is not said"
    assert lab.call().lead == 7


def test_an_unanswered_lead_search_is_repeated_after_a_restart() -> None:
    lab = Driver()
    lab.perform = lambda action: None if isinstance(action, do.FindLead) else lab.asterisk.perform(action)  # type: ignore[method-assign] # the answer is lost
    lab.customer()
    assert lab.call().lead == 0
    lab.feed(ev.Reconciling())
    lab.feed(ev.Reconciled())
    assert len(list_lead_searches(lab)) == 2


def test_a_script_is_filled_in() -> None:
    script = "Hello --A--none--B--, --A--first_name--B-- --A----B-- --A--empty--B--|"
    assert agent_script.filled(script, {"first_name": "--A--empty--B--", "empty": None}) == (
        "Hello, --A--empty--B-- --A----B-- |"
    )
