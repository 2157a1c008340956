"""Measures how soon a key of the workspace is marked, true on the screen and heard, beside the same command by HTTP.

An agent in Chromium puts a customer on hold and takes the customer back. In turn, a program gives the same commands to
the same call by HTTP. A frame counts when it is painted. Then 200 pages are open beside this one.
"""

import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import aiohttp

from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow, percentile, spread
from bench.workspace import browser_stage
from sip_parties import tones
from tests.browser.working_agent import WorkingAgent, hears, working

COUNT = 30
USER = "3201"
PAGES = 200
MARK = 50.0  # ms from a key to its mark, 99th percentile
RATIO = 2.0  # of the answer by HTTP
BEYOND = 30.0  # ms from a key to the ear, more than by HTTP
PIXEL, PIXEL_BESIDE = 30.0, 60.0  # ms from the journal's time to the painted frame, 95th percentile


class HoldTimes(NamedTuple):
    """Milliseconds: from a key to mark, state and music, or from a request to answer and music; commit to frame."""

    mark: float
    truth: float
    ear: float
    pixel: float


async def measure(count: int, step: Step) -> BenchResult:
    """Hold `count` times by key and by HTTP in turn, then by key beside PAGES pages. Raises CannotMeasureError."""
    async with browser_stage.opened() as stage, working(stage, USER) as agent, _program(agent) as http:
        await agent.person.context.add_init_script(browser_stage.WATCH)
        await agent.page.reload()
        await agent.on_the_line()
        await agent.talks()
        await _by_key(agent)  # warm-up
        ours, theirs = [], []
        for _ in range(count):
            ours.append(await _by_key(agent))
            theirs.append(await _by_http(agent, http))
            step()
        async with browser_stage.open_feeds(stage, PAGES):
            beside = [await _by_key(agent) for _ in range(count)]
        await agent.ends()
    return BenchResult("press", "by HTTP", _rows(ours, theirs, beside))


def _rows(ours: list[HoldTimes], theirs: list[HoldTimes], beside: list[HoldTimes]) -> list[ResultRow]:
    answer, ear = spread([one.truth for one in theirs]), spread([one.ear for one in theirs])
    rows = []
    for some, said, pixel in ((ours, "", PIXEL), (beside, f", {PAGES} pages open", PIXEL_BESIDE)):
        marks, pixels = [one.mark for one in some], [one.pixel for one in some]
        mark, late = percentile(marks, 0.99), percentile(pixels, 0.95)
        truth, heard = spread([one.truth for one in some]), spread([one.ear for one in some])
        rows += [
            ResultRow(
                f"key → painted state, beside request → answer{said}",
                "ms",
                truth,
                answer,
                f"{RATIO:g} or less",
                truth["median"] <= RATIO * answer["median"],
            ),
            ResultRow(
                f"key → music at the customer, beside request → music{said}",
                "ms",
                heard,
                ear,
                f"baseline + {BEYOND:g} ms or less",
                heard["median"] <= ear["median"] + BEYOND,
            ),
            ResultRow(
                f"key → painted mark{said}",
                "ms",
                {"p99": mark} | spread(marks),
                {},
                f"{MARK:g} ms or less",
                mark <= MARK,
            ),
            ResultRow(
                f"journal's time → painted state{said}",
                "ms",
                {"p95": late} | spread(pixels),
                {},
                f"{pixel:g} ms or less",
                late <= pixel,
            ),
        ]
    return rows


def _alone(what: str, found: Figures, most: float) -> ResultRow:
    """Return a row without a baseline, whose first figure may be at most `most` ms."""
    met = next(iter(found.values())) <= most
    return ResultRow(what, "ms", found, dict.fromkeys(found, 0.0), f"{most:g} ms or less", met)


async def _by_key(agent: WorkingAgent) -> HoldTimes:
    """Put the customer on hold by a key, and take them back."""
    await agent.page.keyboard.press("o")
    seen = await browser_stage.painted(agent.page, "park")
    if seen.marked is None:
        raise CannotMeasureError("the page marked no key")
    ahead = time.monotonic() - time.time()
    music = await hears(agent.customer, tones.MUSIC, seen.pressed / 1000 + ahead)
    since = datetime.fromisoformat((await agent.screen())["call"]["since"]).timestamp() * 1000
    times = HoldTimes(
        seen.marked - seen.pressed,
        seen.shown - seen.pressed,
        (music - ahead) * 1000 - seen.pressed,
        seen.shown - since,
    )
    await agent.page.keyboard.press("o")
    await browser_stage.painted(agent.page, "incall")
    await hears(agent.customer, agent.tone, time.monotonic())
    return times


async def _by_http(agent: WorkingAgent, http: aiohttp.ClientSession) -> HoldTimes:
    """Put the customer on hold by HTTP, and take them back."""
    begun = time.monotonic()
    await _order(http, "hold")
    answered = time.monotonic()
    music = await hears(agent.customer, tones.MUSIC, begun)
    await agent.shows("park")
    await _order(http, "unhold")
    await agent.shows("incall")
    await hears(agent.customer, agent.tone, time.monotonic())
    return HoldTimes(0.0, (answered - begun) * 1000, (music - begun) * 1000, 0.0)


def _program(agent: WorkingAgent) -> aiohttp.ClientSession:
    token = (Path(agent.stage.lab.dir) / "run/token").read_text().strip()
    return aiohttp.ClientSession(agent.stage.lab.api, headers={"Authorization": f"Bearer {token}"})


async def _order(http: aiohttp.ClientSession, name: str) -> None:
    async with http.post(f"/api/v1/agents/{USER}/{name}", json={}) as answer:
        if answer.status != 201:
            raise CannotMeasureError(f"{name}: {answer.status} {await answer.text()}")
