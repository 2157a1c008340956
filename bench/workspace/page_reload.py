"""Measures how long a customer misses the agent whose page is loaded again, beside the same call without a reload."""

import asyncio
import time

from ari_app.http.workspace.phone.phone_routes import A_MINUTE
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, ResultRow, spread
from bench.workspace import browser_stage
from tests.browser.working_agent import longest_gap, working

COUNT = 10
USER = "3202"
AT_MOST = 600.0  # ms
SPAN = 60 / A_MINUTE  # seconds of the control, so that each offer of the phone is allowed


async def measure(count: int, step: Step) -> BenchResult:
    """Load the page again `count` times in a call, and listen as often without. Raises CannotMeasureError."""
    missed, without, loaded = [], [], []
    async with browser_stage.opened() as stage, working(stage, USER) as agent:
        await agent.talks()
        for n in range(count + 1):
            began = time.monotonic()
            await asyncio.sleep(SPAN)
            calm = await longest_gap(agent.customer, agent.tone, began)
            began = time.monotonic()
            await agent.page.reload()
            await agent.shows("incall")
            shown = time.monotonic()
            await agent.on_the_line()
            gap = await longest_gap(agent.customer, agent.tone, began)
            if n:  # the first round is a warm-up
                missed.append(gap * 1000)
                without.append(calm * 1000)
                loaded.append((shown - began) * 1000)
                step()
        await agent.ends()
    ours, theirs, drawn = spread(missed), spread(without), spread(loaded)
    met = ours["median"] <= AT_MOST
    rows = [
        ResultRow("reload: the customer misses the agent", "ms", ours, theirs, f"{AT_MOST:g} ms or less", met),
        ResultRow("reload → the page shows the call", "ms", drawn, dict.fromkeys(drawn, 0.0)),
    ]
    return BenchResult("reload", "no reload", rows)
