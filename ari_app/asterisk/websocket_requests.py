"""Requests over the event stream: Asterisk answers them on the socket by which its events come.

One at a time and in order, so this is for what is quick over there: what waits for no channel's own thread, and a
leave, which waits for hardly anything. It costs a third of what HTTP costs here. Not every Asterisk that Warmline runs
with can. After an answer that did not come in time nothing is asked until that has come, or on another connection:
events can come by a stream that is stuck in a request, and what was sent behind it is done after what went over HTTP.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from ari_app.asterisk.ari_errors import AriError
from ari_app.asterisk.fair_timeout import within

LIMIT = 2.0


class NoAnswerError(AriError):
    """Asterisk may have done it or not."""


Send = Callable[[str], Awaitable[None]]


class _Response(msgspec.Struct):
    request_id: str = ""
    status_code: int = 0
    reason_phrase: str = ""
    message_body: str = ""


_response = msgspec.json.Decoder(_Response).decode


class WebsocketRequests:
    """The way over one connection after the other; `usable` while there is one that owes no answer."""

    def __init__(self) -> None:
        self._send: Send | None = None
        self._names = count(1)
        self._asked: dict[str, asyncio.Future[_Response]] = {}
        self._overdue: set[str] = set()  # what was given up: Asterisk may still do it

    @property
    def usable(self) -> bool:
        return self._send is not None and not self._overdue

    def open(self, send: Send) -> None:
        """A connection is there, and Asterisk can answer on it."""
        self._send = send

    def close(self) -> None:
        """The connection is gone: nobody will be answered."""
        self._send = None
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(NoAnswerError(0, "the connection to Asterisk was lost"))
        self._asked.clear()
        self._overdue.clear()

    def take(self, text: str) -> None:
        """An answer came. Raises what UNREADABLE names."""
        response = _response(text)
        self._overdue.discard(response.request_id)
        answer = self._asked.pop(response.request_id, None)
        if answer and not answer.done():
            answer.set_result(response)

    async def request(
        self,
        method: str,
        path: tuple[str, ...],
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Ask, and return the body of the answer. Raises AriError, NoAnswerError."""
        assert self._send is not None
        name = f"warmline-{next(self._names)}"
        uri = "/".join(quote(part, safe="") for part in path) + (f"?{urlencode(query)}" if query else "")
        ask = {"type": "RESTRequest", "transaction_id": name, "request_id": name, "method": method, "uri": uri}
        if body:
            ask |= {"content_type": "application/json", "message_body": msgspec.json.encode(body).decode()}
        answer: asyncio.Future[_Response] = asyncio.get_running_loop().create_future()
        self._asked[name] = answer
        try:
            async with within(LIMIT):
                await self._send(msgspec.json.encode(ask).decode())
                response = await answer
        except TimeoutError:
            if name in self._asked:  # or the answer, or the connection's end, came in the same moment
                self._overdue.add(name)
            raise NoAnswerError(0, f"no answer from Asterisk within {LIMIT:g} s") from None
        except ConnectionError as error:
            raise NoAnswerError(0, f"no connection to Asterisk: {error}") from None
        finally:
            self._asked.pop(name, None)
        if response.status_code >= 400:
            raise AriError(response.status_code, response.message_body or response.reason_phrase)
        return response.message_body.encode()
