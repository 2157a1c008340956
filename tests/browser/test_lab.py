"""The address and the logins that `make lab` prints work at once: an agent takes a call, and a supervisor logs in."""

import asyncio
import re
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import expect

from lab import instance
from tests.browser.stage import Person, Stage
from tools.simulation.call_centre.command_line import WARMLINE

LINES = {
    "workspace": re.compile(r"^workspace +(\S+)/workspace/$", re.MULTILINE),
    "agent": re.compile(r"^agent +user agent, password (\S+)$", re.MULTILINE),
    "supervisor": re.compile(r"^supervisor +user supervisor, password (\S+)$", re.MULTILINE),
}


async def test_a_newcomer_takes_a_call_and_another_lab_does_not_log_them_out(stage: Stage, short_path: Path) -> None:
    ben = await stage.person("ben")
    async with started(short_path / "lab") as printed:
        url, password, of_supervisor = (line[1] for form in LINES.values() if (line := form.search(printed)))
        page = await ben.context.new_page()
        agent = Person(stage, ben.driver, ben.context, page, url)
        await page.goto(f"{url}/workspace/")
        await agent.log_in("agent", password)
        await page.locator("#do-start").click()
        await expect(page.get_by_text("Waiting for a call")).to_be_visible()
        async with command("lab", "call", "--dir", str(short_path / "lab")) as customer:
            await expect(page.get_by_text("Talking", exact=True)).to_be_visible()
            await expect(page.get_by_text("4930555777").first).to_be_visible()
            await page.keyboard.press("h")
            assert await customer.wait() == 0
        await expect(page.get_by_text("How did it go?")).to_be_visible()
        await page.keyboard.press("1")
        await expect(page.get_by_text("Waiting for a call")).to_be_visible()
        assert await ben.knows("ben"), "a browser shares the cookies of all ports"

        sam = await stage.person(url=url)
        await sam.log_in("supervisor", of_supervisor)
        await sam.logged_in("supervisor")


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[str]:
    """Start a lab as a newcomer does, and provide what the command prints; the lab is gone at the end."""
    try:
        async with command("lab", "up", "--dir", str(folder)) as up:
            printed, complaint = await up.communicate()
            assert (up.returncode, complaint) == (0, b"")
        yield printed.decode()
    finally:
        await asyncio.to_thread(instance.down, folder)


@asynccontextmanager
async def command(*words: str) -> AsyncIterator[Process]:
    """Provide a running command of Warmline; it has ended at the end."""
    process = await asyncio.create_subprocess_exec(*WARMLINE, *words, stdout=PIPE, stderr=PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
