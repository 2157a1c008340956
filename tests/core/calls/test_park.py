"""Parking: a parked party hears music, the others continue, and no party is forgotten."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    apart,
    asking_parked,
    consulting,
    heard,
    lab_with,
    parked,
    recordings,
    set_up,
    talking,
    then,
    together,
)
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

ALERT_SOUND = "beeperr"


@pytest.mark.parametrize("scene", ["parked", "consulting", "both_parked", "dialing_parked", "asking_parked"])
def test_a_long_park_is_told_to_the_agent_every_thirty_seconds_and_never_ended(scene: str) -> None:
    lab = set_up(lab_with({"drop_call_seconds": 400}, park_max_seconds=60, dial_timeout=300), scene)
    lab.wait(2)  # the beep
    alert_count = heard(lab, PHONE, ALERT_SOUND)
    lab.wait(56)
    assert heard(lab, PHONE, ALERT_SOUND) == alert_count
    lab.wait(2 + 61)
    assert heard(lab, PHONE, ALERT_SOUND) == alert_count + 3
    assert lab.asterisk.hears_music(CUSTOMER)


def test_a_customer_who_was_fetched_back_is_parked_no_longer() -> None:
    for scene in ("parked", "dialing_parked", "consulting"):
        lab = set_up(lab_with(park_max_seconds=20, dial_timeout=300), scene)
        lab.wait(2)
        assert lab.ask(Kind.GRAB_CUSTOMER) == ""
        alert_count = heard(lab, PHONE, ALERT_SOUND)
        lab.wait(100)
        assert heard(lab, PHONE, ALERT_SOUND) == alert_count, scene


def test_swapping_begins_a_new_park() -> None:
    lab = consulting(lab_with(park_max_seconds=60))
    lab.wait(50)
    assert lab.ask(Kind.SWAP_PARK_XFER) == ""
    assert lab.ask(Kind.SWAP_PARK_CUSTOMER) == ""
    alert_count = heard(lab, PHONE, ALERT_SOUND)
    lab.wait(50)
    assert heard(lab, PHONE, ALERT_SOUND) == alert_count
    lab.wait(12)
    assert heard(lab, PHONE, ALERT_SOUND) == alert_count + 1


def test_a_park_does_not_hold_up_a_delayed_recording() -> None:
    lab = talking(lab_with(campaign_recording="ALLCALLS", allcalls_delay=30, park_max_seconds=5))
    then(lab, State.PARKED, Kind.PARK_CUSTOMER)
    then(lab, State.TALKING, Kind.GRAB_CUSTOMER)
    lab.wait(31)
    assert recordings(lab) == [("call", "campaign_recording=ALLCALLS")]


def test_dialling_with_a_parked_customer_fetches_the_customer_first() -> None:
    lab = then(parked(lab_with()), State.DIALING, Kind.DIAL_WITH_CUSTOMER, number="5551234")
    assert together(lab, PHONE, CUSTOMER)
    joined_legs = [action.leg for action in lab.asked if isinstance(action, do.AddToBridge | do.DialLeg)]
    assert joined_legs[-3:] == [CUSTOMER, lab.third(), lab.third()]


def test_asking_for_a_closer_with_the_customer_parked_keeps_separate_music() -> None:
    lab = asking_parked(lab_with())
    assert lab.asterisk.hears_music(CUSTOMER) and lab.asterisk.hears_music(PHONE)
    assert apart(lab, CUSTOMER, PHONE)
