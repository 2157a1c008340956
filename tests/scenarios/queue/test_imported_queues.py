"""Queues of three files of app_queue, imported: a call of each reaches the member's phone, or the mobile."""

from pathlib import Path

from tests.internals.scenarios import State, as_text
from tests.internals.scenarios import queue_conversion_convert as convert
from tests.internals.scenarios import queue_source_read as read
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import ScenarioWorld

FILES = Path(__file__).parents[2] / "cli/imports"
ENDED = "SELECT status, ended_by FROM call WHERE number = ? ORDER BY arrived"


async def imported(world: ScenarioWorld, name: str, queue: str, renamed: dict[str, str] | None = None) -> None:
    """Give the in-group SALESLINE and its agents the options that the import makes of this queue."""
    queues = [one for one in read([FILES / f"{name}_queues.conf"]) if one.name == queue]
    config, _ = convert(queues, names={queue: "SALESLINE"} | (renamed or {}))
    for kind in ("ingroup", "agent"):
        for entity, options in config[kind].items():
            await world.configure(kind, entity, **{option: as_text(value) for option, value in options.items()})


async def test_an_imported_ring_group_rings_all_members(world: ScenarioWorld) -> None:
    await imported(world, "office", "orders")
    first, second = await world.on_hook("1001"), await world.on_hook("1002")
    customer = await world.customer()
    await world.phone_rings(first)
    await world.phone_rings(second)
    await world.answer(first)
    await all_talk(world, first, customer)
    await world.agent_is(second, "READY")


async def test_an_imported_queue_turns_callers_away_until_its_member_is_there(world: ScenarioWorld) -> None:
    await imported(world, "dispatch", "taxis")
    await world.nobody_is_there()
    early = await world.customer()
    await world.hears_prompt(early, "vm-nobodyavail")
    await world.is_gone(early)
    assert await world.rows(ENDED, early.name) == [("NANQUE", "no_agent_no_queue")]
    agent = await world.on_hook("1002")
    customer = await world.customer()
    await world.phone_rings(agent)
    await world.answer(agent)
    await all_talk(world, agent, customer)


async def test_an_imported_member_at_a_mobile_takes_a_call_by_a_key(world: ScenarioWorld) -> None:
    world.far_end(THIRD, answers())
    await imported(world, "helpdesk", "q-oncall", {THIRD: "1002"})
    await world.on_hook("1002")
    customer = await world.customer()
    mobile = await world.third(THIRD)
    await world.hears_prompt(mobile, "vm-press")
    assert await world.call_state(customer) == State.RINGING_AGENT
    await world.press(mobile, "1")
    await all_talk(world, mobile, customer)
