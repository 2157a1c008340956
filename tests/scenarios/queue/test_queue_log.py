"""A call, as a reader of Asterisk's queue_log finds it."""

from pathlib import Path

from tests.internals.scenarios import UNIQUEID, CallStory, advance, folder_of
from tests.scenarios.given import in_talking
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_report_finds_the_call(world: ScenarioWorld) -> None:
    file = folder_of(world.database) / "queue_log"
    by_app = isinstance(world, RealWorld)
    if not by_app:
        advance(str(world.database), file)
    agent, customer = await in_talking(world)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    story = await world.ended(customer)
    if not by_app:
        advance(str(world.database), file)
    unique, phone = unique_of(story), next(leg["id"] for leg in story.legs if leg["role"] == "agent")

    async def found() -> list[list[str]] | None:
        lines = [line.split("|") for line in lines_of(file)]
        own = [fields[2:] for fields in lines if fields[1] == unique]
        return own if len(own) == 3 else None

    came, connected, over = await world.until(found, f"three lines of {unique}")
    assert came == ["SALESLINE", "NONE", "ENTERQUEUE", "", customer.name, "1"]
    assert connected == ["SALESLINE", "Agent/1000", "CONNECT", connected[3], phone, connected[5]]
    assert over == ["SALESLINE", "Agent/1000", "COMPLETECALLER", over[3], over[4], "1"]
    seconds = [connected[3], connected[5], over[3], over[4]]  # waited, rung, waited, talked
    assert all(text.isdigit() and int(text) < 60 for text in seconds) and connected[3] == over[3]


def unique_of(story: CallStory) -> str:
    """Return the name of the caller's channel, from Asterisk."""
    customer = next(leg["id"] for leg in story.legs if leg["role"] == "customer")
    assert story.call
    return str(customer if UNIQUEID.fullmatch(customer) else story.call["id"])


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
