"""The record of the dialler counts persons, and calls beyond the READY agents depend on it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import restarted
from tests.core.dialler.lead_stage import ANSWERS, RINGS_ON, called, dialling, goes, lead, propose
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import PacingDecided
from warmline.core.model.dialler import DropWindow, WindowCount
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Disposition

RATIO = {"dial_method": "RATIO", "auto_dial_level": "3", "dial_level_threshold_agents": 1}
CODES = {code: Disposition(id=code, human_answered=human) for code, human in (("NI", "Y"), ("A", "N"))}


def make_lab_with_codes(*agents: str, **campaign: Any) -> Driver:
    """Return a dialling campaign with a code for persons, NI, and one for machines, A."""
    lab = dialling(*agents, **campaign)
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, dispositions=CODES)))
    return lab


def get_period(lab: Driver) -> WindowCount:
    """Return the counts of the current period."""
    [window] = lab.world.diallers["TESTCAMP"].drops.get_limited_windows(DropWindow.PERIOD)
    return window


def get_counts(lab: Driver) -> tuple[int, int, int]:
    """Return the persons answered, dropped, and dropped by a fault, which every window has counted alike."""
    drops = lab.world.diallers["TESTCAMP"].drops
    [counts] = {(window.answered, window.dropped, window.dropped_by_fault) for window in drops.windows}
    return counts


def talk_to_lead(lab: Driver, code: str, serial: int = 1) -> None:
    """Let an agent talk with a lead, and give this code."""
    call = called(lab, ANSWERS, serial)
    lab.wait(2.5)
    lab.hang_up(call.customer or "")
    assert lab.ask(Kind.STATUS, status=code) == ""


def drop_lead(lab: Driver) -> None:
    """Let a lead answer while its agent is paused."""
    called(lab, ANSWERS)
    goes(lab)
    lab.wait(4.5)


def put_persons(lab: Driver, answered: int, dropped: int = 0) -> None:
    """Put counts into each window of the record."""
    dialler = lab.world.diallers["TESTCAMP"]
    windows = tuple(replace(window, answered=answered, dropped=dropped) for window in dialler.drops.windows)
    lab.world.keep(dialler.with_drops(windows=windows))


def test_a_person_counts_by_the_code_of_the_agent() -> None:
    lab = make_lab_with_codes("1000")
    talk_to_lead(lab, "A")
    assert get_counts(lab) == (0, 0, 0)
    talk_to_lead(lab, "NI", 2)
    assert get_counts(lab) == (1, 0, 0)


def test_a_dropped_lead_counts_once_as_answered_and_dropped() -> None:
    lab = make_lab_with_codes("1000")
    drop_lead(lab)
    assert get_counts(lab) == (1, 1, 0)
    lab.wait(60)
    assert get_counts(lab) == (1, 1, 0)


def test_a_drop_that_a_fault_caused_counts_apart_too() -> None:
    lab = make_lab_with_codes("1000")
    called(lab, ANSWERS)
    goes(lab)
    lab.wait(2.5)
    asterisk_dies(lab)
    comes_back(lab)
    assert get_counts(lab) == (1, 1, 1)


def test_the_counts_survive_a_restart() -> None:
    lab = make_lab_with_codes("1000")
    talk_to_lead(lab, "NI")
    drops = lab.world.diallers["TESTCAMP"].drops
    assert restarted(lab).world.diallers["TESTCAMP"].drops == drops
    assert drops.first_day and get_period(lab).begins < lab.asterisk.now < get_period(lab).ends


def dial_leads(lab: Driver, proposed: int, risk: int = 0) -> int:
    """Propose so many leads that only ring, and return how many calls ring."""
    leads = tuple(lead(lab, f"{RINGS_ON}{serial:04d}", serial + 100) for serial in range(proposed))
    lab.asterisk.far_ends |= {lead_to_dial.number: [(0.1, "ringing")] for lead_to_dial in leads}
    lab.feed(PacingDecided("TESTCAMP", leads, risk=risk))
    return lab.world.lead_calls.count_without_agent("TESTCAMP")


def test_a_campaign_above_its_limit_dials_one_lead_for_each_ready_agent() -> None:
    lab = make_lab_with_codes("1000", "1001", **RATIO)
    talk_to_lead(lab, "NI")
    put_persons(lab, 100, 4)
    assert dial_leads(lab, 1000) == 2


@pytest.mark.parametrize(
    ("options", "needs", "setting"),
    [
        ({"safe_harbor_audio": ""}, "a message for dropped leads", "safe_harbor_audio=SOUND"),
        ({"drop_action": "IN_GROUP"}, "an in-group for dropped leads", "drop_inbound_group=INGROUP"),
    ],
)
def test_a_campaign_without_a_place_for_dropped_leads_is_not_started(
    options: dict[str, str], needs: str, setting: str
) -> None:
    lab = dialling("1000")
    lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    lab.configure("campaigns", "TESTCAMP", **options)
    reason = reasons.DIALLER_NEEDS.text(campaign="TESTCAMP", needs=needs, set=setting)
    assert lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP") == reason


def test_a_refused_call_beyond_the_ready_agents_has_its_reason() -> None:
    lab = make_lab_with_codes("1000", **RATIO)
    called(lab, RINGS_ON)
    turn = propose(lab, lead(lab, "8503", 9))
    [note] = turn.notes
    assert note.endswith(reasons.DROP_BUDGET.text(campaign="TESTCAMP", limit="3"))
