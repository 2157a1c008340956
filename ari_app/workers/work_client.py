"""Takes work from the call process, and gives it each result until its disk has it."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from itertools import islice

from ari_app.link.call_client import AGAIN, CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.messages import Answer, FinishWork, Found, OpenWork, Request, TakeWork
from ari_app.link.work import Work, WorkKey, WorkResult, key_of
from warmline.core.messages.recording_messages import RecordingConverted, RecordingMeasured
from warmline.core.messages.webhook_messages import WebhookTried

WITHIN = 15.0  # seconds for an answer with work; the call process waits a third of it
WRITTEN_WITHIN = 600.0  # seconds for the disk of the call process
AT_ONCE = 100  # results in one message
RETRY = 1.0  # seconds until a request that the call process could not answer is repeated

log = logging.getLogger("warmline.workers")


class WorkClient:
    """The work of the call process as the worker process sees it, at the other end of `link`."""

    def __init__(self, link: CallLink) -> None:
        self._link = link
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

    async def take_all(self, take: Callable[[Work], None], hooks_lost: Callable[[], dict[str, int]]) -> None:
        """Give all work to `take`, without end. Work that is under way may come again."""
        beginning, after = "", 0
        while True:
            ask = partial(TakeWork, beginning=beginning, after=after, hooks_lost=hooks_lost())
            answer = await self._answer(ask, WITHIN)
            if isinstance(answer, OpenWork):
                beginning, after = answer.beginning, answer.last
                for work in answer.work:
                    if key_of(work) not in self._results:
                        take(work)

    async def finish_all(self) -> None:
        """Give the call process all results, without end."""
        while True:
            await self._more.wait()
            self._more.clear()
            while sent := dict(islice(self._results.items(), AT_ONCE)):
                if await self._answer(partial(_message, results=list(sent.values())), WRITTEN_WITHIN):
                    for key, result in sent.items():
                        if self._results.get(key) is result:
                            del self._results[key]
                    self._confirmed.set()
                    self._confirmed.clear()

    async def _answer(self, message: Callable[[int], Request], within: float) -> Answer | None:
        """Return the answer to a request; None if the call process went away, or could not answer."""
        try:
            answer = await self._link.ask(message, within)
        except (CallProcessAway, TimeoutError):
            await asyncio.sleep(AGAIN)  # the link may raise without a turn of the loop, in which it would notice
            return None
        if isinstance(answer, Found) and answer.code:
            log.error("the call process could not answer: %s", answer.why)
            await asyncio.sleep(RETRY)
            return None
        return answer


def _message(number: int, results: list[WorkResult]) -> FinishWork:
    return FinishWork(
        number,
        [one for one in results if isinstance(one, WebhookTried)],
        [one for one in results if isinstance(one, RecordingMeasured)],
        [one for one in results if isinstance(one, RecordingConverted)],
    )
