"""One page that follows a view, and the messages that it is sent."""

import asyncio
import time
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from ari_app.http.screen.screen_routes import joined
from ari_app.http.screen.screen_views import Encoded
from ari_app.http.server.api_request import Asker
from warmline.operations.live_records import iso


@dataclass(slots=True, eq=False)
class FeedReader:
    """A page with an open feed. `ended` is set when its session has ended.

    `heard` is when it last sent anything, on the loop's clock, in seconds. `number` is that of the last message.
    """

    socket: web.WebSocketResponse
    transport: asyncio.WriteTransport
    asker: Asker
    token: str
    ended: asyncio.Event
    heard: float
    number: int = 0

    async def send(self, now: bytes, sections: Encoded) -> None:
        """Send the next message: all sections in the first one, then those that have changed. Raises ConnectionError.

        It returns when the page has taken enough of it and of earlier ones.
        """
        self.number += 1
        whole = b'"whole":true,' if self.number == 1 else b""
        comma = b"," if sections else b""
        text = b'{"seq":%d,"now":"%b"%b%b%b}' % (self.number, now, comma, whole, joined(sections))
        await self.socket.send_frame(text, WSMsgType.TEXT)

    async def beat(self, now: bytes) -> None:
        """Send a ping and, after the first message, one without sections; nothing while earlier ones are not taken.

        Raises ConnectionError.
        """
        if self.transport.get_write_buffer_size():
            return
        await self.socket.ping()
        if self.number:
            await self.send(now, {})

    def abort(self) -> None:
        """Cut the connection."""
        self.transport.abort()


def stamp() -> bytes:
    """Return the time now, as messages have it."""
    return iso(time.time_ns() // 1000).encode()
