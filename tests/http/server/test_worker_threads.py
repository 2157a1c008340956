"""The threads for commands and reports."""

import asyncio
import os

from ari_app.http.server.worker_threads import NICE, WorkerThreads


def test_reports_leave_the_processor_to_requests() -> None:
    async def nice_values() -> list[int]:
        threads = WorkerThreads()
        try:
            return [await threads.report("", _nice), await threads.look_up(_nice), _nice()]
        finally:
            threads.close()

    report, look_up, loop = asyncio.run(nice_values())
    assert report == min(loop + NICE, 19) and look_up == loop


def _nice() -> int:
    """Return the nice value of this thread."""
    return os.getpriority(os.PRIO_PROCESS, 0)
