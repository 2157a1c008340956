"""A phone that another project wrote, as a process. It plays a tone; the packets on loopback tell what it gets."""

import asyncio
import os
import pty
import socket
import time
import wave
from abc import ABC, abstractmethod
from array import array
from collections import deque
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from lab.sip import tones
from tests.debian_program import Program

WITHIN = 10.0  # seconds until the phone must have done what it was asked for
MOMENT = 0.05  # seconds between two looks
WINDOW = 0.3  # seconds that are judged
HEARD = 0.8  # the share of them in which a tone is heard
PORTS = 10  # for sound, from an even one
ALL_PROTOCOLS = 3  # of packet(7)
KEPT = 1000  # packets
RTP_HEADER, MU_LAW = 12, 0
VOICE_SECONDS = 600


class Ear:
    """The sound of mu-law packets that arrive on loopback at some ports. Needs root."""

    def __init__(self, first: int) -> None:
        self._ports = range(first, first + PORTS)
        self._got = deque[tuple[float, bytes]](maxlen=KEPT)
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL_PROTOCOLS))
        self._socket.bind(("lo", 0))
        self._socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    def _read(self) -> None:
        packet, sender = self._socket.recvfrom(2048)
        header = 4 * (packet[0] & 15)  # of IPv4
        if sender[2] == socket.PACKET_OUTGOING or packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_UDP:
            return
        port, sound = int.from_bytes(packet[header + 2 : header + 4]), packet[header + 8 :]
        if port in self._ports and len(sound) == RTP_HEADER + tones.PACKET and sound[1] & 127 == MU_LAW:
            self._got.append((time.monotonic(), sound[RTP_HEADER:]))

    def shares(self) -> dict[int, float]:
        """Return the share of the last time in which each tone was heard, without those that never were."""
        since = time.monotonic() - WINDOW
        due = [payload for at, payload in self._got if at >= since]
        counts = {hz: sum(tones.packet_has_tone(payload, hz) for payload in due) for hz in TONES}
        return {hz: count * tones.PACKET_SECONDS / WINDOW for hz, count in counts.items() if count}


TONES = (*tones.PARTY_TONES, *tones.LAB_TONES)


class Account(NamedTuple):
    """A user at the server `host`, HOST:PORT. Without a password the phone does not register."""

    user: str
    host: str
    password: str = ""


class ForeignPhone(ABC):
    """A phone, which answers calls at once. `port` is the first of its ports for sound, `sip` the one for calls."""

    def __init__(self, program: Program, folder: Path, account: Account, hz: int) -> None:
        self.program, self.folder, self.account, self.hz = program, folder, account, hz
        self.port, self.sip = free_ports(), free_ports()
        self.process: asyncio.subprocess.Process | None = None
        self.said, self._news = "", asyncio.Event()  # by the program so far
        folder.mkdir(parents=True)

    @abstractmethod
    async def register(self) -> None:
        """Start the program, and wait until it is registered, or ready."""

    @abstractmethod
    async def dial(self, number: str) -> None:
        """Dial a number."""

    @abstractmethod
    async def hang_up(self) -> None:
        """End the call."""

    @abstractmethod
    async def hold(self, *, on: bool) -> None:
        """Press the hold key, or take the call back."""

    async def start(self) -> None:
        """Begin to listen, and register."""
        self._ear = Ear(self.port)
        await self.register()

    @property
    def runs(self) -> bool:
        """Return whether the program runs."""
        return self.process is not None and self.process.returncode is None

    async def run(self, *words: str) -> None:
        """Start the program with these words, on a terminal, so that it says at once what it says."""
        self._terminal, inner = pty.openpty()
        self.process = await asyncio.create_subprocess_exec(
            *self.program.command,
            *words,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=self.folder,
            env=os.environ | self.program.environ | {"HOME": str(self.folder), "TERM": "dumb"},
        )
        os.close(inner)
        asyncio.get_running_loop().add_reader(self._terminal, self._hear, self._terminal)

    def _hear(self, terminal: int) -> None:
        try:
            self.said += os.read(terminal, 65536).decode(errors="replace")
        except OSError:  # the program has ended
            asyncio.get_running_loop().remove_reader(terminal)
        self._news.set()
        (self.folder / "said").write_text(self.said)

    def type(self, words: str) -> None:
        """Type a line into the program's terminal."""
        os.write(self._terminal, f"{words}\n".encode())

    async def until_said(self, words: str, since: int = 0) -> None:
        """Wait until the program has said these words after its first `since` characters. Raises TimeoutError."""
        async with asyncio.timeout(WITHIN):
            while words not in self.said[since:]:
                self._news.clear()
                await self._news.wait()

    async def kill(self) -> None:
        """End the program without a word to its server."""
        if self.process and self.runs:
            self._ear.close()
            self.process.kill()
            await self.process.wait()

    def write_voice(self) -> Path:
        """Write a file with the voice, and return it."""
        path = self.folder / "voice.wav"
        packet = array("h", [round(tones.LINEAR[byte]) for byte in tones.tone_packet(self.hz)])
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(tones.RATE)
            file.writeframes(packet.tobytes() * (VOICE_SECONDS * tones.RATE // tones.PACKET))
        return path

    async def until_hears(self, wanted: Collection[int]) -> None:
        """Wait until the phone gets all these tones nearly all the time. Raises AssertionError."""
        await self._until(lambda shares: all(shares.get(hz, 0) >= HEARD for hz in wanted), f"hear {wanted}")

    async def until_silent_of(self, unwanted: Collection[int]) -> None:
        """Wait until the phone gets none of these tones. Raises AssertionError."""
        await self._until(lambda shares: not shares.keys() & set(unwanted), f"not hear {unwanted}")

    async def _until(self, good: Callable[[dict[int, float]], bool], wish: str) -> None:
        limit = time.monotonic() + WITHIN
        await asyncio.sleep(WINDOW)  # sound that was on the way does not count
        while not good(shares := self._ear.shares()):
            assert time.monotonic() < limit, f"the phone of {self.account.user} is to {wish}, but hears {shares}"
            await asyncio.sleep(MOMENT)


def free_ports() -> int:
    """Return the first of some ports for sound that nothing uses, an even one."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        if port % 2 == 0 and port + PORTS < 65536:
            return port
