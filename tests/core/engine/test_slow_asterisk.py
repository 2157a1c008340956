"""Asterisk performs requests, but answers two seconds later: too late for all but creating and dialling legs."""

from collections.abc import Iterator

import pytest

from tests.core.core_stage import CUSTOMER, QUICK, in_seat, is_dispo, recordings, together
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt

CALM_SECONDS = 40.0  # seconds; each request takes two, and some are repeated


class Slow(Faulty):
    """Allow six seconds for creating and dialling legs."""

    slow = False

    def _next_fault(self, action: do.Action) -> InjectedFault | None:
        in_time = isinstance(action, do.CreateChannel | do.DialLeg)
        return InjectedFault.ANSWER_LOST if self.slow and not in_time else super()._next_fault(action)


@pytest.fixture
def lab() -> Iterator[Slow]:
    """Provide agent 1000, READY, on a slow Asterisk; at the end, nothing may be left."""
    lab = Slow(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.log_in("1000")
    lab.slow = True
    yield lab
    lab.hang_up(CUSTOMER)
    lab.wait(CALM_SECONDS)
    lab.ask(Kind.STATUS, status="A")
    assert not lab.world.calls and not lab.world.receipts and not lab.world.recordings
    assert in_seat(lab) and set(lab.asterisk.channels) == {"phone-1000"}
    assert not lab.asterisk.bridges and not lab.asterisk.recordings


def does(lab: Slow, kind: Kind, state: State, **arguments: str) -> None:
    """Give a command: it is done without an answer, and late answers change nothing."""
    lab.ask(kind, **arguments)
    lab.wait(CALM_SECONDS)
    closed_receipts = [
        receipt for receipt in lab.closed.values() if isinstance(receipt, Receipt) and receipt.kind is kind
    ]
    assert closed_receipts[-1].outcome is Outcome.COMPLETED, closed_receipts[-1]
    assert lab.call().state is state, kind


def test_every_command_is_done(lab: Slow) -> None:
    lab.customer()
    lab.wait(CALM_SECONDS)
    does(lab, Kind.PARK_CUSTOMER, State.PARKED)
    does(lab, Kind.GRAB_CUSTOMER, State.TALKING)
    does(lab, Kind.DIAL_WITH_CUSTOMER, State.THREE_WAY, number=QUICK)
    does(lab, Kind.PARK_CUSTOMER, State.CONSULTING)
    does(lab, Kind.GRAB_CUSTOMER, State.THREE_WAY)
    does(lab, Kind.PARK_XFER, State.THIRD_PARKED)
    does(lab, Kind.SWAP_PARK_CUSTOMER, State.CONSULTING)
    does(lab, Kind.HANGUP_XFER, State.PARKED)
    does(lab, Kind.GRAB_CUSTOMER, State.TALKING)
    assert together(lab, CUSTOMER, "phone-1000")


@pytest.mark.fault(
    "every answer of Asterisk is 2 s late",
    "the same, some seconds later",
    "the same as without the fault, because Asterisk's events replace its answers",
)
def test_a_leave_keeps_both_parties_and_its_recording(lab: Slow) -> None:
    lab.customer()
    lab.wait(CALM_SECONDS)
    does(lab, Kind.DIAL_WITH_CUSTOMER, State.THREE_WAY, number=QUICK)
    third = lab.third()
    does(lab, Kind.LEAVE_3WAY_CALL, State.HANDED_OFF)
    assert together(lab, CUSTOMER, third) and is_dispo(lab) and in_seat(lab)
    assert [kind for kind, _ in recordings(lab)] == ["call", "handoff"]
