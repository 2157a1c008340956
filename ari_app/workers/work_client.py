"""Takes work from the call process, and gives it each result until its disk has it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import TypeVar

from ari_app.link.call_client import AGAIN, CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import RequestFailed, remote
from ari_app.link.work_requests import Work, WorkKey, WorkRequests, WorkResult, key_of
from warmline.core.messages.recording_messages import RecordingConverted, RecordingMeasured
from warmline.core.messages.webhook_messages import WebhookTried

WITHIN = 15.0  # seconds for an answer with work; the call process waits a third of it
WRITTEN_WITHIN = 600.0  # seconds for the disk of the call process
AT_ONCE = 100  # results in one message
RETRY = 1.0  # seconds until a request that the call process could not answer is repeated

T = TypeVar("T")

log = logging.getLogger("warmline.workers")


class WorkClient:
    """The work of the call process as the worker process sees it, at the other end of `link`."""

    def __init__(self, link: CallLink) -> None:
        self._taken: WorkRequests = remote(WorkRequests, link, WITHIN)
        self._finished: WorkRequests = remote(WorkRequests, link, WRITTEN_WITHIN)
        self._results: dict[WorkKey, WorkResult] = {}  # those that may not be on disk
        self._more = asyncio.Event()
        self._confirmed = asyncio.Event()  # some results are on disk

    def done(self, result: WorkResult) -> None:
        """Queue the result of a piece of work and return at once."""
        self._results[key_of(result)] = result
        self._more.set()

    async def finished(self) -> None:
        """Wait until the call process has all results on disk."""
        while self._results:
            await self._confirmed.wait()

    async def take_all(self, take: Callable[[Work], None]) -> None:
        """Give all work to `take`, without end. Work that is under way may come again."""
        beginning, after = "", 0
        while True:
            if found := await _answer(self._taken.take(beginning, after)):
                beginning, after = found.beginning, found.last
                for work in found.work:
                    if key_of(work) not in self._results:
                        take(work)

    async def finish_all(self) -> None:
        """Give the call process all results, without end."""
        while True:
            await self._more.wait()
            self._more.clear()
            while sent := dict(islice(self._results.items(), AT_ONCE)):
                if await _answer(self._finish(list(sent.values()))):
                    for key, result in sent.items():
                        if self._results.get(key) is result:
                            del self._results[key]
                    self._confirmed.set()
                    self._confirmed.clear()

    async def _finish(self, results: list[WorkResult]) -> bool:
        await self._finished.finish(
            [one for one in results if isinstance(one, WebhookTried)],
            [one for one in results if isinstance(one, RecordingMeasured)],
            [one for one in results if isinstance(one, RecordingConverted)],
        )
        return True


async def _answer(asked: Awaitable[T]) -> T | None:
    """Return the answer to a request; None if the call process went away, or could not answer."""
    try:
        return await asked
    except RequestFailed as error:
        log.error("the call process could not answer: %s", error)
        await asyncio.sleep(RETRY)
    except (CallProcessAway, TimeoutError):
        await asyncio.sleep(AGAIN)  # the link may raise without a turn of the loop, in which it would notice
    return None
