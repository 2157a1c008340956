"""The figures of the campaign that is killed: leads left out, listed ones called, and late messages."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tools.bench.chaos.campaign_kills import BLOCKED, IN_FAULT, LEADS, MESSAGE_WITHIN, CampaignCentre, campaign_rows
from tools.bench.chaos.dialler_findings import DialledFindings, MessageTime

NUMBERS = CampaignCentre.numbers()


def rows(called: set[str], *messages: MessageTime, by_fault: str = "") -> dict[str, Any]:
    """Return the rows of a campaign in which these numbers were called; each row by its name."""
    listed = CampaignCentre.listed(cast("CampaignCentre", SimpleNamespace(blocked=blocked)))
    here = SimpleNamespace(
        calls=lambda: [SimpleNamespace(number=number) for number in called],
        listed=lambda: listed,
        numbers=lambda: NUMBERS,
        rows=lambda _: [{"number": number, "by_fault": number == by_fault} for number in called],
    )
    found = DialledFindings(messages=[*messages])
    return {row.what: row for row in campaign_rows(cast("CampaignCentre", here), found)}


def blocked() -> list[str]:
    return NUMBERS[:: (LEADS + BLOCKED) // BLOCKED]


@pytest.fixture
def callable_numbers() -> set[str]:
    return {number for number in NUMBERS if number not in {one for n, one in enumerate(blocked()) if n % 3 < 2}}


def test_the_whole_campaign_meets_each_goal(callable_numbers: set[str]) -> None:
    one, other = sorted(callable_numbers)[:2]
    in_time = MessageTime(one, 5.0, MESSAGE_WITHIN), MessageTime(other, 5.0, IN_FAULT)
    found = rows(callable_numbers, *in_time, by_fault=other)
    assert len(callable_numbers) == LEADS + BLOCKED // 3
    assert all(row.met for row in found.values())


def test_a_listed_lead_who_is_called_fails_the_run(callable_numbers: set[str]) -> None:
    assert not rows(callable_numbers | {blocked()[0]})["listed leads called"].met


def test_a_lead_who_is_not_called_fails_the_run(callable_numbers: set[str]) -> None:
    callable_numbers.pop()
    assert not rows(callable_numbers)["leads that may be called and were not"].met


@pytest.mark.parametrize(("seconds", "fault", "late"), [(2.01, False, 1), (2.01, True, 0), (2.51, True, 1)])
def test_a_late_message_is_counted(callable_numbers: set[str], seconds: float, fault: bool, late: int) -> None:
    number = min(callable_numbers)
    found = rows(callable_numbers, MessageTime(number, 5.0, seconds), by_fault=number if fault else "")
    assert found["messages that began late"].warmline["count"] == late
