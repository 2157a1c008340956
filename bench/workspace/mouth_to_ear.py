"""Measures how long the voice of a browser phone takes to the other party and back, beside the same with a SIP phone.

The customer sends back what arrives. In Chromium, the page's microphone is a tone that comes and goes. One audio clock
times the tone and its return, without sound cards. Packets of a SIP phone are timed by the kernel,
without a jitter buffer. Half of the way there and back is mouth to ear. The last rows have a network that delays
packets by 25 ms each way and loses every fiftieth.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from bench.workspace import browser_stage
from sip_parties import SipCall, tones
from tests.browser.cut_network import CutNetwork, cut_network
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, hears, working

COUNT = 40  # tones of each side
BEYOND = 60.0  # ms more than with a SIP phone
DELAY, LOST = 0.025, 50  # seconds each way; of so many packets, one is lost
EVERY = 1.0  # seconds between two tones
LIMIT = 10.0  # seconds until the customer is heard
USERS = {"": "3301", ", with 25 ms of delay and 2 % of packets lost": "3302"}
SIP_AGENT, TO_AGENT = "1000", "8005550102"
MOUTH = Path(__file__).with_name("mouth.js")  # runs before the page


async def measure(count: int, step: Step) -> BenchResult:
    """Time `count` tones with each kind of phone. Raises CannotMeasureError."""
    async with browser_stage.opened() as stage:
        raw = await _with_sip_phone(stage, count, step)
        rows = []
        for said, user in USERS.items():
            ours = await _in_chromium(stage, user, count, slow=bool(said))
            theirs = [one + DELAY * 1000 for one in raw] if said else raw
            rows.append(_row(f"mouth to ear{said}", ours, theirs))
    return BenchResult("mouth", "SIP phone", rows)


def _row(what: str, ours: list[float], theirs: list[float]) -> ResultRow:
    found, least = spread(ours), spread(theirs)
    met = found["median"] <= least["median"] + BEYOND
    return ResultRow(what, "ms", found, least, f"baseline + {BEYOND:g} ms or less", met)


async def _in_chromium(stage: Stage, user: str, count: int, *, slow: bool) -> list[float]:
    """Return half of the way there and back of each tone, in milliseconds."""
    async with _network(stage, slow=slow) as network, working(stage, user, network=network) as agent:
        await agent.person.context.add_init_script(path=MOUTH)
        await agent.page.reload()
        await agent.page.locator("body").click()  # lets the browser play sound
        await agent.on_the_line()
        await _talks_to_echo(agent)
        await agent.page.evaluate("ways.length = 0")
        until = time.monotonic() + count * EVERY * 2 + LIMIT
        while len(ways := await agent.page.evaluate("ways")) < count:
            if time.monotonic() > until:
                raise CannotMeasureError(f"only {len(ways)} of {count} tones came back")
            await asyncio.sleep(EVERY)  # a page cannot report it
        await agent.ends()
    return [way * 1000 / 2 for way in ways[:count]]


@asynccontextmanager
async def _network(stage: Stage, *, slow: bool) -> AsyncIterator[CutNetwork | None]:
    """Lead the page's audio through a slow network that loses packets; without one, directly."""
    if not slow:
        yield None
        return
    async with cut_network(stage.lab.api) as network:
        network.delay, network.lose_every = DELAY, LOST
        yield network


async def _talks_to_echo(agent: WorkingAgent) -> None:
    agent.customer = await agent.calls()
    agent.customer.audio.echo()
    await agent.shows("incall")


async def _with_sip_phone(stage: Stage, count: int, step: Step) -> list[float]:
    """Return half of the way there and back of each change of the phone's tone, in milliseconds."""
    account = stage.lab.phones[SIP_AGENT]
    phone = await stage.parties.phone(account["user"], account["password"], stage.lab.sip, tones.AGENT)
    line: SipCall = await phone.call(account["login"])
    await line.answered()
    token = (Path(stage.lab.dir) / "run/token").read_text().strip()
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(f"{stage.lab.api}/", headers=headers) as http:
        await _order(http, "resume", {})
        customer: SipCall = await (await stage.parties.customer(stage.lab.sip, "15553300")).call(TO_AGENT)
        await customer.answered()
        customer.audio.echo()
        await hears(line, tones.AGENT, time.monotonic())
        found = []
        for n in range(count):
            said = time.monotonic()
            hz = (tones.THIRD, tones.AGENT)[n % 2]
            line.tone(hz)
            found.append((await hears(line, hz, said) - said) * 1000 / 2)
            step()
        await customer.hang_up()
        await _order(http, "logout", {})
        await _order(http, "disposition", {"status": "A"})
    await line.hang_up()
    return found


async def _order(http: aiohttp.ClientSession, name: str, body: dict[str, str]) -> None:
    async with http.post(f"api/v1/agents/{SIP_AGENT}/{name}", json=body) as answer:
        await answer.read()
