"""Callbacks: promised with a disposition, dialled, and assigned to an agent or to all."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import BUSY, CUSTOMER, SLOW, is_dispo, lab_with, restarted, talking
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import MISSED_DELAY_US, Callback, update_state
from warmline.core.model.call_states import State

HOUR_US = 3600_000_000


def wish(lab: Driver, agent: str = "", comments: str = "after six") -> Callback:
    """Return the callback of a disposition: its time, its owner, its comments."""
    return Callback(id="", call="", number="", agent=agent, at=lab.asterisk.now + HOUR_US, comments=comments)


def recorded(lab: Driver) -> Callback:
    [callback] = [record for record in lab.closed.values() if isinstance(record, Callback)]
    return callback


def promised(agent: str = "", **campaign: Any) -> Driver:
    """Return agent 1000, who has promised a customer a callback in an hour, and is READY."""
    lab = talking(lab_with(**campaign))
    lab.hang_up(CUSTOMER)
    assert lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab, agent)) == ""
    return lab


def test_a_disposition_promises_a_call() -> None:
    lab = promised("1000")
    callback = recorded(lab)
    assert (callback.number, callback.ingroup, callback.campaign) == ("3125550100", "SALESLINE", "TESTCAMP")
    assert (callback.agent, callback.status, callback.comments, callback.by) == ("1000", "CALLBK", "after six", "6666")
    assert (callback.state, callback.call) == ("pending", lab.session().last.call)
    assert callback.at - callback.made == pytest.approx(HOUR_US, abs=2_000_000)


def test_one_that_comes_during_the_call_is_promised_when_it_ends_also_after_a_restart() -> None:
    lab = talking(lab_with())
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab))
    assert not any(isinstance(record, Callback) for record in lab.closed.values())
    lab = restarted(lab)
    lab.hang_up(CUSTOMER)
    assert recorded(lab).comments == "after six"


def test_another_code_instead_promises_nothing() -> None:
    lab = talking(lab_with())
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab))
    lab.ask(Kind.STATUS, status="SALE")
    lab.hang_up(CUSTOMER)
    assert not any(isinstance(record, Callback) for record in lab.closed.values())


def looking_at(lab: Driver) -> Driver:
    """Let agent 1000 preview the callback's number before dialling it."""
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, number=SLOW, callback=recorded(lab)) == ""
    return lab


def test_a_callback_is_completed_after_a_preview_of_its_number() -> None:
    lab = looking_at(promised())
    assert lab.ask(Kind.DIAL) == ""
    lab.wait(3)
    assert (recorded(lab).state, recorded(lab).done_in) == ("completed", lab.call().id)


def test_a_callback_to_a_busy_customer_stays_pending() -> None:
    lab = promised()
    lab.ask(Kind.DIAL, number=BUSY, callback=recorded(lab))
    lab.wait(1)
    assert is_dispo(lab) and recorded(lab).state == "pending"


def test_an_own_callback_must_be_taken_over_first() -> None:
    lab = promised("1000")
    lab.log_in("1001")
    refusal = "the callback is agent 1000's - take it first"
    assert lab.ask(Kind.DIAL, "1001", number=SLOW, callback=recorded(lab)) == refusal
    lab.ask(Kind.DIAL, number=SLOW, callback=recorded(lab))
    lab.wait(3)
    message = "the callback is completed already"
    assert lab.ask(Kind.DIAL, "1001", number=SLOW, callback=recorded(lab)) == message


def test_a_callback_is_dialled_by_one_agent_at_a_time() -> None:
    lab = promised()
    lab.log_in("1001")
    lab.ask(Kind.DIAL, number=SLOW, callback=recorded(lab))
    refusal = "agent 1000 is calling that customer back"
    assert lab.ask(Kind.DIAL, "1001", number=SLOW, callback=recorded(lab)) == refusal
    assert lab.ask(Kind.CALLBACK, "", callback=recorded(lab)) == refusal


@pytest.mark.parametrize(
    ("late_us", "state"), [(-1, "pending"), (0, "due"), (MISSED_DELAY_US - 1, "due"), (MISSED_DELAY_US, "missed")]
)
def test_the_state_of_a_callback_follows_the_time(late_us: int, state: str) -> None:
    record = Callback(id="B", call="C", number="1", agent="1000", at=HOUR_US)
    callback = update_state(record, HOUR_US + late_us, move_minutes=0)
    assert (callback.state, callback.agent) == (state, "1000")
    completed_callback = Callback(id="B", call="C", number="1", at=0, state="completed")
    assert update_state(completed_callback, HOUR_US, 1) == completed_callback


def test_another_code_in_the_wrap_up_takes_the_promise_back() -> None:
    lab = talking(lab_with(wrapup_seconds=30))
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab))
    assert recorded(lab).state == "pending"
    lab.ask(Kind.STATUS, status="SALE")
    assert recorded(lab).state == "cancelled"


@pytest.mark.parametrize("seconds", [1, 3])
def test_a_callback_in_progress_or_completed_elsewhere_is_not_withdrawn(seconds: float) -> None:
    lab = talking(lab_with(wrapup_seconds=30))
    lab.hang_up(CUSTOMER)
    lab.log_in("1001")
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab))
    lab.ask(Kind.DIAL, "1001", number=SLOW, callback=recorded(lab))
    lab.wait(seconds)
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(3 - seconds)
    assert lab.call().state is State.TALKING
    assert (recorded(lab).state, recorded(lab).done_in) == ("completed", lab.call().id)


def test_a_changed_callback_keeps_its_changes_when_it_is_withdrawn() -> None:
    lab = talking(lab_with(wrapup_seconds=30))
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="CALLBK", callback=wish(lab))
    assert lab.ask(Kind.CALLBACK, "", callback=replace(recorded(lab), comments="in May", by="6666")) == ""
    lab.ask(Kind.STATUS, status="SALE")
    assert (recorded(lab).state, recorded(lab).comments) == ("cancelled", "in May")
