"""Emergency numbers: a person who types one reaches it, and no program, lead, callback or redirect does."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import all_receipts, lab_with
from tests.core.permission.test_dial_gate import CLOSED_HOURS
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.messages.values.callback import Callback
from warmline.core.rules import emergency_numbers
from warmline.core.rules.configuration import Campaign
from warmline.core.rules.reasons import DO_NOT_CALL_UNREADABLE, EMERGENCY_NUMBER

RINGS = "5559999"
NUMBERS = ("110", "112", "911", "999")


def stage(**options: Any) -> Driver:
    lab = lab_with(follow_redirects=3, manual_preview_dial="PREVIEW_AND_SKIP", **options)
    lab.asterisk.far_ends |= {number: [(0.1, "ringing"), (1.0, "up")] for number in (*NUMBERS, "9112", RINGS)}
    return lab


def dialled(lab: Driver) -> list[str]:
    """Return the numbers of the requested channels, without agents' phones."""
    endpoints = [
        action.endpoint
        for action in lab.asked
        if isinstance(action, do.CreateChannel) and action.endpoint.endswith("@trunk")
    ]
    return [action.removeprefix("PJSIP/").removesuffix("@trunk") for action in endpoints]


# -- a person --


def everything_against(lab: Driver) -> None:
    lab.do_not_call["112"] = "the system's do-not-call list"
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, call_times={"SHUT": CLOSED_HOURS}, max_legs=1)))
    lab.configure(
        "campaigns",
        "TESTCAMP",
        active="N",
        dial_call_time_id="SHUT",
        daily_limit_manual=1,
        manual_calls_at_once=1,
        dial_deny=("_.", "112"),
        dial_allow=("_+49X.",),
    )


def no_database(lab: Driver) -> None:
    perform = lab.perform
    lab.perform = lambda action: None if isinstance(action, FindDialFacts) else perform(action)  # type: ignore[method-assign] # the answer is lost


def broken_database(lab: Driver) -> None:
    lab.facts = lambda query: DialFacts(problem=DO_NOT_CALL_UNREADABLE.text())  # type: ignore[method-assign] # the disk has failed


OBSTACLES = [everything_against, no_database, broken_database]


@pytest.mark.parametrize("against", OBSTACLES)
def test_a_person_reaches_an_emergency_number_against_all_rules(against: Callable[[Driver], None]) -> None:
    lab = stage()
    against(lab)
    assert lab.ask(Kind.DIAL, number="112", by_person=True) == ""
    assert dialled(lab) == ["112"]
    lab.wait(3)
    assert lab.asterisk.hears(str(lab.call().customer), "phone-1000")


def test_a_person_in_a_call_reaches_one(subtests: pytest.Subtests) -> None:
    for against, kind in product(OBSTACLES, [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER]):
        with subtests.test(kind=kind, against=against):
            lab = stage()
            lab.customer()
            lab.wait(2)
            against(lab)
            assert lab.ask(kind, number="112", by_person=True) == ""
            assert dialled(lab) == ["112"]


@pytest.mark.parametrize("against", OBSTACLES)
def test_a_person_reaches_one_by_a_preview(against: Callable[[Driver], None]) -> None:
    lab = stage()
    lab.ask(Kind.PAUSE)
    against(lab)
    assert lab.ask(Kind.PREVIEW, number="112", by_person=True) == ""
    assert lab.ask(Kind.DIAL, by_person=True) == ""
    assert dialled(lab) == ["112"]


def test_the_keys_of_a_phone_are_a_persons() -> None:
    lab = stage()
    lab.customer()
    lab.wait(2)
    everything_against(lab)
    lab.feed(ev.ReferReceived("phone-1000", "112"))
    assert dialled(lab) == ["112"]


@pytest.mark.parametrize(
    ("prefix", "number", "override", "sent"),
    [
        ("9", "112", False, "9112"),  # chooses a line
        ("9", "9112", False, "9112"),
        ("9", "112", True, "112"),
        ("+49", "112", False, "112"),  # is a part of telephone numbers
        ("0049", "112", False, "112"),
        ("1", "911", False, "911"),
    ],
)
def test_the_prefix_of_a_line_is_sent_and_that_of_a_country_is_not(
    prefix: str, number: str, override: bool, sent: str
) -> None:
    lab = stage(dial_prefix=prefix)
    assert lab.ask(Kind.DIAL, number=number, by_person=True, dial_override=override) == ""
    assert dialled(lab) == [sent]


# -- everything else --


def refused(number: str = "112") -> str:
    return EMERGENCY_NUMBER.text(number=number, emergency="112")


def test_a_program_dials_none(subtests: pytest.Subtests) -> None:
    for number in ["112", "+112", "00112", "9112", "+9112", "*31#112", "#31#112#", "112#", "112*"]:
        with subtests.test(number=number):
            lab = stage(dial_prefix="9", deny_star_codes="N")
            assert lab.ask(Kind.DIAL, number=number) == refused(number)
            lab.customer()
            lab.wait(2)
            for kind in (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER):
                assert lab.ask(kind, number=number, dial_override=True) == refused(number)
            assert dialled(lab) == []


def test_a_program_makes_none_with_the_prefix() -> None:
    lab = stage(dial_prefix="1")
    assert lab.ask(Kind.DIAL, number="12") == refused("12")


def test_other_numbers_are_not_taken_for_one(subtests: pytest.Subtests) -> None:
    for number in ["0301122112", "112112", "1120", "0112", "91", "#31#0305550112", "+4930112", "5559112", "118500"]:
        with subtests.test(number=number):
            campaign = Campaign("TESTCAMP", dial_prefix="9")
            assert emergency_numbers.find_dialled_number(NUMBERS, campaign, number) == ""


def test_a_number_that_a_program_shows_is_not_a_persons() -> None:
    lab = stage()
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, number="112") == refused()


PROMISED = Callback(id="C1", call="", campaign="TESTCAMP", number="112", at=0)


@pytest.mark.parametrize("arguments", [{"lead": 17}, {"callback": PROMISED}])
def test_a_number_of_the_data_is_not_a_persons(arguments: dict[str, Any]) -> None:
    lab = stage()
    assert lab.ask(Kind.DIAL, number="112", by_person=True, **arguments) == refused()
    assert dialled(lab) == []


def test_a_redirect_to_one_is_not_followed() -> None:
    lab = stage()
    lab.ask(Kind.DIAL, number=RINGS, by_person=True)
    leg = str(lab.call().customer)
    lab.wait(0.5)
    lab.feed(ev.LegRedirected(leg, "112"))
    lab.hang_up(leg, 23)
    lab.wait(5)
    assert dialled(lab) == [RINGS]
    assert [refused() in receipt.cause for receipt in all_receipts(lab, Kind.DIAL)] == [True]


def test_the_setting_has_the_numbers() -> None:
    lab = stage()
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, emergency_numbers=("17",))))
    assert lab.ask(Kind.DIAL, number="17") == EMERGENCY_NUMBER.text(number="17", emergency="17")
    assert lab.ask(Kind.DIAL, number="112") == "", "an ordinary number in this world"


def test_no_number_longer_than_the_longest_is_read_as_an_emergency_number(subtests: pytest.Subtests) -> None:
    for code, prefix in product(["", "00", "011"], ["", "9", "77"]):
        with subtests.test(prefix=prefix, code=code):
            campaign = Campaign("C", dial_prefix="9", three_way_dial_prefix="77")
            number = prefix + code + "112"
            assert emergency_numbers.find_dialled_number(NUMBERS, campaign, number) == "112"
            assert len(number) <= emergency_numbers.count_most_digits(NUMBERS, campaign) == 8
