"""Hooks on a real Asterisk: callers are served whatever the hooks do, and good answers decide."""

import asyncio
from pathlib import Path

from tests.hooks.folder import Hooks
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.store.calls.call_story import CallStory

LIMIT = 120.0  # seconds
HEAD = "import os, time\n\n\n"
BAD = {
    "time.sleep(60)": "no answer within ",
    "raise ValueError('no CRM')": "raised ValueError: no CRM",
    "return 'nonsense'": "the answer is of type str",
    "os.fork(); time.sleep(60)": "no answer within ",
    "[bytearray(1 << 28) for _ in range(99)]": "raised MemoryError",
    "os.kill(os.getpid(), 9)": "the process was ended by signal 9",
}


def both(body: str) -> str:
    """Return a file with both hooks, which do the same."""
    return f"{HEAD}def before_route(caller, route):\n    {body}\n\n\ndef choose_agent(call, agents):\n    {body}\n"


async def write(hooks: Hooks, text: str) -> None:
    """Write the file, and wait until the worker has loaded it."""
    hooks.write("mine.py", text)
    assert (await asyncio.to_thread(hooks.ask, 10.0, "list"))["ok"]


async def one_call(world: RealWorld, agent: Party) -> CallStory:
    """Let a customer call and talk to the agent; return the records of the call."""
    customer = await world.customer()
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    found = await world.ended(customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await world.agent_is(agent, "READY")
    return found


async def scenario(site: LabSite, hooks: Hooks) -> None:
    world = RealWorld(site)
    world.patience = 15.0
    await world.configure("ingroup", "SALESLINE", choose_agent_hook="Y")
    await world.configure("setting", "warmline", hook_deadline="1000")  # for a busy machine
    agent = await world.agent("1000")
    for body, why in BAD.items():
        await write(hooks, both(body))
        story = await one_call(world, agent)
        assert story.call
        [line] = [line for line in story.call["why"] if line.startswith("before_route: ")]
        assert why in line
        assert why in story.waits[0]["why"], (body, story.waits[0]["why"])
    other = await world.agent("1001")
    await write(
        hooks,
        f"{HEAD}def before_route(caller, route):\n    return route.change(priority=7, data={{'crm': 'gold'}})\n\n\n"
        "def choose_agent(call, agents):\n    return agents[-1].choose(call.caller.data['crm'])\n",
    )
    story = await one_call(world, other)
    assert story.call and story.call["data"] == [["crm", "gold"]]
    assert story.waits[0]["priority"] == 7
    assert story.waits[0]["why"] == "choose_agent: mine.py: agent 1001 because gold"
    await world.close()


def test_callers_are_served_beside_any_hooks(short_path: Path) -> None:
    async def main() -> None:
        site = LabSite(short_path)
        await site.open()
        try:
            folder = site.folder / "hooks.d"
            await asyncio.to_thread(folder.mkdir, 0o755)
            await site.add_setting(f'hooks = "{folder}"')
            hooks = Hooks(folder, site.folder / "run/hook-log")
            hooks.path = f"{site.folder}/run/hooks"
            await asyncio.wait_for(scenario(site, hooks), LIMIT)
        finally:
            await site.close()

    asyncio.run(main())
