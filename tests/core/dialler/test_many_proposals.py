"""A proposal of a thousand calls is cut to the limits, and a decision that does nothing changes nothing."""

from copy import deepcopy
from dataclasses import replace

import pytest

from tests.core.dialler.lead_stage import ANSWERS, HOUR_US, RINGS_ON, called, dialling, list_calls
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.model.dialler import DropBudget, DropWindow, WindowCount
from warmline.core.rules.configuration import Trunk

RATIO = {"dial_method": "RATIO", "auto_dial_level": "20", "adaptive_maximum_level": "20"}
AGENTS = ("1000", "1001")
WORST_RISK = 10**9  # thousandths of a drop: each further call may cost one


def make_ratio_lab(persons: int, dropped: int = 0, **options: str) -> Driver:
    """Return a campaign with RATIO, whose persons answered until now, and a trunk."""
    lab = dialling(*AGENTS, **RATIO, dial_level_threshold_agents=0, **options)
    windows = (WindowCount(kind, 0, 2 * lab.asterisk.now, persons, dropped) for kind in DropWindow if kind != "BOTH")
    lab.world.keep(replace(lab.world.diallers["TESTCAMP"], drops=DropBudget("2026-01-01", tuple(windows))))
    return lab


def propose_thousand(lab: Driver) -> int:
    """Propose a thousand leads, and return how many calls begin."""
    open_until_us = lab.asterisk.now + HOUR_US
    for number in range(1000):
        lab.asterisk.far_ends[f"312555{number:04}"] = [(0.1, "ringing")]
    leads = (DialLead(number + 1, "101", f"312555{number:04}", open_until=open_until_us) for number in range(1000))
    lab.feed(PacingDecided("TESTCAMP", tuple(leads), ready=len(AGENTS), risk=WORST_RISK))
    return len(list_calls(lab))


@pytest.mark.parametrize(("persons", "dropped", "calls"), [(0, 0, 2), (100, 0, 5), (100, 2, 3), (400, 0, 14)])
def test_the_drop_budget_cuts_it(persons: int, dropped: int, calls: int) -> None:
    """One call for each READY agent, and each further one only if the limit of 3 % bears its drop."""
    assert propose_thousand(make_ratio_lab(persons, dropped)) == calls


def test_the_lines_of_the_trunk_cut_it() -> None:
    lab = make_ratio_lab(10_000)
    trunks = {"trunk": Trunk(id="trunk", lines=7, calls_per_second=100)}
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, trunks=trunks)))
    assert propose_thousand(lab) == 7


def test_the_calls_of_a_second_cut_it() -> None:
    lab = make_ratio_lab(10_000)
    trunks = {"trunk": Trunk(id="trunk", lines=100, calls_per_second=3)}
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, trunks=trunks)))
    assert propose_thousand(lab) == 3


def test_the_legs_of_the_node_cut_it() -> None:
    lab = make_ratio_lab(10_000)
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, max_legs=20)))
    assert propose_thousand(lab) == 15  # 85 % of 20 are 17, and the agents have two


@pytest.mark.parametrize("method", ["RATIO", "PREDICTIVE", "PROGRESSIVE"])
def test_a_decision_that_does_nothing_changes_nothing(method: str) -> None:
    lab = dialling(*AGENTS, dial_method=method)
    called(lab, RINGS_ON)
    call = called(lab, ANSWERS, 2)
    late_lead = DialLead(9, "101", "3125550109", open_until=lab.asterisk.now)
    busy = DialLead(2, "101", ANSWERS, open_until=lab.asterisk.now + HOUR_US)
    for event in (
        PacingDecided("TESTCAMP", ()),
        PacingDecided("NOSUCH", (late_lead,)),
        PacingDecided("TESTCAMP", (late_lead, busy), (call.id, "no call"), ready=7, risk=9000),
    ):
        records = deepcopy((lab.world.calls, lab.world.legs, lab.world.sessions, lab.world.diallers))
        turn = lab.feed(event)
        assert (turn.actions, list(turn.changes)) == ([], [])
        assert (lab.world.calls, lab.world.legs, lab.world.sessions, lab.world.diallers) == records
    lab.wait(3)
    assert lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP") == ""
    assert lab.world.calls[call.id].agent, "the call goes on as without these decisions"
