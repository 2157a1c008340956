"""The oracle of the dial rules detects what it must."""

import pytest

from tests.fuzz.dial_oracle import DENIED, denied, judge
from tests.fuzz.entry_point import ForbiddenDial
from tools.simulation.asterisk.core_driver import demo_rules
from warmline.core.messages import actions as do
from warmline.core.rules.configuration import Campaign


@pytest.mark.parametrize(("endpoint", "caller"), [("PJSIP/1000", "8500"), ("PJSIP/+8500@trunk", "")])
def test_phones_and_numbers_by_the_template_pass(endpoint: str, caller: str) -> None:
    judge(do.CreateChannel("leg", endpoint, caller, "call"), demo_rules(dial_deny=DENIED))


@pytest.mark.parametrize(
    ("endpoint", "caller"),
    [
        ("PJSIP/8500", ""),  # a number outside the template
        ("PJSIP/1009", ""),  # a phone that does not exist
        ("Local/8500@trunk", ""),
        ("PJSIP/8500@trunk@trunk", ""),
        ("PJSIP/+9001@trunk", ""),
        ("PJSIP/009001@trunk", ""),
        ("PJSIP/1900123@trunk", ""),
        ("PJSIP/1000", "anna"),
    ],
)
def test_nothing_else_does(endpoint: str, caller: str) -> None:
    with pytest.raises(ForbiddenDial):
        judge(do.CreateChannel("leg", endpoint, caller, "call"), demo_rules(dial_deny=DENIED))


@pytest.mark.parametrize(
    ("template", "dialled", "entry", "is_denied"),
    [
        ("PJSIP/{number}@trunk", "49900123", "_+49900X.", True),
        ("PJSIP/{number}@trunk", "01149900123", "_0049900X.", True),
        ("PJSIP/{number}@trunk", "+49900123", "_49900X.", True),
        ("PJSIP/{number}@trunk", "+4930", "_00.", True),
        ("PJSIP/{number}@trunk", "030", "_00.", False),
        ("PJSIP/{number}@trunk", "4930", "_+[2-9].", False),
        ("PJSIP/{number}@trunk", "+4930", "_+[2-9].", True),
        ("PJSIP/00{number}@trunk", "4930", "4930", True),
        ("PJSIP/trunk/sip:+{number}@10.0.0.1", "4930", "_01149X.", True),
    ],
)
def test_one_number_is_denied_however_it_is_written(template: str, dialled: str, entry: str, is_denied: bool) -> None:
    campaign = Campaign("TESTCAMP", dial_template=template, dial_deny=("8", entry))
    assert denied(campaign, template.replace("{number}", dialled)) == (entry if is_denied else "")
