"""An agent asks for help: until a supervisor joins, the agent takes it back, or the call is over."""

import pytest

from tests.core.agents.test_supervision import HERE, supervised
from tests.core.core_stage import CUSTOMER, is_dispo, lab_with, restarted, talking, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

WITHOUT_CALL, NOT_ASKED = "the agent has no live call", "the agent has not asked for help in this call"


def asked(lab: Driver) -> Driver:
    assert lab.ask(Kind.ASK_HELP) == "" and lab.session().help_since
    return lab


def test_a_request_keeps_its_time_through_a_second_one_and_a_restart() -> None:
    lab = asked(talking(lab_with()))
    since_us = lab.session().help_since
    lab.wait(5)
    assert lab.ask(Kind.ASK_HELP) == "" and lab.session().help_since == since_us
    assert restarted(lab).session().help_since == since_us


def test_the_agent_takes_a_request_back() -> None:
    lab = asked(talking(lab_with()))
    assert lab.ask(Kind.END_HELP) == "" and not lab.session().help_since
    assert lab.ask(Kind.END_HELP) == NOT_ASKED


@pytest.mark.parametrize("kind", [Kind.LISTEN, Kind.WHISPER, Kind.BARGE])
def test_a_supervisor_who_joins_ends_the_request(kind: Kind) -> None:
    lab = asked(talking(lab_with()))
    lab.asterisk.far_ends[HERE] = [(0.1, "ringing")]
    lab.ask(kind, number=HERE)
    lab.wait(1)
    assert lab.session().help_since, "the supervisor's phone only rings"
    lab.hang_up(next(leg.id for leg in lab.world.legs.values() if leg.number == HERE))
    supervised(lab, kind)
    assert not lab.session().help_since and lab.call().state is State.TALKING


def test_a_supervisor_who_listens_already_ends_the_request_with_another_mode() -> None:
    lab = talking(lab_with())
    supervised(lab, Kind.LISTEN)
    asked(lab)
    lab.wait(1)
    assert lab.session().help_since
    lab.ask(Kind.WHISPER, number=HERE)
    assert not lab.session().help_since


def test_the_request_ends_with_the_call_and_is_none_of_the_next_one() -> None:
    lab = asked(three_way(lab_with()))
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert is_dispo(lab) and not lab.session().help_since
    assert lab.ask(Kind.ASK_HELP) == WITHOUT_CALL and lab.ask(Kind.END_HELP) == NOT_ASKED
    lab.ask(Kind.STATUS, status="SALE")
    lab.ask(Kind.RESUME)
    lab.hang_up(CUSTOMER)
    lab.customer("ingroup", "SALESLINE", name="the next one")
    lab.wait(1)
    assert lab.session().call and not lab.session().help_since
