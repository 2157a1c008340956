"""Examples that tests/scenarios/scripts/test_ari_recipes.py does not have, on a real Asterisk."""

from asyncio import gather
from pathlib import Path

import pytest

from lab.sip import answer, tones
from tests.agi import own_scripts
from tests.internals.scenarios import State
from tests.scenarios.given import THIRD, all_talk
from tests.scenarios.recipes.recipes import console
from tests.scenarios.scripts.test_ari_pages import running
from tests.scenarios.scripts.test_ari_recipes import OTHER, dialplan, until_listed
from tools.simulation.call_centre import own_dialplan
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.real_world import RealWorld


async def test_an_agent_of_a_queue_brings_a_third_party_and_leaves(
    real: RealWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, own = own_scripts.example("queue_leave.conf"), real.site.folder / "own.conf"
    features = [
        line.removeprefix(";   ") for line in text.splitlines() if "applicationmap" in line or "*5,self" in line
    ]
    assert "\n".join(features) in own_dialplan.PAGE.read_text()  # which the lab has
    before = own.read_text() if own.exists() else ""
    own.write_text(before + text)
    await console(real, "dialplan reload")
    try:
        monkeypatch.setitem(own_dialplan.NUMBERS, "Queue", "8005550172")
        await real.configure("campaign", "TESTCAMP", feature_keys="Y")
        real.far_end(THIRD, answers())
        agent, customer = await real.talks_outside("Queue")
        await real.adopt(agent, by="key")
        await real.call_is(customer, State.TALKING)
        await real.press(agent, f"*1{THIRD}#")
        third = await real.third(THIRD)
        await real.hears_music(customer)
        await real.press(agent, "*4")
        await all_talk(real, agent, customer, third)
        async with real.unbroken(customer, third):
            await real.press(agent, "*3")
            await real.is_gone(agent)
        await real.call_is(customer, State.HANDED_OFF)
        await real.hang_up(customer)
    finally:
        own.write_text(before)
        await console(real, "dialplan reload")


async def test_a_softphone_leaves_its_customer_with_a_colleague(real: RealWorld, tmp_path: Path) -> None:
    real.site.far_ends[OTHER] = answer(tones.AGENT)
    real.far_end(THIRD, answers())
    await dialplan(real, "8005550173", f"Stasis(script-softphone,{OTHER})", "Hangup()")
    async with running(real, tmp_path, own_scripts.example("softphone")):
        await until_listed(real, "script-softphone")
        agent = await real.customer("8005550173")
        customer = await real.third(OTHER)
        await gather(real.hears(agent, customer), real.hears(customer, agent))
        await real.press(agent, f"*{THIRD}#")
        third = await real.third(THIRD)
        await real.hears_music(customer)
        await gather(real.hears(agent, third), real.hears(third, agent))
        await real.press(agent, "#")
        await real.is_gone(agent)
        await gather(real.hears(customer, third), real.hears(third, customer))
        await real.hang_up(customer)
        await real.is_gone(third)
