"""Measures what the workspace weighs, and how soon a new browser shows it, beside one small file of the same server.

Each time, a browser window without a cache loads the page: directly, and with 25 ms of delay each way.
"""

from collections.abc import Iterator
from typing import NamedTuple

from playwright.async_api import Page

from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from bench.workspace import browser_stage
from tests.browser.stage import SIZE, Stage

COUNT = 10
DELAYS = (0, 50)  # ms of a round trip
RAW, PACKED = 100.0, 40.0  # KB
SMALL = "icon.svg"  # the baseline: one request, one picture
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation"), files = performance.getEntriesByType("resource");
  const all = [page, ...files].filter(one => !one.name.endsWith("/me") && !one.name.includes("/feed"));
  const [picture] = performance.getEntriesByName("first-contentful-paint");
  return {
    picture: picture?.startTime ?? page.loadEventEnd,
    again: page.loadEventEnd,
    requests: all.length,
    raw: all.reduce((sum, one) => sum + one.decodedBodySize, 0) / 1000,
    packed: all.reduce((sum, one) => sum + one.encodedBodySize, 0) / 1000,
  };
}"""


class PageLoad(NamedTuple):
    """Milliseconds to the first picture; requests for files; kilobytes of the files, as they are and compressed."""

    picture: float
    requests: int
    raw: float
    packed: float


async def measure(count: int, step: Step) -> BenchResult:
    """Load the workspace and the small file `count` times in turn, without and with delay."""
    loads: dict[tuple[str, int], list[PageLoad]] = {(name, delay): [] for name in ("", SMALL) for delay in DELAYS}
    async with browser_stage.opened() as stage:
        for n in range(count + 1):
            for (name, delay), found in loads.items():
                load = await _load(stage, name, delay)
                if n:  # the first round is a warm-up
                    found.append(load)
            if n:
                step()
    return BenchResult("page", "one small file", list(_rows(loads)))


def _rows(loads: dict[tuple[str, int], list[PageLoad]]) -> Iterator[ResultRow]:
    page, small = loads["", 0][0], loads[SMALL, 0][0]
    for what, ours, theirs, most in (
        ("files of the page, compressed", page.packed, small.packed, PACKED),
        ("files of the page, as they are", page.raw, small.raw, RAW),
    ):
        yield ResultRow(what, "KB", {"sum": ours}, {"sum": theirs}, f"{most:g} KB or less", ours <= most)
    requests = {"count": float(page.requests)}, {"count": float(small.requests)}
    yield ResultRow("requests for them", "requests", *requests)
    for delay in DELAYS:
        soon, least = (spread([one.picture for one in loads[name, delay]]) for name in ("", SMALL))
        said = f", round trip of {delay} ms" if delay else ""
        yield ResultRow(f"address → first picture{said}", "ms", soon, least)


async def _load(stage: Stage, name: str, delay: int) -> PageLoad:
    """Load a file of the workspace in a new window. Raises CannotMeasureError."""
    context = await (await stage.browser()).new_context(viewport=SIZE)  # type: ignore[arg-type] # a dict of both sizes
    try:
        page = await context.new_page()
        if delay:
            devtools = await context.new_cdp_session(page)
            await devtools.send("Network.enable")
            limits = {"offline": False, "latency": delay, "downloadThroughput": -1, "uploadThroughput": -1}
            await devtools.send("Network.emulateNetworkConditions", limits)
        await page.goto(f"{stage.lab.api}/workspace/{name}")
        if not name:
            await page.locator("[name=password]").wait_for()
        return await _times(page)
    finally:
        await context.close()


async def _times(page: Page) -> PageLoad:
    told = await page.evaluate(TIMES)
    if not told["picture"]:
        raise CannotMeasureError("the browser knows no time of a first picture")
    return PageLoad(told["picture"], told["requests"], told["raw"], told["packed"])
