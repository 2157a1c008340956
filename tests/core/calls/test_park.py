"""Parking: a parked party hears music, the others continue, and no party is forgotten."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, consulting, heard, lab_with, set_up
from warmline.core.messages.commands import Kind

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
