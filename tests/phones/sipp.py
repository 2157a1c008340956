"""sipp of Debian as a phone: scenarios in XML take its calls, and packets with their Call-ID press its keys."""

import asyncio
import re
import socket
from pathlib import Path

from lab.sip import tones
from tests.debian_program import DebianProgram, libraries
from tests.phones.foreign_phone import PORTS, WITHIN, ForeignPhone, free_ports

SCENARIOS = Path(__file__).parent / "sipp"
TALK = "<!-- talk.xml -->"
REGISTERED = "120"  # seconds, longer than a test; sipp registers once
UP, DOWN = "phone: up ", "phone: down"  # talk.xml says so
KEYS = {"hold": "MESSAGE", "take back": "INFO", "hang up": "PUBLISH"}  # as talk.xml has them


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    [loader] = root.glob("lib/*/ld-linux*.so.*")
    return (str(loader), "--library-path", libraries(root), str(root / "usr/bin/sipp")), {}


SIPP = DebianProgram("sipp", ("sip-tester",), ("sipp",), _unpacked, asks="-v")


class Sipp(ForeignPhone):
    """One process answers all calls, and another one makes a call."""

    async def register(self) -> None:
        (self.folder / "voice.ulaw").write_bytes(tones.tone_packet(self.hz) * 50)  # a second, again and again
        self._pressed = 0
        user, _, password = self.account
        if password:
            words = ("-key", "contact", str(self.sip), "-key", "expires", REGISTERED)
            async with asyncio.timeout(WITHIN):
                ended = await (await self._start("register", free_ports(), *words, *self._to(user))).wait()
            assert ended == 0, f"sipp could not register {user}: {self.said}"
        await self._start("answer", self.sip)
        await self.until_said("Scenario Screen", len(self.said))

    async def dial(self, number: str) -> None:
        before = len(self.said)
        await self._start("dial", free_ports(), *self._to(number))
        await self.until_said(UP, before)

    async def hang_up(self) -> None:
        before = len(self.said)
        await self._press("hang up")
        await self.until_said(DOWN, before)

    async def hold(self, *, on: bool) -> None:
        await self._press("hold" if on else "take back")

    def _to(self, number: str) -> tuple[str, ...]:
        return ("-m", "1", "-s", number, "-au", self.account.user, "-ap", self.account.password, self.account.host)

    async def _start(self, scenario: str, port: int, *words: str) -> asyncio.subprocess.Process:
        text = (SCENARIOS / f"{scenario}.xml").read_text().replace(TALK, (SCENARIOS / "talk.xml").read_text())
        (self.folder / f"{scenario}.xml").write_text(text)
        sound = self.port if scenario == "answer" else self.port + PORTS // 2 // 2 * 2  # a port of its own for each
        addresses = ("-i", "127.0.0.1", "-ci", "127.0.0.1", "-p", str(port), "-mp", str(sound))
        named = ("-sf", f"{scenario}.xml", "-key", "user", self.account.user)
        return await self.run(*named, "-nostdin", *addresses, *words)

    async def _press(self, key: str) -> None:
        """Send the process of the last call a request in this call. It takes it for a key, and gives no answer."""
        await self.until_said(UP)
        port, call = re.findall(rf"{UP}(\d+) (\S+)", self.said)[-1]
        self._pressed += 1
        lines = (
            f"{KEYS[key]} sip:key@127.0.0.1:{port} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK-key-{self._pressed}",
            "From: <sip:key@127.0.0.1>;tag=key",
            "To: <sip:phone@127.0.0.1>",
            f"Call-ID: {call}",
            f"CSeq: {self._pressed} {KEYS[key]}",
            "Content-Length: 0",
        )
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto("\r\n".join((*lines, "", "")).encode(), ("127.0.0.1", int(port)))
