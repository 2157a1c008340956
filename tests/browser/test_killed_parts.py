"""Parts of the app, and Asterisk, are killed under a page in a call: the page says so, and is right again by itself."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import expect

from lab import app_parts, instance, process
from lab.sip import SipCall, tones
from lab.sip.hearing import sequence_gaps
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, hears, longest_gap, working

LINK = "No link to the server. Calls go on; this screen may be old."
ASTERISK = "No link to Asterisk. Commands wait."
LIMIT = 180.0  # seconds for a test
BACK = 20_000  # milliseconds until a page is right again, with a start of the part on a busy machine
MORE = 0.1  # seconds by which a gap may be longer than in a call without the app; a starting part takes a processor
# Notes each warning that the page shows, however short.
WATCH = """() => {
    window.warnings = [];
    const note = () => {
        const text = document.querySelector(".warning:not([hidden]) p")?.textContent;
        if (text && window.warnings.at(-1) !== text) window.warnings.push(text);
    };
    note();
    const all = {subtree: true, childList: true, characterData: true, attributes: true};
    new MutationObserver(note).observe(document.body, all);
}"""


async def test_a_page_outlives_killed_parts_and_asterisk(stage: Stage) -> None:
    async with working(stage, "3109") as agent:
        await agent.page.evaluate(WATCH)
        await killed_parts_are_not_heard(agent)
        await a_command_under_way_shows_its_outcome(agent)
        await the_phone_comes_back_with_asterisk(agent)


async def killed_parts_are_not_heard(agent: WorkingAgent) -> None:
    """Kill each part with and without a third party."""
    control = await control_call(agent.stage)
    await agent.talks()
    await lives_through(agent, control, "api", (agent.customer, agent.tone))
    await agent.holds()
    await lives_through(agent, control, "calls", (agent.customer, tones.MUSIC))
    await agent.orders("unhold")
    await agent.shows("incall")
    await agent.calls_third()
    await lives_through(agent, control, "api", (agent.customer, agent.tone), (agent.third, tones.CUSTOMER))
    await agent.orders("hold")
    await agent.shows("park")
    await lives_through(agent, control, "calls", (agent.third, agent.tone))
    await agent.ends()
    await control.hang_up()


async def a_command_under_way_shows_its_outcome(agent: WorkingAgent) -> None:
    """Kill the API process when it has passed a command on."""
    await agent.talks()
    with stopped(agent.stage, "calls"):
        async with agent.page.expect_request("**/hold*"):
            await agent.page.keyboard.press("o")
        await agent.screen()  # the API process has passed the command on
        kill(agent.stage, "api")
    await expect(agent.page.get_by_text("Hold: done")).to_be_visible(timeout=BACK)
    await agent.shows("park")
    await agent.ends()


async def the_phone_comes_back_with_asterisk(agent: WorkingAgent) -> None:
    """Kill Asterisk in a call; the page says so, and has a voice again by itself."""
    stage = agent.stage
    await agent.talks()
    await asyncio.to_thread(process.kill, stage.lab.pids["asterisk"])
    agent.customer.end("Asterisk")
    await expect(agent.page.locator(".warning p")).to_have_text(ASTERISK, timeout=BACK)
    assert await agent.person.axe() == []
    stage.lab = await asyncio.to_thread(instance.restart_asterisk, stage.folder / "lab")
    await agent.shows("dispo")
    await agent.person.until(lambda: phone_is_up(agent))
    await agent.on_the_line()
    await agent.orders("disposition", status="OTHER")
    await agent.shows("ready")
    await agent.talks()
    await agent.ends()


async def lives_through(agent: WorkingAgent, control: SipCall, part: str, *heard: tuple[SipCall, int]) -> None:
    """Kill a part: what parties hear goes on as in a call without the app, and the page needs no reload.

    The page says that its link is lost. The next call process can be there before the page learns that one has gone.
    """
    before, seq = await agent.screen(), await agent.page.evaluate("window.warnings.length = 0")
    began = time.monotonic()
    killed = kill(agent.stage, part)
    await agent.person.until(lambda: runs_again(agent.stage, part, killed))
    if part == "api":
        await agent.person.until(lambda: agent.page.evaluate("text => window.warnings.includes(text)", LINK))
    await expect(agent.page.locator(".warning")).to_be_hidden(timeout=BACK)
    without_app = await longest_gap(control, tones.ANSWER, began)
    for call, tone in heard:
        assert await longest_gap(call, tone, began) <= without_app + MORE
        assert sequence_gaps(call.audio.between(began, float("inf"))) == 0, "a packet that Asterisk sent is missing"
    await agent.person.until(lambda: same_screen(agent, before))
    assert seq == 0, "the page was not loaded again"


async def phone_is_up(agent: WorkingAgent) -> bool:
    return bool((await agent.screen())["agent"]["phone"]["up"])


async def same_screen(agent: WorkingAgent, before: dict[str, object]) -> bool:
    now = await agent.screen()
    return all(now[section] == before[section] for section in ("call", "hears", "commands"))


async def control_call(stage: Stage) -> SipCall:
    """Return a call that hears Asterisk's own tone, without the app."""
    account = stage.lab.phones["1009"]
    phone = await stage.parties.phone(account["user"], account["password"], stage.lab.sip, tones.CONTROL_A)
    number = f"{stage.lab.numbers['answer']}@lab-numbers"
    console = [*stage.lab.asterisk_cli, f"channel originate PJSIP/{account['user']} extension {number}"]
    await asyncio.to_thread(subprocess.run, console, check=True, capture_output=True)
    call = await phone.next_call()
    await call.answered()
    await hears(call, tones.ANSWER, time.monotonic())
    return call


def kill(stage: Stage, part: str) -> int:
    """Kill a part of the app; its supervisor starts another. Return the pid of the dead one."""
    pid = app_parts.pid_of(stage.lab.pids["warmline"], part)
    os.kill(pid, signal.SIGKILL)
    return pid


async def runs_again(stage: Stage, part: str, killed: int) -> bool:
    return app_parts.parts(stage.lab.pids["warmline"]).get(part, killed) != killed


@contextmanager
def stopped(stage: Stage, part: str) -> Iterator[None]:
    """Stop a part for the time of the block."""
    pid = app_parts.pid_of(stage.lab.pids["warmline"], part)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
