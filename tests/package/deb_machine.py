"""The machine for tests of the Debian package: the lines of the page are typed there, and phones call."""

import asyncio
import os
import shlex
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lab.sip import Hearing, Parties, SipCall, TrunkPeer, answer
from tests.docs.page_blocks import commands_of
from tests.lab.page_machine import PIN_PROMPT
from tests.lab.page_terminal import PageTerminal
from tests.lab.test_installed import a_voice
from tests.package.debian_root import LIMIT, DebianRoot
from tools.release import checks
from tools.release.wheel import PROJECT

PAGE = "docs/how-to/package.md"
NAMED = f"warmline_{checks.deb_version(PROJECT)}_amd64.deb"  # by the page
SIP = "127.0.0.1:5060"
PIN, PASSWORD = "48213", "a-long-one"
DIAL = "warmline agent conference 1000 4930555123"
LEAVE = "warmline agent leave 1000"
WITHIN = 30.0  # seconds
# Phone and trunk have one address here: calls of numbers of 7 to 15 digits come from the trunk.
ONE_ADDRESS = """
[trunk](+type=endpoint)
identify_by = request_uri
media_address = 127.0.0.1
[trunk](+type=identify)
match_request_uri = /^sips?:[0-9]{7,15}@/
[1000](+type=endpoint)
media_address = 127.0.0.1
"""


def typed_lines() -> list[str]:
    """Return the lines of the page that lead from nothing to a leave."""
    lines = [line.text for line in commands_of(PAGE)]
    return lines[: lines.index(LEAVE) + 1]


@asynccontextmanager
async def deb_machine(debian: DebianRoot, package: Path) -> AsyncIterator["DebMachine"]:
    """Yield the Debian with the package's file, in whose network the parties are."""
    with debian.network():
        async with Parties(turning=True) as parties:
            peer = await parties.peer(lambda number: answer())
            (desk := debian.folder.parent / "desk").mkdir()
            async with PageTerminal(desk, os.environ, LIMIT) as terminal:
                yield DebMachine(debian, package, parties, peer, terminal)


class DebMachine:
    """The Debian, and the phone, the customers and the third parties around it."""

    def __init__(
        self, debian: DebianRoot, package: Path, parties: Parties, peer: TrunkPeer, terminal: PageTerminal
    ) -> None:
        self.debian, self.parties, self.peer, self._terminal = debian, parties, peer, terminal
        terminal.replies |= {r"\[y/N\] |\[Y/n\] ": "y", PIN_PROMPT: PIN}
        (debian.folder / "root" / package.name).write_bytes(package.read_bytes())
        self._places = {
            NAMED: package.name,
            "s/192.0.2.20/": f"s/192.0.2.20:5060/{peer.trunk}/; s/192.0.2.20/",
        }

    async def type(self, line: str) -> str:
        """Type a line of the page, with this machine's addresses, and reply to its questions."""
        for place, here in self._places.items():
            line = line.replace(place, here)
        code, printed = await self._terminal.run(shlex.join(self.debian.command(line)))
        assert code == 0, f"{line}: {code}\n{printed}"
        if line.startswith("sed "):
            self.debian.type(f"cat >>/etc/asterisk/pjsip.conf <<'END'\n{ONE_ADDRESS}END")
        return printed

    async def has_state(self, state: str) -> None:
        """Wait until the agent has a state. Raises AssertionError."""
        limit = time.monotonic() + WITHIN
        while f" {state} " not in (shown := await asyncio.to_thread(self.debian.type, "warmline agent status 1000")):
            assert time.monotonic() < limit, shown

    async def agent_logs_in(self) -> SipCall:
        """Register the phone, dial 700 and press the PIN."""
        phone = await self.parties.phone("1000", PASSWORD, SIP)
        agent = await phone.call("700")
        await agent.answered()
        await a_voice(agent)
        await agent.dial(f"{PIN}#")
        await self.has_state("READY")
        return agent

    async def customer_calls(self) -> SipCall:
        """Let a customer call, and talk with the agent."""
        customer = await (await self.parties.customer(SIP)).call("8005550100")
        await customer.answered()
        await self.has_state("INCALL")
        return customer

    async def third_comes(self) -> SipCall:
        """Type the line that dials the third party, who answers."""
        await self.type(DIAL)
        third = await self.peer.next_call()
        await third.answered()
        return third


async def hear_each_other(ear: Hearing, *parties: SipCall) -> None:
    """Wait until all of these hear all. Raises WaitTimeout."""
    now = time.monotonic()
    for listener in parties:
        for speaker in parties:
            if speaker is not listener:
                await ear.heard(listener, speaker, since=now)
