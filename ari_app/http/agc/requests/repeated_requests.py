"""Answers a repeated request with the answer of the first request that had its idempotency_key."""

import asyncio
from collections.abc import Awaitable, Mapping
from functools import partial

from ari_app.http.agc.requests.answers import AgcAnswer
from ari_app.http.agc.requests.fields import GIVEN, ODD_FIELDS

REMEMBERED = 1000
KEY_REUSED = "idempotency_key belongs to another request"
# Fields that may differ between two transmissions of one request.
ASIDE = ("pass", "wait", "format", "close_window_link", GIVEN, *ODD_FIELDS)


class RepeatedRequests:
    """The recent answers to requests with a key. After a restart, receipts and leads prevent a second execution."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[Mapping[str, str], asyncio.Future[AgcAnswer]]] = {}

    def find(self, fields: Mapping[str, str]) -> Awaitable[AgcAnswer] | None:
        """Return the past or pending answer to this request; None if it is new.

        Raises KeyError if the key belongs to another request.
        """
        first, answer = self._answers.get((fields["user"], fields["idempotency_key"]), (None, None))
        if answer is None:
            return None
        if first != sent(fields):
            raise KeyError(fields["idempotency_key"])
        return asyncio.shield(answer)

    def keep(self, fields: Mapping[str, str], answer: Awaitable[AgcAnswer]) -> Awaitable[AgcAnswer]:
        """Begin the answer to a new request; it continues if the client disconnects."""
        task = asyncio.ensure_future(answer)
        name = fields["user"], fields["idempotency_key"]
        self._answers[name] = sent(fields), task
        task.add_done_callback(partial(self._ended, name))
        return asyncio.shield(task)

    def _ended(self, name: tuple[str, str], answer: "asyncio.Future[AgcAnswer]") -> None:
        if answer.cancelled() or answer.exception() or answer.result().undone:
            self._answers.pop(name, None)
        while len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]


def sent(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that identify a request."""
    return {name: text for name, text in fields.items() if name not in ASIDE}
