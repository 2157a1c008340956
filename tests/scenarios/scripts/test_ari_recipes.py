"""The ARI scripts of examples on a real Asterisk."""

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from lab.sip import answer, tones
from tests.agi import own_scripts
from tests.free_port import free_port
from tests.scenarios.given import THIRD
from tests.scenarios.scripts.test_ari_pages import running
from tools.simulation.call_centre.far_ends import BUSY
from tools.simulation.call_centre.real_world import RealWorld

CONFERENCE, CLICK, ANNOUNCE, MENU = map(own_scripts.example, ("conference", "click_to_call", "announce", "phone_menu"))
OTHER = "4930555888"


async def dialplan(world: RealWorld, number: str, *steps: str) -> None:
    for at, step in enumerate(steps, 1):
        await world._extend(f'"{number},{at},{step}" into from-trunk')


async def until_listed(world: RealWorld, name: str) -> None:
    """Wait until Asterisk knows the application. No other test has one of this name."""

    async def listed() -> bool | None:
        return any(one["name"] == name for one in await world.site.ari("applications")) or None

    await world.until(listed, f"{name} is to be connected")


async def test_callers_with_the_pin_meet_in_a_conference(
    real: RealWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONFERENCE_PIN", "4711")
    steps = re.findall(r"^#   (?:exten => 8005550170,1| same => n),(.*)", CONFERENCE, re.MULTILINE)
    await dialplan(real, "8005550170", *steps)
    async with running(real, tmp_path, CONFERENCE):
        await until_listed(real, "script-conference")
        one, other, third = [await real.customer("8005550170") for _ in range(3)]
        for caller in (one, other, third):
            await real.hears_sound(caller, "conf-getpin")
        await real.press(third, "0815#")
        await real.hears_sound(third, "conf-invalidpin")
        await real.press(one, "4711#")
        await real.press(other, "4711#")
        await asyncio.gather(real.hears(one, other), real.hears(other, one))
        await real.press(third, "4711#")
        await asyncio.gather(real.hears(one, other, third), real.hears(third, one, other))
        await real.hang_up(one)
        await asyncio.gather(real.hears(other, third), real.hears(third, other))


async def test_a_click_joins_a_user_and_a_customer(
    real: RealWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("CLICK_PORT", str(port))
    monkeypatch.setenv("CLICK_TOKEN", "secret")
    real.site.far_ends[THIRD] = answer(tones.THIRD)
    real.site.far_ends[OTHER] = answer(tones.CUSTOMER)
    async with running(real, tmp_path, CLICK), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        await until_listed(real, "script-click")

        async def click(number: str, token: str) -> tuple[int, str]:
            query = {"own": THIRD, "number": number}
            async with http.post("/click", params=query, headers={"Token": token}) as response:
                return response.status, await response.text()

        await real.until(lambda: open_port(port), "the script is to listen")
        assert (await click(OTHER, "guess"))[0] == 403
        asked = asyncio.create_task(click(OTHER, "secret"))
        user, customer = await real.third(THIRD), await real.third(OTHER)
        await asyncio.gather(real.hears(user, customer), real.hears(customer, user))
        await real.hang_up(customer)
        await real.is_gone(user)
        assert await asked == (200, f"{OTHER}: answered")
        real.far_end(OTHER, BUSY)
        assert await click(OTHER, "secret") == (200, f"{OTHER}: busy")
        await real.is_gone(await real.third(THIRD))


async def open_port(port: int) -> bool | None:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return None
    writer.close()
    return True


async def test_a_running_call_of_an_agent_hears_an_announcement(real: RealWorld, tmp_path: Path) -> None:
    agent = await real.agent("1000")
    customer = await real.customer()
    await asyncio.gather(real.hears(agent, customer), real.hears(customer, agent))
    await asyncio.gather(real.is_silent(agent), real.is_silent(customer))  # a voice would hide the words
    async with running(real, tmp_path, ANNOUNCE, customer.name, "vm-goodbye") as output:
        await asyncio.gather(real.hears_sound(agent, "vm-goodbye"), real.hears_sound(customer, "vm-goodbye"))
        assert await output.read() == b""
    await asyncio.gather(real.speaks(agent), real.speaks(customer))
    await asyncio.gather(real.hears(agent, customer), real.hears(customer, agent))
    async with running(real, tmp_path, ANNOUNCE, "3125550999", "vm-goodbye") as output:
        assert await output.read() == b"3125550999 is in no call\n"
    await real.hang_up(customer)


async def test_a_menu_takes_calls_without_a_dialplan(real: RealWorld, tmp_path: Path) -> None:
    agent = await real.agent("1000")
    async with running(real, tmp_path, MENU):
        await until_listed(real, "script-menu")
        await dialplan(real, "8005550171", "Goto(stasis-script-menu,8005550171,1)")
        caller = await real.customer("8005550171")
        await real.hears_sound(caller, "vm-press")
        await real.press(caller, "2")
        await real.hears_sound(caller, "vm-nobodyavail")
        await real.press(caller, "1")
        await asyncio.gather(real.hears(agent, caller), real.hears(caller, agent))
        await real.hang_up(caller)
