"""A busy Asterisk does not answer a leg at the first request."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev


class BusyDriver(Driver):
    """Let Asterisk fail the first `failure_count` requests to answer."""

    failure_count = 0

    def perform(self, action: do.Action) -> None:
        if isinstance(action, do.AnswerLeg) and self.failure_count:
            self.failure_count -= 1
            self.asterisk.out.append(ev.ActionFailed(action, 0, "no answer from Asterisk within 2 s"))
        else:
            super().perform(action)


def count_answer_requests(lab: Driver) -> int:
    return sum(isinstance(action, do.AnswerLeg) for action in lab.asked)


def test_a_failed_answer_request_is_repeated(lab: BusyDriver) -> None:
    lab.failure_count = 2
    lab.customer()
    assert count_answer_requests(lab) == 3
    assert lab.asterisk.channels[CUSTOMER].up
    assert lab.asterisk.hears_music(CUSTOMER)


def test_a_phone_that_logs_in_is_answered_too(lab: BusyDriver) -> None:
    lab.failure_count = 1
    leg = lab.log_in("1000")
    assert lab.asterisk.channels[leg].up
    assert lab.session().leg == leg


def test_a_caller_who_cannot_be_answered_is_hung_up(lab: BusyDriver) -> None:
    lab.failure_count = 9
    lab.customer()
    assert lab.failure_count > 0
    assert CUSTOMER not in lab.asterisk.channels
    assert not lab.world.calls


def test_an_answer_that_only_took_long_is_not_asked_again() -> None:
    lab = lab_with()
    lab.customer()
    lab.feed(ev.ActionFailed(do.AnswerLeg(CUSTOMER), 0, "no answer from Asterisk within 2 s"))
    assert lab.asterisk.hears(CUSTOMER, "phone-1000")
    assert count_answer_requests(lab) == 2, "the agent's and the customer's"


@pytest.fixture
def lab() -> BusyDriver:
    return BusyDriver()
