"""Sends requests over the event stream; Asterisk answers on the same websocket.

Asterisk handles them one at a time and in order. This suits requests that are quick in Asterisk: those that wait for
no channel's own thread, and the removal from a bridge, which hardly waits. They cost the app a third of HTTP's
processor time. Not every Asterisk that Warmline supports can answer there.

After a missed answer, no request is sent until that answer arrives or a new connection opens. Events can still arrive
on a stream that is stuck in a request, and requests behind it would be performed after later ones over HTTP.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any

import msgspec

from warmline.ari.client import request_timeout
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.request_target import to_target
from warmline.ari.client.request_timeout import limit_time


class NoAnswerError(AriError):
    """No answer arrived; Asterisk may or may not have performed the request."""


Send = Callable[[str], Awaitable[None]]


class _Response(msgspec.Struct):
    request_id: str = ""
    status_code: int = 0
    reason_phrase: str = ""
    message_body: str = ""


_decode_response = msgspec.json.Decoder(_Response).decode


class WebsocketRequests:
    """Requests over the current connection; `is_usable` while one is open and no answer is overdue."""

    def __init__(self) -> None:
        self._send: Send | None = None
        self._numbers = count(1)
        self._response_futures: dict[str, asyncio.Future[_Response]] = {}
        self._overdue_ids: set[str] = set()  # requests without an answer in time: Asterisk may still perform them

    @property
    def is_usable(self) -> bool:
        return self._send is not None and not self._overdue_ids

    def open(self, send: Send) -> None:
        """Use a new connection on which Asterisk can answer."""
        self._send = send

    def close(self) -> None:
        """Fail all pending requests, because the connection is closed."""
        self._send = None
        for response_future in self._response_futures.values():
            if not response_future.done():
                response_future.set_exception(NoAnswerError(0, "stream_lost", "the connection to Asterisk was lost"))
        self._response_futures.clear()
        self._overdue_ids.clear()

    def take_answer(self, text: str) -> None:
        """Handle an answer. Raises one of UNREADABLE_ERRORS (json_errors.py) if it is not JSON."""
        response = _decode_response(text)
        self._overdue_ids.discard(response.request_id)
        response_future = self._response_futures.pop(response.request_id, None)
        if response_future and not response_future.done():
            response_future.set_result(response)

    async def request(
        self,
        method: str,
        path: tuple[str, ...],
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Send a request and return the body of its answer. Raises AriError, NoAnswerError."""
        assert self._send is not None
        request_id = f"warmline-{next(self._numbers)}"
        uri = to_target(path, query)
        message = {
            "type": "RESTRequest",
            "transaction_id": request_id,
            "request_id": request_id,
            "method": method,
            "uri": uri,
        }
        if body:
            message |= {"content_type": "application/json", "message_body": msgspec.json.encode(body).decode()}
        response_future: asyncio.Future[_Response] = asyncio.get_running_loop().create_future()
        self._response_futures[request_id] = response_future
        try:
            async with limit_time(request_timeout.STREAM_TIMEOUT_SECONDS):
                await self._send(msgspec.json.encode(message).decode())
                response = await response_future
        except TimeoutError:
            if (
                request_id in self._response_futures
            ):  # else the answer, or the end of the connection, arrived at the same moment
                self._overdue_ids.add(request_id)
            raise NoAnswerError(
                0,
                "stream_no_answer",
                "no answer from Asterisk within {limit:g} s",
                limit=request_timeout.STREAM_TIMEOUT_SECONDS,
            ) from None
        except ConnectionError as error:
            raise NoAnswerError(0, "stream_not_sent", "no connection to Asterisk: {reason}", reason=error) from None
        finally:
            self._response_futures.pop(request_id, None)
        if response.status_code >= 400:
            reason = response.message_body or response.reason_phrase
            raise AriError(response.status_code, "ari_refused", "{reason}", reason=reason)
        return response.message_body.encode()
