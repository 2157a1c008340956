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


class Stage:
    """A front, the servers behind it by name, and a customer on the trunk."""

    def __init__(self, folder: Path, parties: Parties, servers: Mapping[str, TrunkPeer]) -> None:
        self.folder, self.parties, self.servers = folder, parties, servers
        self.sip, self.link = f"{LOOPBACK}:{free_port()}", f"{LOOPBACK}:{free_port()}"
        self.customer: TrunkCustomer
        self._kamailio: subprocess.Popen[bytes] | None = None

    def write(self, weights: Mapping[str, int], options: Sequence[str]) -> None:
        """Write both files of Kamailio by the command."""
        lines = [f'front = "{self.link}"']
        for name, peer in self.servers.items():
            lines += [f"[server.{name}]", f'sip = "{peer.trunk}"', f"weight = {weights.get(name, 10)}"]
            lines += ['ari_url = "http://127.0.0.1:1/ari"'] if name != "main" else []
        (self.folder / "warmline.toml").write_text("\n".join(lines) + "\n")
        where = ["--listen", self.sip, "--trunk", LOOPBACK, "--list-file", str(self.folder / "dispatcher.list")]
        self.config.write_text(self._printed(*where, *options))
        (self.folder / "dispatcher.list").write_text(self._printed("--dispatcher"))

    @property
    def config(self) -> Path:
        """Return the path of Kamailio's configuration."""
        return self.folder / "kamailio.cfg"

    async def start(self) -> None:
        """Start Kamailio and wait until it answers."""
        self._kamailio = self._started()
        await options(self.customer, f"sip:{self.sip}")

    def _started(self) -> "subprocess.Popen[bytes]":
        assert KAMAILIO
        command = [KAMAILIO, "-DD", "-E", "-f", self.config, "-Y", self.folder, "-P", self.folder / "pid", "-m", "64"]
        with open(self.folder / "kamailio.log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def kill(self) -> None:
        """Kill Kamailio with its processes."""
        if self._kamailio:
            with suppress(ProcessLookupError):
                os.killpg(self._kamailio.pid, signal.SIGKILL)
            self._kamailio.wait()
            self._kamailio = None

    def checked(self) -> str:
        """Return the verdict of `kamailio -c` about the configuration."""
        done = subprocess.run([str(KAMAILIO), "-c", "-f", self.config], capture_output=True, text=True)
        return done.stderr + done.stdout

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

    def _printed(self, *words: str) -> str:
        run = [sys.executable, "-c", "from cli.main import main; main()", "front", "config", *words]
        environ = os.environ | {"WARMLINE_CONFIG": str(self.folder / "warmline.toml")}
        return subprocess.run(run, env=environ, check=True, capture_output=True, text=True).stdout


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
        stage = Stage(folder, parties, peers)
        stage.customer = await parties.customer(stage.sip, CALLER)
        stage.write(weights or {}, options)
        try:
            await stage.start()
            yield stage
        finally:
            stage.kill()
            parties.server_ended()


@asynccontextmanager
async def leader(stage: Stage, server: str) -> AsyncIterator[Leader]:
    """Run an app that places every call on this server, HOST:PORT or another text, once the front asks it."""
    words = (sys.executable, "-m", "tests.front.leader", stage.link, server)
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
