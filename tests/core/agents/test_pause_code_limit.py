"""The time limit of a pause code: the pause goes on, and an event says that it is overdue."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.agents import agent_time_limits
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.rules.configuration import PauseCode
from warmline.store.events.public_records import PublicAgent
from warmline.store.events.turn_events import events_of

SECOND_US = 1_000_000
OVERDUE = "agent.pause_overdue"


class Paused:
    """An agent who is PAUSED with a code whose limit is 60 s, and the types of the events about the agent since."""

    def __init__(self, **campaign: Any) -> None:
        codes = {"LUNCH": PauseCode(id="LUNCH", time_limit=60), "TEA": PauseCode(id="TEA")}
        self.lab = Driver(replace(demo_rules(**campaign), pause_codes=codes))
        self.lab.log_in("1000")
        self.told: list[str] = []
        self.listen(self.lab)
        self.lab.ask(Kind.PAUSE, pause_code="LUNCH")

    def listen(self, lab: Driver) -> None:
        def note(_event: object, turn: object, _base: object) -> None:
            self.told += [kind for kind, public in events_of(turn) if isinstance(public, PublicAgent)]  # type: ignore[arg-type]

        lab.record = note  # type: ignore[assignment]

    def limit(self, lab: Driver | None = None) -> int | None:
        """Return the seconds from the beginning of the state to the limit."""
        lab = lab or self.lab
        limit_us = agent_time_limits.find_pause_limit_us(lab.session(), lab.world.rules)
        return None if limit_us is None else (limit_us - lab.session().since) // SECOND_US


@pytest.fixture
def paused() -> Paused:
    """Provide an agent who has just paused."""
    return Paused()


def test_a_pause_over_its_limit_goes_on_and_is_told_once(paused: Paused) -> None:
    assert paused.limit() == 60
    paused.lab.wait(59)
    assert not paused.lab.session().overdue and paused.told == ["agent.paused"]
    paused.lab.wait(200)
    session = paused.lab.session()
    assert (session.state, session.pause_code, session.overdue) == (AgentState.PAUSED, "LUNCH", True)
    assert paused.told == ["agent.paused", OVERDUE]
    paused.lab.ask(Kind.RESUME)
    assert not paused.lab.session().overdue and paused.limit() is None
    paused.lab.ask(Kind.PAUSE, pause_code="LUNCH")
    paused.lab.wait(61)
    assert paused.told[2:] == ["agent.ready", "agent.paused", OVERDUE]


def test_another_code_begins_a_limit_of_its_own(paused: Paused) -> None:
    paused.lab.wait(50)
    paused.lab.ask(Kind.PAUSE, pause_code="TEA")
    assert paused.limit() is None
    paused.lab.wait(500)
    paused.lab.ask(Kind.PAUSE, pause_code="LUNCH")
    paused.lab.wait(59)
    assert paused.limit() == 60 and OVERDUE not in paused.told


def test_the_limit_of_the_campaign_still_ends_the_pause() -> None:
    paused = Paused(pause_max=90)
    paused.lab.wait(89)
    assert paused.told == ["agent.paused", OVERDUE]
    paused.lab.wait(2)
    assert paused.lab.world.sessions == {}


@pytest.mark.parametrize("seconds_before", [20, 70])
def test_the_limit_holds_over_a_restart(paused: Paused, seconds_before: int) -> None:
    paused.lab.wait(seconds_before)
    restarted_lab = restarted(paused.lab)
    paused.listen(restarted_lab)
    restarted_lab.wait(100 - seconds_before)
    assert restarted_lab.session().overdue and paused.told.count(OVERDUE) == 1


def test_a_new_limit_applies_to_current_pauses(paused: Paused) -> None:
    paused.lab.wait(30)
    paused.lab.configure("pause_codes", "LUNCH", time_limit=20)
    paused.lab.wait(1)
    assert paused.told == ["agent.paused", OVERDUE]
    paused.lab.feed(ev.ConfigurationChanged(replace(paused.lab.world.rules, pause_codes={})))
    paused.lab.wait(1)
    assert paused.limit() is None and paused.lab.session().state is AgentState.PAUSED
