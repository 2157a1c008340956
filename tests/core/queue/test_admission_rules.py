"""The rules that admit a call to an in-group: each answer in order, and the result of the first refusal."""

from typing import Any

import pytest

from warmline.core.model.queue_wait import WaitStatus
from warmline.core.queue.admission_rules import IngroupFacts, QueueAdmission, check_ingroup
from warmline.core.rules.call_times import CallTimeCheck
from warmline.core.rules.configuration import Ingroup

OPEN, CLOSED = CallTimeCheck(True, "call time OFFICE is open"), CallTimeCheck(False, "call time OFFICE is closed")


def check_rules(options: dict[str, Any] | None = None, **facts: Any) -> QueueAdmission:
    """Return the answers of the in-group S with these options."""
    return check_ingroup(IngroupFacts(name="S", ingroup=Ingroup("S", **options or {}), **facts))


def list_steps(admission: QueueAdmission) -> list[tuple[str, bool]]:
    return [(step.rule, step.passed) for step in admission.steps]


@pytest.mark.parametrize(
    ("method", "calls", "waiting", "can_wait"),
    [
        ("TOTAL", 2, 0, True),
        ("TOTAL", 3, 0, False),
        ("IN_QUEUE", 9, 2, True),
        ("IN_QUEUE", 9, 3, False),
        ("DISABLED", 9, 9, True),
    ],
)
def test_max_calls_limits_the_calls_of_an_in_group(method: str, calls: int, waiting: int, can_wait: bool) -> None:
    options = {"max_calls_method": method, "max_calls_count": 3}
    admission = check_rules(options, call_count=calls, waiting_count=waiting)
    assert admission.can_wait is can_wait
    assert admission.status == ("" if can_wait else WaitStatus.MAXCAL)


@pytest.mark.parametrize(
    ("value", "agents", "reason"),
    [
        ("N", (0, 0, 0), ""),
        ("Y", (0, 0, 0), "in-group S has no agent logged in (no_agent_no_queue=Y)"),
        ("Y", (1, 0, 0), ""),
        ("NO_PAUSED", (1, 0, 0), "in-group S has no agent logged in and not paused (no_agent_no_queue=NO_PAUSED)"),
        ("NO_PAUSED", (1, 1, 0), ""),
        ("NO_READY", (2, 1, 0), "in-group S has no agent READY (no_agent_no_queue=NO_READY)"),
        ("NO_READY", (2, 1, 1), ""),
    ],
)
def test_whether_there_must_be_agents(value: str, agents: tuple[int, int, int], reason: str) -> None:
    logged_in, not_paused, ready = agents
    admission = check_rules(
        {"no_agent_no_queue": value}, logged_in_count=logged_in, not_paused_count=not_paused, ready_count=ready
    )
    assert admission.reason == reason
    assert (admission.action, admission.status) == (("no_agent_action", WaitStatus.NANQUE) if reason else ("", ""))


def test_only_the_named_agent_counts_for_a_call_to_one_agent() -> None:
    away = check_rules({"no_agent_no_queue": "Y"}, direct_agent="1000")
    assert away.reason == "agent 1000 is not logged in (no_agent_no_queue=Y)"
    ready_admission = check_rules({"no_agent_no_queue": "NO_READY"}, direct_agent="1000", ready_count=1)
    assert ready_admission.steps[-1].why == "agent 1000 is READY (no_agent_no_queue=NO_READY)"


def test_the_first_no_decides() -> None:
    options = {"max_calls_method": "TOTAL", "max_calls_count": 1, "no_agent_no_queue": "Y"}
    assert list_steps(check_rules(options, hours=CLOSED, call_count=1)) == [("in-group", True), ("call_time_id", False)]
    assert list_steps(check_rules(options, hours=OPEN, call_count=1))[2:] == [("max_calls_method", False)]
    assert list_steps(check_rules(options, hours=OPEN))[2:] == [
        ("max_calls_method", True),
        ("no_agent_no_queue", False),
    ]
    assert [passed for _, passed in list_steps(check_rules(options, hours=OPEN, logged_in_count=1))] == [True] * 4
