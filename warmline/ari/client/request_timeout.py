"""The time limits of requests to Asterisk. Time in which this process was stopped does not count for any of them."""

import asyncio
from types import TracebackType

REQUEST_TIMEOUT_SECONDS = 2.0
STREAM_TIMEOUT_SECONDS = 2.0  # over the event stream
DIAL_TIMEOUT_SECONDS = 6.0
PATIENT_TIMEOUT_SECONDS = 6.0  # for the reads that each new connection needs
EVENT_LOOP_STALL_SECONDS = 0.25  # if a limit fires so much too late, the event loop was stopped


class limit_time:
    """Limit the time of a block, as `asyncio.timeout` does. Raises TimeoutError.

    If the process was stopped when the limit ran out (SIGSTOP, a frozen machine), the limit starts again when the
    process continues. The request may not have been sent, or its answer may have arrived unread.
    """

    __slots__ = ("_cancelling", "_is_expired", "_loop", "_seconds", "_task", "_timer")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task
        self._task, self._cancelling, self._is_expired = task, task.cancelling(), False
        self._loop = asyncio.get_running_loop()
        self._start_timer()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        # A cancellation by another program part in the same moment is passed on, as in asyncio.timeout.
        if self._is_expired and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def _start_timer(self) -> None:
        deadline = self._loop.time() + self._seconds
        self._timer = self._loop.call_at(deadline, self._expire, deadline)

    def _expire(self, deadline: float) -> None:
        if self._loop.time() - deadline > EVENT_LOOP_STALL_SECONDS:
            self._start_timer()
        else:
            self._is_expired = True
            self._task.cancel()
