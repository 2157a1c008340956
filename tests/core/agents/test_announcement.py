"""The in-group's announcement of a connected call, which only the agent hears."""

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, heard, lab_with, talking
from warmline.core.messages.commands import Kind


@pytest.mark.parametrize(("option", "expected"), [("our-sales", (1, 0)), ("beep", (0, 1)), ("---NONE---", (0, 0))])
def test_the_agent_alone_hears_the_sound_of_the_in_group(option: str, expected: tuple[int, int]) -> None:
    lab = talking(lab_with({"agent_alert_exten": option}))
    lab.wait(2)
    assert (heard(lab, PHONE, "our-sales"), heard(lab, PHONE, "beep")) == expected
    assert heard(lab, CUSTOMER, "our-sales") == heard(lab, CUSTOMER, "beep") == 0


def test_a_closer_hears_the_sound_of_the_in_group_that_was_asked() -> None:
    lab = talking(lab_with({"agent_alert_exten": "our-sales"}))
    lab.configure("ingroups", "SUPPORTLINE", agent_alert_exten="our-support")
    lab.log_in("1001")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE") == ""
    lab.wait(2)
    assert (heard(lab, "phone-1001", "our-support"), heard(lab, PHONE, "our-support")) == (1, 0)
