"""A page with a browser phone, without a browser: aiortc offers it, speaks a tone and hears what Asterisk sends."""

import array
import asyncio
import json
import math
import time
from collections import deque
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame

from lab.sip import tones

RATE, FRAME = 48000, 960  # samples of a second, and of 20 ms
LATEST, SILENCE, LATEST_GIVEN = 5, 25, 100  # frames
NOTHING = 300  # the largest amplitude of a tone that is not there; a party's tone has 6000
CONNECTED_WITHIN = HEARD_WITHIN = 5.0  # seconds
RETRY = 0.1  # seconds until the feed of a server that is away is opened again
SDP = {"Content-Type": "application/sdp"}


class ToneTrack(MediaStreamTrack):
    """A tone of this frequency, in frames of 20 ms."""

    kind = "audio"

    def __init__(self, hz: int) -> None:
        super().__init__()
        second = [round(6000 * math.sin(2 * math.pi * hz * n / RATE)) for n in range(RATE)]  # hz is a whole number
        self._frames = [array.array("h", second[n : n + FRAME]).tobytes() for n in range(0, RATE, FRAME)]
        self._sent, self._began = 0, time.monotonic()
        self.given: deque[float] = deque(maxlen=LATEST_GIVEN)  # times of frames

    async def recv(self) -> AudioFrame:
        """Return the next frame when it is due."""
        await asyncio.sleep(self._began + self._sent * FRAME / RATE - time.monotonic())
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(self._frames[self._sent % len(self._frames)])
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._sent * FRAME, Fraction(1, RATE)
        self._sent += 1
        self.given.append(time.monotonic())
        return frame


class Page:
    """A page that was loaded now, whose microphone hears a tone. Its feed is open: without it, it would be gone.

    `supervises`: it is a supervisor's page, and follows the overview. `servers`: its TURN servers.
    """

    def __init__(
        self, name: str, hz: int, *, supervises: bool = False, servers: RTCConfiguration | None = None
    ) -> None:
        self.name, self._supervises = name, supervises
        self.line = RTCPeerConnection(servers)
        self.connected = asyncio.Event()  # the feed
        self._heard: deque[tuple[float, array.array[int]]] = deque(maxlen=100)
        self._more = asyncio.Event()
        self._voice = ToneTrack(hz)
        self.line.addTrack(self._voice)
        self.line.on("track", self._listen)

    async def offer(self, http: aiohttp.ClientSession, api: str, agent: str, token: dict[str, str]) -> int:
        """Offer the phone of the agent, or of the agent's supervisor; return the status.

        With 201 its audio is connected.
        """
        self._following = asyncio.ensure_future(self._follow(http, api, agent, token))
        async with asyncio.timeout(CONNECTED_WITHIN):
            await self.connected.wait()
        await self.line.setLocalDescription(await self.line.createOffer())
        query = {"supervises" if self._supervises else "agent": agent, "page": self.name}
        body = self.line.localDescription.sdp.encode()
        async with http.post(f"{api}/workspace/phone", params=query, data=body, headers=token | SDP) as answer:
            text = await answer.text()
        if answer.status == 201:
            async with asyncio.timeout(CONNECTED_WITHIN):
                connected = asyncio.Event()
                self.line.on("connectionstatechange", connected.set)
                await self.line.setRemoteDescription(RTCSessionDescription(text, "answer"))
                while self.line.connectionState != "connected":
                    connected.clear()
                    await connected.wait()
        return answer.status

    async def hears(self, hz: int, since: float) -> None:
        """Wait until a tenth of a second of sound since that time of the monotonic clock is this tone."""
        async with asyncio.timeout(HEARD_WITHIN):
            while not tones.has_tone(self._latest(since), hz):
                self._more.clear()
                await self._more.wait()

    async def misses(self, hz: int) -> None:
        """Wait until half a second of sound has nothing of the tone, in no 20 ms of it."""
        async with asyncio.timeout(HEARD_WITHIN):
            silent = 0
            while silent < SILENCE:
                self._more.clear()
                await self._more.wait()
                silent = silent + 1 if tones.level(self._heard[-1][1], hz) < NOTHING else 0

    def missed(self, hz: int, since: float) -> float:
        """Return the longest time in seconds without the tone since that time, at most two seconds ago."""
        times = [since, *(at for at, frame in self._heard if at >= since and tones.has_tone(frame, hz))]
        return max(after - before for before, after in pairwise([*times, time.monotonic()]))

    def paused(self, since: float) -> float:
        """Return the longest time in seconds between frames that it sent since that time, at most two seconds ago."""
        times = [since, *(at for at in self._voice.given if at >= since)]
        return max((after - before for before, after in pairwise(times)), default=0.0)

    async def goes(self) -> None:
        """Close the page, as a browser does: nothing is said to Asterisk but the end of DTLS."""
        self._following.cancel()
        await asyncio.wait([self._following])
        await self.line.close()

    async def _follow(self, http: aiohttp.ClientSession, api: str, agent: str, token: dict[str, str]) -> None:
        """Keep the feed open, also of a server that has come back."""
        query = {"view": "overview"} if self._supervises else {"view": "agent", "agent": agent}
        has_phone = False
        while True:
            with suppress(aiohttp.ClientError):
                async with http.ws_connect(f"{api}/workspace/feed", params=query, headers=token) as feed:
                    await feed.send_str(json.dumps({"hello": {"page": self.name, "phone": has_phone}}))
                    async for _message in feed:
                        self.connected.set()
                        has_phone = True
            self.connected.clear()
            await asyncio.sleep(RETRY)

    def _listen(self, track: MediaStreamTrack) -> None:
        self._listening = asyncio.ensure_future(self._hear(track))

    async def _hear(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                stereo = array.array("h", bytes(frame.planes[0])[: frame.samples * 4])
                self._heard.append((time.monotonic(), stereo[:: 2 * RATE // tones.RATE]))
                self._more.set()
        except MediaStreamError:
            return

    def _latest(self, since: float) -> list[int]:
        return [sample for at, frame in list(self._heard)[-LATEST:] if at >= since for sample in frame]
