"""The threads for commands and reports."""

import asyncio
import os

import pytest

from ari_app.http.server.worker_threads import NICE, OF_TOKEN, WorkerThreads


def test_reports_leave_the_processor_to_requests() -> None:
    async def nice_values() -> list[int]:
        threads = WorkerThreads()
        try:
            return [await threads.report("", _nice), await threads.look_up(_nice), _nice()]
        finally:
            threads.close()

    report, look_up, loop = asyncio.run(nice_values())
    assert report == min(loop + NICE, 19) and look_up == loop


def test_reports_are_made_where_the_priority_cannot_be_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service's system calls can be restricted."""

    def refused(_: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "nice", refused)

    async def reports() -> list[int]:
        threads = WorkerThreads()
        try:
            return [await threads.report("token:crm", lambda: 1) for _ in range(OF_TOKEN + 1)]
        finally:
            threads.close()

    assert asyncio.run(reports()) == [1] * (OF_TOKEN + 1)


def test_a_report_that_cannot_begin_is_not_counted() -> None:
    async def refusals() -> None:
        threads = WorkerThreads()
        threads.close()
        for _ in range(OF_TOKEN + 1):
            with pytest.raises(RuntimeError, match="shutdown"):
                await threads.report("token:crm", lambda: 1)

    asyncio.run(refusals())


def _nice() -> int:
    """Return the nice value of this thread."""
    return os.getpriority(os.PRIO_PROCESS, 0)
