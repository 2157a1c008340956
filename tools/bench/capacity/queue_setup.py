"""Provides app_queue with many members, as what an administrator would use in place of Warmline.

Its callers run the same lines of Warmline's dialplan, with the route by FastAGI, up to Queue(). The queue rings the
member who has waited longest, and the phone answers at once; the other sides have agents who stay on the line. There is
no Answer() before it, which would wait half a second for the sound of callers who send none.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tools.bench.capacity.measured_process import program
from tools.bench.capacity.setup_rate import AGENTS, TEAM, SetupLab, setup_lab
from tools.bench.tools.agent_team import add_phones, names
from tools.bench.tools.bench_dialplan import QUEUES, UNANSWERED
from tools.bench.tools.bench_lab import BenchLab, reload, stage
from tools.bench.tools.bridge_meter import Meter
from tools.bench.tools.sipp_crowd import crowd

QUEUE = """
[bench]
strategy = leastrecent
ringinuse = no
autofill = yes
"""


@asynccontextmanager
async def queue() -> AsyncIterator[SetupLab]:
    """Provide the queue; the script of the benchmark answers FastAGI alone. Raises CannotMeasureError."""
    members = names(TEAM, AGENTS)
    async with (
        stage() as here,
        program("tools.bench.capacity.bare_setup", here.lab.dir) as (process, fastagi),
        crowd(here.lab) as people,
        people.answering() as phones,
    ):
        await asyncio.to_thread(add_phones, here, members, phones)
        await asyncio.to_thread(_fill, here, members)
        parts = {"script": process.pid}
        async with setup_lab(here, people, UNANSWERED, fastagi, parts, Meter(lambda _: None)) as lab:
            yield lab


def _fill(here: BenchLab, members: list[str]) -> None:
    """Give these members to the queue, in place of its only one."""
    file = Path(here.lab.dir) / "etc" / "queues.conf"
    file.write_text(file.read_text().replace(QUEUES, QUEUE + "".join(f"member => PJSIP/{name}\n" for name in members)))
    reload(here.lab, "app_queue.so")
