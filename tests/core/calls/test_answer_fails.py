"""A busy Asterisk does not answer a leg at the first request."""

import pytest

from tests.core.core_stage import CUSTOMER, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev


class Busy(Driver):
    """Let Asterisk fail the first `times` requests to answer."""

    times = 0

    def perform(self, action: do.Action) -> None:
        if isinstance(action, do.AnswerLeg) and self.times:
            self.times -= 1
            self.asterisk.out.append(ev.ActionFailed(action, 0, "no answer from Asterisk within 2 s"))
        else:
            super().perform(action)


def answers(lab: Driver) -> int:
    return sum(isinstance(action, do.AnswerLeg) for action in lab.asked)


def test_a_failed_answer_request_is_repeated(busy: Busy) -> None:
    busy.times = 2
    busy.customer()
    assert answers(busy) == 3
    assert busy.asterisk.channels[CUSTOMER].up
    assert busy.asterisk.hears_music(CUSTOMER)


def test_a_phone_that_logs_in_is_answered_too(busy: Busy) -> None:
    busy.times = 1
    leg = busy.log_in("1000")
    assert busy.asterisk.channels[leg].up
    assert busy.session().leg == leg


def test_a_caller_who_cannot_be_answered_is_hung_up(busy: Busy) -> None:
    busy.times = 9
    busy.customer()
    assert busy.times > 0
    assert CUSTOMER not in busy.asterisk.channels
    assert not busy.world.calls


def test_an_answer_that_only_took_long_is_not_asked_again() -> None:
    lab = lab_with()
    lab.customer()
    lab.feed(ev.ActionFailed(do.AnswerLeg(CUSTOMER), 0, "no answer from Asterisk within 2 s"))
    assert lab.asterisk.hears(CUSTOMER, "phone-1000")
    assert answers(lab) == 2, "the agent's and the customer's"


@pytest.fixture
def busy() -> Busy:
    return Busy()
