"""How the chaos run detects a suspended machine."""

import asyncio
import os
import time

from tools.proofs.chaos import processor_stalls
from tools.proofs.chaos.chaos_centre import soon
from tools.proofs.chaos.standstill import Standstills, standstills


def test_the_longest_shortly_before_is_told() -> None:
    async def told() -> Standstills:
        reader, found = asyncio.StreamReader(), Standstills()
        reader.feed_data(b"10.0 10.03\n10.1 10.15\n20.0 20.04\n")
        reader.feed_eof()
        await found.follow(reader)
        return found

    found = asyncio.run(told())
    before = {9.9: 0, 10.01: 0.03, 10.2: 0.05, 10.44: 0.05, 10.5: 0, 20.3: 0.04}
    assert {when: round(found.before(when), 2) for when in before} == before
    assert found.between(10.0, 20.0) == 2


def test_processors_are_watched_where_that_is_allowed() -> None:
    """Let every check count as late."""

    async def seen() -> bool:
        async with standstills(0.0) as found:
            since = time.monotonic()
            limit = since + (10 if _may_go_first() else 1)
            return await soon(lambda: _whether(found.between(since, limit)), limit - since)

    assert asyncio.run(seen()) == _may_go_first()


async def _whether(number: int) -> bool:
    return number > 0


def _may_go_first() -> bool:
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(processor_stalls.FIRST))
    except PermissionError:
        return False
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return True
