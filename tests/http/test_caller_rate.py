"""The callers whom the pacing expects: those of the last ten minutes, shared between the campaigns that serve them."""

import dataclasses
from pathlib import Path

import pytest

from ari_app.dialler.caller_rate import WINDOW, CallerRate
from tests.http.test_pulse import CALL, NOON, SESSION, Stage, db
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.session import AfterCall
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.replace import replace
from warmline.core.rules.configuration import Campaign, Ingroup, Rules
from warmline.core.world.world import World

__all__ = ["db"]  # the fixture

TEN_MINUTES = 600.0  # seconds
MINUTE = 60_000_000
CALLER = replace(CALL, direction=Direction.IN, origin=Origin.CALLER, state=State.WAITING, ingroup="HELP", arrived=NOON)


def site(**agents: str) -> World:
    """Return a world in which these agents, each with a campaign, serve the in-group HELP."""
    world = World()
    world.rules = Rules(ingroups={"HELP": Ingroup(id="HELP")})
    for agent, campaign in agents.items():
        world.keep(replace(SESSION, id=agent, agent=agent, campaign=campaign, ingroups=("HELP",)))
    return world


def come(world: World, *names: str, at: int = NOON) -> None:
    for name in names:
        world.keep(replace(CALLER, id=name, arrived=at))


def test_a_caller_counts_once_and_for_ten_minutes() -> None:
    world, rate = site(a="SALES"), CallerRate()
    come(world, "one", "two")
    for _ in range(3):
        rate.follow(world, NOON)
    assert rate.per_second(world, "SALES") == pytest.approx(2 / TEN_MINUTES)
    world.calls.clear()
    rate.follow(world, NOON + 1)
    assert rate.per_second(world, "SALES") == pytest.approx(2 / TEN_MINUTES), "callers who have left count, too"
    rate.follow(world, NOON + WINDOW)
    assert rate.per_second(world, "SALES") == 0


def test_callers_are_shared_between_campaigns_by_their_agents() -> None:
    world, rate = site(a="SALES", b="SALES", c="OTHER"), CallerRate()
    come(world, "one", "two", "three")
    rate.follow(world, NOON)
    assert rate.per_second(world, "SALES") == pytest.approx(2 / TEN_MINUTES)
    assert rate.per_second(world, "OTHER") == pytest.approx(1 / TEN_MINUTES)
    assert rate.per_second(world, "THIRD") == 0


def test_leads_and_calls_without_an_in_group_are_no_callers() -> None:
    world, rate = site(a="SALES"), CallerRate()
    world.keep(replace(CALLER, id="dialled", direction=Direction.OUT))
    world.keep(replace(CALLER, id="direct", ingroup=""))
    rate.follow(world, NOON)
    assert rate.per_second(world, "SALES") == 0


async def test_the_pacer_of_a_campaign_expects_callers(db: Path) -> None:
    stage = Stage(db)
    stage.world.rules = dataclasses.replace(stage.world.rules, ingroups={"HELP": Ingroup(id="HELP")})
    stage.world.keep(replace(SESSION, ingroups=("HELP",)))
    come(stage.world, "one", "two", "three")
    await stage.beats()
    pacer = stage.pulse._pacers._paced["SALES"].pacer
    assert pacer.callers_per_second == pytest.approx(3 / TEN_MINUTES)
    assert (pacer.holds_agents, pacer.outranking_per_second) == (True, 0), "these callers wait for the end of a ring"


async def test_the_pacer_knows_the_callers_who_outrank_the_leads(db: Path) -> None:
    stage = Stage(db)
    ingroups = {"HELP": Ingroup(id="HELP", queue_priority=51), "SAME": Ingroup(id="SAME")}
    stage.world.rules = dataclasses.replace(stage.world.rules, ingroups=ingroups)
    stage.world.keep(replace(SESSION, ingroups=("HELP", "SAME")))
    come(stage.world, "one", "two")
    stage.world.keep(replace(CALLER, id="three", ingroup="SAME"))
    await stage.beats()
    pacer = stage.pulse._pacers._paced["SALES"].pacer
    assert pacer.callers_per_second == pytest.approx(3 / TEN_MINUTES)
    assert pacer.outranking_per_second == pytest.approx(2 / TEN_MINUTES)


@pytest.mark.parametrize(("priority", "served"), [(51, True), (50, True), (51, False)])
def test_rare_callers_who_outrank_are_expected_for_two_hours(priority: int, served: bool) -> None:
    world, rate = site(a="SALES", c="OTHER"), CallerRate()
    world.rules = Rules(ingroups={"HELP": Ingroup(id="HELP", queue_priority=priority)})
    campaign, expected = "SALES" if served else "THIRD", 2 * (served and priority > 50)  # two of four callers
    come(world, "one", "two", "three", "four")
    for minutes, period in ((0, 10), (9, 10), (40, 40), (119, 119), (120, 120)):
        rate.follow(world, NOON + minutes * MINUTE)
        found = rate.outranking_per_second(world, campaign, 50)
        assert found == pytest.approx(expected / (60 * period) if minutes < 120 else 0), minutes


async def test_the_pacing_goes_on_one_to_one_while_an_agent_pauses_after_the_ring(db: Path) -> None:
    for pauses, method in ((False, DialMethod.RATIO), (True, DialMethod.PROGRESSIVE)):
        stage = Stage(db)
        stage.world.rules = Rules(campaigns={"SALES": Campaign(id="SALES", dial_method="RATIO")})
        stage.ready("1000", "1001")
        stage.world.keep(replace(SESSION, id="1000", agent="1000", after_call=AfterCall(pause=pauses)))
        await stage.beats()
        pacer = stage.pulse._pacers._paced["SALES"].pacer
        assert (pacer.rules.dial_method, stage.halts) == (method, [])
        assert pacer.agents["1000"].activity is (AgentActivity.PAUSED if pauses else AgentActivity.READY)
