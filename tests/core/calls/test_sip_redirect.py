"""A called party redirects (SIP 302): the redirect is refused with a reason, or followed by the dial rules."""

from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import QUICK, all_receipts, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, get_outcome_for_cause

NUMBER = "4930"
DIAL_KINDS = (Kind.DIAL, Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER)


def create_redirect(target: str, **options: Any) -> Driver:
    """Let 4930 redirect to that number, and 4931 to 4932, which redirects to 8500."""
    lab = lab_with(blind_unanswered_action="HANGUP", **options)
    lab.asterisk.far_ends |= {
        NUMBER: [(0.1, "ringing"), (0.3, f"redirects to {target}")],
        "4931": [(0.1, "redirects to 4932")],
        "4932": [(0.1, "redirects to 8500")],
    }
    return lab


def dial(lab: Driver, kind: Kind, number: str = NUMBER) -> None:
    if kind is not Kind.DIAL:
        lab.customer()
        lab.wait(2)
    assert lab.ask(kind, number=number) in ("", None)
    lab.wait(3)


def get_failure_cause(lab: Driver, kind: Kind) -> str:
    [receipt] = all_receipts(lab, kind)
    assert receipt.outcome is Outcome.FAILED
    return receipt.cause


@pytest.mark.parametrize("kind", DIAL_KINDS)
def test_the_new_number_is_dialled_as_any_other(kind: Kind) -> None:
    lab = create_redirect("85-00", follow_redirects=1, dial_prefix="7")
    lab.asterisk.far_ends |= {f"7{NUMBER}": lab.asterisk.far_ends[NUMBER], "78500": [(0.1, "ringing"), (1.0, "up")]}
    dial(lab, kind)
    assert lab.asterisk.dialled == [f"7{NUMBER}", "78500"]
    [receipt] = all_receipts(lab, kind)
    assert receipt.outcome is Outcome.COMPLETED and "redirected to 8500" in dict(receipt.steps)
    states = {
        Kind.DIAL: State.TALKING,
        Kind.PARK_CUSTOMER_DIAL: State.CONSULTING,
        Kind.BLIND_TRANSFER: State.HANDED_OFF,
    }
    [call] = lab.world.calls.values()
    assert call.state is states.get(kind, State.THREE_WAY)
    leg = lab.world.legs[str(call.customer if kind is Kind.DIAL else call.third)]
    assert lab.asterisk.channels[leg.id].bridge == call.mixing_bridge_id and not leg.outbound_muted


def test_the_dial_rules_judge_it(subtests: pytest.Subtests) -> None:
    for (target, refusal), kind in product(
        [
            ("09001", "09001 may not be dialled: dial_deny has _0900X"),
            ("+4990011", "+4990011 may not be dialled: dial_deny has _004990011"),
            ("8500&PJSIP/1", "phone_number may have digits, *, # and a leading + only"),
            ("anna", "phone_number may have digits, *, # and a leading + only"),
        ],
        DIAL_KINDS,
    ):
        with subtests.test(kind=kind, target=target, refusal=refusal):
            lab = create_redirect(target, follow_redirects=3, dial_deny=("_0900X", "_004990011"))
            dial(lab, kind)
            assert get_failure_cause(lab, kind) == f"redirected to {target}: {refusal}"
            assert lab.asterisk.dialled == [NUMBER]


@pytest.mark.parametrize(("redirect_limit", "dialled_numbers"), [(1, ["4931", "4932"]), (2, ["4931", "4932", QUICK])])
def test_follow_redirects_limits_the_number_of_redirects(redirect_limit: int, dialled_numbers: list[str]) -> None:
    lab = create_redirect(QUICK, follow_redirects=redirect_limit)
    dial(lab, Kind.DIAL_WITH_CUSTOMER, "4931")
    assert lab.asterisk.dialled == dialled_numbers
    if redirect_limit == 1:
        assert (
            get_failure_cause(lab, Kind.DIAL_WITH_CUSTOMER)
            == f"redirected to {QUICK}: the campaign follows 1 (follow_redirects)"
        )


def test_an_agents_phone_does_not_redirect_a_call() -> None:
    lab = create_redirect(QUICK, follow_redirects=5)
    lab.configure("agents", "1002", phone="1002")
    lab.asterisk.far_ends["1002"] = [(0.1, f"redirects to {QUICK}")]
    lab.ask(Kind.LOGIN, "1002")
    lab.ask(Kind.RESUME, "1002")
    lab.ask(Kind.PAUSE)
    lab.customer()
    lab.wait(3)
    assert "1002" in lab.asterisk.dialled and QUICK not in lab.asterisk.dialled


def test_a_redirect_after_our_hangup_is_not_followed() -> None:
    lab = create_redirect(QUICK, follow_redirects=1)
    lab.asterisk.far_ends[NUMBER] = [(0.1, "ringing")]
    lab.customer()
    lab.wait(2)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=NUMBER)
    lab.wait(1)
    third = lab.third()
    lab.feed(ev.LegRedirected(third, QUICK))
    lab.ask(Kind.HANGUP_XFER)
    lab.wait(1)
    assert lab.asterisk.dialled == [NUMBER] and lab.call().state is State.TALKING


def test_the_causes_have_words() -> None:
    assert get_outcome_for_cause(23) == (Outcome.FAILED, "redirected to another number (23)")
    assert get_outcome_for_cause(58) == (Outcome.FAILED, "no common codec (58)")
