"""The request about queues: their order is only in the call process, because no other process needs it often."""

from typing import Protocol

from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import request
from warmline.core.queue.queue_state import QueueState

WITHIN = 1.0  # seconds for the answer of a call process that is connected; a caller may be waiting for it


class QueueRequests(Protocol):
    @request()
    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        """Return the state of the queues of these in-groups now."""


def late(error: CallProcessAway | TimeoutError) -> CallProcessAway:
    """Return the error of a request that was not answered in time."""
    if isinstance(error, CallProcessAway):
        return error
    return CallProcessAway(
        "queues_late", "the call process has not answered in {limit:g} s; try again in a moment", limit=WITHIN
    )
