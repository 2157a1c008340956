"""The journal of a campaign that dials more leads than it has READY agents replays without a difference."""

import random
from pathlib import Path

import pytest

from lab import configure
from tests.core.dialler.lead_stage import ANSWERS, BUSY, RINGS_ON, list_calls
from tests.core.dialler.test_properties import take_step
from tests.soak import examples
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.store.journal.replay import replay

AGENTS, PERSONS, STEPS = ("1000", "1001"), 36, 40
HOUR = 3_600_000_000
KINDS = "propose propose propose wait wait wait pause resume lost login hang-up caller app end give-up"
OPTIONS = {
    "auto_dial_level": "3",
    "dial_level_threshold_agents": "0",
    "campaign_cid": "3125550199",
    "safe_harbor_audio": "sorry-nobody",
    "login_state": "READY",
    "dial_template": "PJSIP/{number}@trunk",
}


def persons(lab: RecordedDriver) -> None:
    """Let so many persons talk that the budget bears a drop."""
    for serial in range(PERSONS):
        propose(lab, serial, (ANSWERS,))
        lab.wait(2.5)
        for user in AGENTS:
            lab.ask(Kind.HANGUP, user)
            lab.ask(Kind.STATUS, user, status="SALE")


def propose(lab: RecordedDriver, serial: int, numbers: tuple[str, ...]) -> None:
    """Propose leads with figures of the pacing, which the core only records."""
    until = lab.asterisk.now + HOUR
    leads = (DialLead(serial * 10 + place, "101", number, open_until=until) for place, number in enumerate(numbers))
    lab.feed(PacingDecided("TESTCAMP", tuple(leads), (), ready=2, in_flight=serial % 3, threshold=serial, risk=500))


@pytest.mark.parametrize("seed", range(examples(1, by_night=2)))
@pytest.mark.parametrize("method", ["RATIO", "PREDICTIVE"])
def test_a_day_of_the_dialler_is_the_same_again(tmp_path: Path, method: str, seed: int) -> None:
    path, draw = tmp_path / "warmline.db", random.Random(seed)  # noqa: S311 - a test
    configure.fill(path, [("campaign", "TESTCAMP", {**OPTIONS, "dial_method": method})])
    lab = RecordedDriver(path)
    for user in AGENTS:
        lab.log_in(user)
    assert lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP") == ""
    persons(lab)
    propose(lab, PERSONS, (RINGS_ON, "8503", BUSY))
    assert lab.world.lead_calls.count_without_agent("TESTCAMP") > len(AGENTS), (
        "more leads were dialled than agents are READY"
    )
    for serial in range(PERSONS + 1, PERSONS + STEPS):
        step, value = draw.choice(KINDS.split()), draw.randrange(30)
        if step == "propose":
            propose(lab, serial, (RINGS_ON, ANSWERS, BUSY, "8503", "8500"))
        elif step == "app":
            lab.die()
            lab.come_back()
        else:
            take_step(lab, step, value)
    assert len(list_calls(lab)) > PERSONS
    lab.close()
    again = replay(path)
    assert (again.differences, again.stopped) == ([], "")
