"""PARK_IVR_CUSTOMER: a parked customer hears a piece of dialplan instead of music, and stays in Warmline."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, QUICK, heard, lab_with, people, talking, then, together
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State


def park_in_ivr(campaign_ivr: str = "ivr@park") -> Driver:
    lab = then(talking(lab_with(park_ivr=campaign_ivr)), State.PARKED, Kind.PARK_IVR_CUSTOMER)
    lab.wait(1.1)
    return lab


def get_ivr_leg(lab: Driver) -> str:
    return lab.call().ivr or ""


@pytest.mark.parametrize("command", [Kind.GRAB_CUSTOMER, Kind.HANGUP])
def test_the_agent_who_ends_it_hears_no_alert(command: Kind) -> None:
    lab = park_in_ivr()
    assert lab.ask(command) == ""
    lab.wait(2)
    assert heard(lab, PHONE, "beeperr") == 0


@pytest.mark.parametrize("is_ivr_ended", [False, True])
def test_grabbing_ends_it(is_ivr_ended: bool) -> None:
    lab = park_in_ivr()
    lab.wait(10 if is_ivr_ended else 0)
    then(lab, State.TALKING, Kind.GRAB_CUSTOMER)
    assert together(lab, CUSTOMER, PHONE) and people(lab) == {CUSTOMER, PHONE}
    then(lab, State.PARKED, Kind.PARK_CUSTOMER)
    assert lab.asterisk.hears_music(CUSTOMER)
    lab.hang_up(CUSTOMER)
    assert not lab.asterisk.bridges


def test_a_consultation_leaves_the_customer_in_the_park_ivr() -> None:
    lab = park_in_ivr()
    lab.ask(Kind.PARK_CUSTOMER_DIAL, number=QUICK)
    lab.wait(0.1)
    then(lab, State.CONSULTING)
    assert together(lab, CUSTOMER, get_ivr_leg(lab)) and together(lab, PHONE, lab.third())


@pytest.mark.parametrize("channel", [CUSTOMER, PHONE])
def test_a_hang_up_ends_it_or_leaves_it_to_the_rescue(channel: str) -> None:
    lab = park_in_ivr()
    lab.hang_up(channel)
    if channel == CUSTOMER:
        assert people(lab) == {PHONE} and not lab.asterisk.bridges and not lab.world.calls
    else:
        then(lab, State.RESCUE)
        assert together(lab, CUSTOMER, get_ivr_leg(lab))


def test_a_dialplan_that_is_not_there_is_music() -> None:
    lab = then(talking(lab_with(park_ivr="nowhere@park")), State.PARKED, Kind.PARK_IVR_CUSTOMER)
    assert lab.asterisk.hears_music(CUSTOMER) and not get_ivr_leg(lab)
