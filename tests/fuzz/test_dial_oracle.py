"""The oracle of the dial rules sees what it is there for."""

import pytest

from tests.fuzz.dial_oracle import DENIED, allowed, judge
from tests.fuzz.door import ForbiddenDial
from tests.worlds.core_driver import demo_rules
from warmline.core import actions as do
from warmline.core.rules import Campaign


@pytest.mark.parametrize(("endpoint", "caller"), [("PJSIP/1000", "8500"), ("PJSIP/+8500@trunk", "")])
def test_phones_and_numbers_by_the_template_pass(endpoint: str, caller: str) -> None:
    judge(do.MakeLeg("leg", endpoint, caller, "call"), demo_rules(dial_deny=DENIED))


@pytest.mark.parametrize(
    ("endpoint", "caller"),
    [
        ("PJSIP/8500", ""),  # a number past the template
        ("PJSIP/1009", ""),  # a phone that nobody has
        ("Local/8500@trunk", ""),
        ("PJSIP/8500@trunk@trunk", ""),
        ("PJSIP/+9001@trunk", ""),
        ("PJSIP/*319001@trunk", ""),
        ("PJSIP/1000", "anna"),
    ],
)
def test_nothing_else_does(endpoint: str, caller: str) -> None:
    with pytest.raises(ForbiddenDial):
        judge(do.MakeLeg("leg", endpoint, caller, "call"), demo_rules(dial_deny=DENIED))


@pytest.mark.parametrize(
    ("customers", "thirds", "before", "may"),
    [
        ("9", "X", "9", True),
        ("9", "X", "", False),
        ("", "+9", "", False),
        ("9", "99", "9", False),
        ("", "X", "", True),
    ],
)
def test_what_another_prefix_leaves_of_a_number_counts(customers: str, thirds: str, before: str, may: bool) -> None:
    campaign = Campaign("TESTCAMP", dial_prefix=customers, three_way_dial_prefix=thirds, dial_deny=("_00.",))
    assert allowed(campaign, "90044123", before) is may
