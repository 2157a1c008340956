"""A stand-in for a voice bot: AudioSocket for the sound, and HTTP for the reason before and the summary after."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from struct import pack, unpack

from aiohttp import web

from lab.sip import tones

HANGUP, UUID, SOUND = 0x00, 0x01, 0x10  # kinds of AudioSocket's messages
HEARD = 50  # packets with the caller's tone, until the bot has understood
LOUD = 1000  # level of a tone that counts


class VoiceBot:
    """A bot that plays its tone, and hands the caller on when it has heard the caller's tone for a moment.

    `reasons` are those with which callers came, `calls` the ids of their calls. `summary` is the answer afterwards; ""
    ends the call. A bot that `hangs` accepts the call, and neither speaks nor ends it.
    """

    def __init__(self, tone: int, caller: int) -> None:
        self.summary = "wants a refund"
        self.hangs = False
        self.reasons: list[str] = []
        self.calls: list[str] = []
        self.audio = self.http = ""
        self._tone = b"".join(_samples(tone))
        self._caller = caller

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take the reason of a call, or return its summary."""
        if request.method == "POST":
            self.reasons.append((await request.json())["reason"])
            return web.json_response({})
        assert request.path.removeprefix("/calls/") == self.calls[-1]
        return web.json_response({"summary": self.summary})

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Play the tone while the caller is there, until the caller's tone was heard."""
        heard = 0
        try:
            while heard < HEARD:
                kind, length = unpack("!BH", await reader.readexactly(3))
                body = await reader.readexactly(length)
                if kind == UUID:
                    text = body.hex()
                    self.calls.append("-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])))
                elif kind == SOUND and not self.hangs:
                    writer.write(pack("!BH", SOUND, len(self._tone)) + self._tone)
                    samples = unpack(f"<{length // 2}h", body)
                    heard += len(samples) == tones.PACKET and tones.level(samples, self._caller) > LOUD
            writer.write(pack("!BH", HANGUP, 0))
        except asyncio.IncompleteReadError:
            pass  # the caller hung up
        finally:
            writer.close()


@asynccontextmanager
async def voice_bot(tone: int, caller: int) -> AsyncIterator[VoiceBot]:
    """Provide a bot that listens on loopback; `tone` is its voice, and `caller` that of callers, in Hz."""
    bot = VoiceBot(tone, caller)
    runner = web.ServerRunner(web.Server(bot.serve), shutdown_timeout=0.1)
    await runner.setup()
    async with await asyncio.start_server(bot.talk, "127.0.0.1", 0) as server:
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            bot.http = f"http://127.0.0.1:{runner.addresses[0][1]}/calls/"
            bot.audio = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            yield bot
        finally:
            await runner.cleanup()


def _samples(hz: int) -> list[bytes]:
    """Return 20 ms of a tone as linear samples."""
    step = 2 * math.pi * hz / tones.RATE
    return [pack("<h", round(tones.AMPLITUDE * math.sin(step * at))) for at in range(tones.PACKET)]
