"""An exception in the running app, at twenty places of a call: the other calls are not affected."""

import asyncio
from asyncio import gather
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import warm_app
from tests.internals.scenarios import CALL_FAILED, FAILING_FUNCTIONS, TURN_FAILED, Kind, State
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre import failing_app
from tools.simulation.call_centre.failing_app import Provocation
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

FAILED = (
    "SELECT json_extract(payload, '$.input.kind'), json_extract(payload, '$.input.place'),"
    " json_extract(payload, '$.input.remedy'), call"
    " FROM journal WHERE kind = 'turn.failed' ORDER BY seq"
)


def find_function(place: str) -> tuple[str, str]:
    """Return the file and the name of the function at this place."""
    function = FAILING_FUNCTIONS[place]
    return f"{function.__module__.replace('.', '/')}.py", function.__name__


class FailingWorld(RealWorld):
    """The call centre with an app whose turns fail where a test wants it."""

    file: Path

    def provoke(self, place: str, caller: Party, times: int = 1) -> None:
        failing_app.write(self.file, Provocation(*find_function(place), caller.name, times))

    async def provoked(self) -> None:
        """Wait until the exception was raised."""

        async def find() -> bool | None:
            return not self.file.exists() or None

        await self.until(find, "an exception is to be provoked")

    def _no_traceback(self) -> None:
        log = (self.site.folder / "log/warmline.log").read_text().splitlines()
        assert all("ProvokedError" in line for line in log if "Traceback" in line)


@pytest.fixture(scope="module")
def failing_site(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabSite]:
    """Provide a separate lab with the failing app. Its journal is replayed at the end."""
    folder = tmp_path_factory.mktemp("failing")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setitem(warm_app.MODULES, "serve", failing_app.__name__)
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
        monkeypatch.setenv(failing_app.VARIABLE, str(folder / "provoke.json"))
        opened = LabSite(folder)
        try:
            runner.run(opened.open())
            yield opened
        finally:
            runner.run(opened.close())


@pytest.fixture
def failing(runner: asyncio.Runner, failing_site: LabSite) -> Iterator[FailingWorld]:
    world = FailingWorld(failing_site)
    world.file = failing_site.folder.parent / "provoke.json"
    world.patience = 10.0  # the app checks each function call while it waits for the place
    yield world
    world.file.unlink(missing_ok=True)
    try:
        runner.run(world.close())
    except BaseException:
        runner.run(failing_site.renew())
        raise


class Stage(NamedTuple):
    """Provide two uninvolved parties who talk, and the agent of the failing call."""

    world: FailingWorld
    others: tuple[Party, Party]
    agent: Party


async def set_up(world: FailingWorld) -> Stage:
    """Connect two parties; their sound is not mixed unless `campaign_recording` records all calls."""
    fellow = await world.agent("1001")
    other = await world.customer()
    await world.call_is(other, State.TALKING)
    await all_talk(world, fellow, other)
    return Stage(world, (fellow, other), await world.agent())


async def talking(stage: Stage) -> Party:
    customer = await stage.world.customer()
    await stage.world.call_is(customer, State.TALKING)
    await all_talk(stage.world, stage.agent, customer)
    return customer


async def with_third(stage: Stage, customer: Party) -> Party:
    stage.world.far_end(THIRD, answers())
    assert await stage.world.ask(Kind.DIAL_WITH_CUSTOMER, stage.agent, THIRD) == ""
    third = await stage.world.third(THIRD)
    await stage.world.call_is(customer, State.THREE_WAY)
    await all_talk(stage.world, stage.agent, customer, third)
    return third


Provoke = Callable[[Party], None]
Act = Callable[[Stage, Provoke], Awaitable[Party]]


async def arrives(stage: Stage, provoke: Provoke) -> Party:
    """Let a caller arrive and reach the agent."""
    provoke(Party(f"3125550{stage.world.site.customers + 1:03}"))
    customer = await stage.world.customer()
    await stage.world.provoked()
    await stage.world.call_is(customer, State.TALKING)
    await all_talk(stage.world, stage.agent, customer)
    return customer


async def park(stage: Stage, provoke: Provoke) -> Party:
    """Check that the agent's command is refused, nothing has changed, and the next command is done."""
    customer = await talking(stage)
    provoke(customer)
    assert await stage.world.ask(Kind.PARK_CUSTOMER, stage.agent) == TURN_FAILED.text()
    await all_talk(stage.world, stage.agent, customer)
    assert await stage.world.ask(Kind.PARK_CUSTOMER, stage.agent) == ""
    await stage.world.hears_music(customer)
    return customer


async def parked(stage: Stage, provoke: Provoke) -> Party:
    """The command was accepted; the event that confirms it fails, and Asterisk's snapshot confirms it again."""
    customer = await talking(stage)
    provoke(customer)
    assert await stage.world.ask(Kind.PARK_CUSTOMER, stage.agent) == ""
    await stage.world.hears_music(customer)
    await stage.world.call_is(customer, State.PARKED)
    return customer


async def dial(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    provoke(customer)
    assert await stage.world.ask(Kind.DIAL_WITH_CUSTOMER, stage.agent, THIRD) == TURN_FAILED.text()
    await with_third(stage, customer)
    return customer


async def third_answers(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    provoke(customer)
    await with_third(stage, customer)
    return customer


async def third_hangs_up(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    third = await with_third(stage, customer)
    provoke(customer)
    await stage.world.hang_up(third)
    await stage.world.provoked()
    await stage.world.call_is(customer, State.TALKING)
    await all_talk(stage.world, stage.agent, customer)
    return customer


async def leave(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    third = await with_third(stage, customer)
    provoke(customer)
    assert await stage.world.ask(Kind.LEAVE_3WAY_CALL, stage.agent) == ""
    await stage.world.call_is(customer, State.HANDED_OFF)
    await all_talk(stage.world, customer, third)
    await stage.world.silent_to(stage.agent, customer)
    return customer


async def hangs_up(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    provoke(customer)
    await stage.world.hang_up(customer)
    await stage.world.provoked()
    await stage.world.agent_is(stage.agent, "DISPO")
    return customer


async def holds(stage: Stage, provoke: Provoke) -> Party:
    customer = await talking(stage)
    provoke(customer)
    await stage.world.hold(customer)
    await stage.world.provoked()
    await stage.world.hold(customer, on=False)
    await all_talk(stage.world, stage.agent, customer)
    return customer


PLACES: dict[str, Act] = {
    "arrive": arrives,
    "matched": arrives,
    "joined": arrives,
    "converge": arrives,
    "connected": arrives,
    "agent_joined": arrives,
    "started": arrives,
    "dispatch": park,
    "begin": park,
    "complete": parked,
    "left": parked,
    "third_party": dial,
    "originate": dial,
    "reaches": third_answers,
    "third_answered": third_answers,
    "gone": third_hangs_up,
    "transition": third_hangs_up,
    "hand_off": leave,
    "release": leave,
    "held": holds,
    "leg_gone": hangs_up,
    "customer_gone": hangs_up,
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_failed_turn_is_not_heard_by_other_parties(failing: FailingWorld, place: str) -> None:
    if place in ("agent_joined", "started"):
        await failing.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    stage = await set_up(failing)
    before = len(await failing.rows(FAILED))
    async with failing.unbroken(*stage.others):
        customer = await PLACES[place](stage, lambda caller: failing.provoke(place, caller))
        await failing.provoked()
    [(kind, line, remedy, _)] = (await failing.rows(FAILED))[before:]
    print(f"{line} ({kind}): {remedy}; the call of {customer} is {await failing.call_state(customer) or 'over'}")
    file, function = find_function(place)
    assert line.startswith(f"{file}:") and line.endswith(f" {function}") and remedy == "reconcile"
    if await failing.call_state(customer) not in (None, State.ENDED):
        assert await failing.order(Kind.END_CALL, customer) == ""
    await failing.ended(customer)


@pytest.mark.fault(
    "a bug: an exception in the core, at any place",
    "nothing; in the call that fails, a command must be repeated; after a second failure, its caller is at the "
    "fallback",
    "a row `turn.failed`; a refused command has a cause, a closed call has `ended_by` error",
)
async def test_a_call_that_fails_twice_goes_to_the_fallback_and_no_other_call_is_affected(
    failing: FailingWorld,
) -> None:
    stage = await set_up(failing)
    before = len(await failing.rows(FAILED))
    async with failing.unbroken(*stage.others):
        customer = await talking(stage)
        third = await with_third(stage, customer)
        failing.provoke("converge", customer, times=2)
        await failing.hang_up(third)
        await failing.provoked()
        await failing.agent_is(stage.agent, "DISPO")
        await gather(failing.silent_to(stage.agent, customer), failing.silent_to(customer, stage.agent))
        assert await failing.call_state(customer) is None
    failed = (await failing.rows(FAILED))[before:]
    assert [remedy for _, _, remedy, _ in failed] == ["reconcile", "fallback"]
    assert (await failing.fallback(customer))["reason"] == CALL_FAILED.text()
    told = (await failing.ended(customer)).call
    assert told and told["ended_by"] == "error"
    assert await failing.ask(Kind.STATUS, stage.agent, status="A") == ""
    following = await talking(stage)
    await failing.hang_up(following)
