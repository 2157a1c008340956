"""A real Kamailio with the configuration that `warmline front config` prints, and parties as servers behind it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from lab.sip.incoming import IncomingCall
from lab.sip.outgoing import OutgoingCall
from lab.sip.parties import Parties
from lab.sip.sip_messages import address, new_tag, request
from lab.sip.user_agents import TrunkCustomer, TrunkPeer, UserAgent
from tests.free_port import free_port

KAMAILIO = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LOOPBACK = "127.0.0.1"
NUMBER, CALLER = "8005550100", "15551230001"


class Kamailio:
    """A front in `folder`, with the configuration that the command prints from the settings file `settings`."""

    def __init__(self, folder: Path, settings: Path) -> None:
        self.folder, self.settings = folder, settings
        self.sip, self.link = f"{LOOPBACK}:{free_port()}", f"{LOOPBACK}:{free_port()}"
        self._running: subprocess.Popen[bytes] | None = None

    def write(self, options: Sequence[str] = ()) -> None:
        """Write both files by the command."""
        where = ["--listen", self.sip, "--trunk", LOOPBACK, "--list-file", str(self.folder / "dispatcher.list")]
        self._config.write_text(self._printed(*where, *options))
        (self.folder / "dispatcher.list").write_text(self._printed("--dispatcher"))

    async def start(self, customer: UserAgent) -> None:
        """Start Kamailio and wait until it answers this customer."""
        self._running = self._started()
        await options(customer, f"sip:{self.sip}")

    def _started(self) -> "subprocess.Popen[bytes]":
        assert KAMAILIO
        command = [KAMAILIO, "-DD", "-E", "-f", self._config, "-Y", self.folder, "-P", self.folder / "pid", "-m", "64"]
        with open(self.folder / "kamailio.log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def kill(self) -> None:
        """Kill Kamailio with its processes."""
        if self._running:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None

    @property
    def _config(self) -> Path:
        return self.folder / "kamailio.cfg"

    def _printed(self, *words: str) -> str:
        run = [sys.executable, "-c", "from cli.main import main; main()", "front", "config", *words]
        environ = os.environ | {"WARMLINE_CONFIG": str(self.settings)}
        return subprocess.run(run, env=environ, check=True, capture_output=True, text=True).stdout


class Stage:
    """A front, the servers behind it by name, and a customer on the trunk."""

    def __init__(self, kamailio: Kamailio, parties: Parties, servers: Mapping[str, TrunkPeer]) -> None:
        self.kamailio, self.parties, self.servers = kamailio, parties, servers
        self.customer: TrunkCustomer

    def write(self, weights: Mapping[str, int], options: Sequence[str]) -> None:
        """Write the settings and both files of Kamailio."""
        lines = [f'front = "{self.kamailio.link}"']
        for number, (name, peer) in enumerate(self.servers.items()):
            lines += [f"[server.{name}]", f'sip = "{peer.trunk}"', f"weight = {weights.get(name, 10)}"]
            lines += [f'ari_url = "http://127.0.0.1:{number}/ari"'] if name != "main" else []
        self.kamailio.settings.write_text("\n".join(lines) + "\n")
        self.kamailio.write(options)

    async def placed(self, *, within: float = 5.0) -> tuple[str, float]:
        """Let the customer call; return the server that got the call, and after how many milliseconds."""
        name, far, call = await self.talk(within=within)
        await call.hang_up()
        return name, (far.began - call.began) * 1000

    async def talk(self, *, within: float = 5.0) -> tuple[str, IncomingCall, OutgoingCall]:
        """Let the customer call and be answered; return the server, its end of the call, and the customer's."""
        call = await self.customer.call(NUMBER)
        await call.answered(within)
        for name, peer in self.servers.items():
            with suppress(TimeoutError):
                while True:
                    far = await peer.next_call(0)
                    if far.invite.call_id == call.dialogue.call_id and far.answered.at:
                        return name, far, call
        raise AssertionError(call.story())


class Leader:
    """The app's end of the connection, in a process of its own, which can be frozen."""

    def __init__(self, program: asyncio.subprocess.Process) -> None:
        self._program = program

    async def asked(self) -> str:
        """Return number and caller of the next question."""
        assert self._program.stdout
        async with asyncio.timeout(10):
            return (await self._program.stdout.readline()).decode().strip()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        self._program.send_signal(number)


@asynccontextmanager
async def front(
    folder: Path, weights: Mapping[str, int] | None = None, options: Sequence[str] = (), servers: int = 2
) -> AsyncIterator[Stage]:
    """Run a front before servers `main`, `b` and so on, which answer each call; `options` are those of the command."""
    async with Parties() as parties:
        peers = {name: await parties.peer() for name in ("main", "b", "c")[:servers]}
        kamailio = Kamailio(folder, folder / "warmline.toml")
        stage = Stage(kamailio, parties, peers)
        stage.customer = await parties.customer(kamailio.sip, CALLER)
        stage.write(weights or {}, options)
        try:
            await kamailio.start(stage.customer)
            yield stage
        finally:
            kamailio.kill()
            parties.server_ended()


@asynccontextmanager
async def leader(stage: Stage, server: str, *drains: str) -> AsyncIterator[Leader]:
    """Run an app that places every call on this server, HOST:PORT or another text, once the front asks it.

    It says that the servers `drains` drain.
    """
    words = (sys.executable, "-m", "contrib.front.tests.kamailio.leader", stage.kamailio.link, server, *drains)
    program = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    try:
        found = Leader(program)
        asking = asyncio.create_task(found.asked())
        while not asking.done():
            await stage.placed()
        assert await asking == f"{NUMBER} {CALLER}"
        yield found
    finally:
        with suppress(ProcessLookupError):
            program.kill()
        await program.wait()


async def options(party: UserAgent, uri: str) -> int:
    """Send OPTIONS to the party's server until it answers; return the code. Raises WaitTimeout."""
    headers = {
        "Via": party.endpoint.via(),
        "From": f"{party.address};tag={new_tag()}",
        "To": f"<{uri}>",
        "Call-ID": new_tag(),
        "CSeq": "1 OPTIONS",
        "Contact": f"<{party.contact}>",
    }
    answer = await party.endpoint.ask(request("OPTIONS", uri, headers), party.sip)
    return answer.code


def host(text: str) -> tuple[str, int]:
    """Return the socket address of HOST:PORT."""
    return address(text)
