"""The in-group's announcement of a connected call, which only the agent hears."""

from tests.core.core_stage import PHONE, heard, lab_with, talking
from warmline.core.messages.commands import Kind


def test_a_closer_hears_the_sound_of_the_in_group_that_was_asked() -> None:
    lab = talking(lab_with({"agent_alert_exten": "our-sales"}))
    lab.configure("ingroups", "SUPPORTLINE", agent_alert_exten="our-support")
    lab.log_in("1001")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE") == ""
    lab.wait(2)
    assert (heard(lab, "phone-1001", "our-support"), heard(lab, PHONE, "our-support")) == (1, 0)
