"""From Asterisk's package to a call: installed into its configuration, and removed again."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from cli.install.install_paths import PROJECT
from lab import asterisk, music, ports, process, programs, templates
from sip_parties import Hearing, Parties
from sip_parties.sip_call import SipCall
from tests.cli.installed import Box

README = PROJECT / "README.md"
WITHIN = 30.0  # seconds
LOUD = 0x30  # of 0x7F, a sample of mu-law: a voice; silence is 0

SAMPLE = PROJECT / "dialplan/pjsip.conf.sample"
# Phone and trunk have one address here; calls of numbers of 7 to 15 digits come from the trunk.
ONE_ADDRESS = """
[global]
type = global
endpoint_identifier_order = request_uri,username,ip
[trunk](+type=endpoint)
identify_by = ip,request_uri
media_address = 127.0.0.1
[trunk](+type=identify)
match_request_uri = /^sips?:[0-9]{7,15}@/
[1000](+type=endpoint)
identify_by = username
media_address = 127.0.0.1
"""
PASSWORD = "aLongOneForAPhone"  # noqa: S105 - of a phone that lives for a minute


class Machine(Box):
    """The folder with a sample of a user's configuration, and an Asterisk that runs from it."""

    def __init__(self, folder: Path, taken: ports.Ports) -> None:
        super().__init__(folder)
        self.ports = taken
        self.app: subprocess.Popen[bytes] | None = None
        self.guard: subprocess.Popen[str] | None = None
        found = asterisk.find()
        assert found, "make setup brings Asterisk"
        self.asterisk = found
        for name in ("var", "log", "music", "bin"):
            (folder / name).mkdir()
        music.write(folder / "music/tone.wav")
        self._users_files()
        self._tools()
        self.environ |= {
            "WARMLINE_LISTEN_PORT": str(taken.api),
            "WARMLINE_ASTERISK": " ".join([*found.command, "-C", str(self.etc / "asterisk.conf")]),
        }

    def _users_files(self) -> None:
        """Write the folders, ports and users of Asterisk itself, without Warmline."""
        conf = self.etc / "asterisk.conf"
        places = {"astvarlibdir": "var", "astdbdir": "var", "astkeydir": "var", "astrundir": "var", "astlogdir": "log"}
        own = {key: str(self.folder / name) for key, name in places.items()}
        own |= {"astmoddir": str(self.asterisk.modules)} if self.asterisk.modules else {}
        own |= {"astdatadir": str(self.asterisk.data)} if self.asterisk.data else {}
        lines = conf.read_text().splitlines()
        conf.write_text("\n".join(_with(line, own) for line in lines) + "\n[options](+)\nmaxfiles = 4096\n")
        shown = self.etc / "http.conf"
        shown.write_text(f"{shown.read_text()}\n[general](+)\nbindport = {self.ports.http}\n")
        (self.etc / "modules.conf").write_text((templates.TEMPLATES / "etc/modules.conf").read_text())
        (self.etc / "pjsip.conf").write_text(self._sample() + ONE_ADDRESS)
        (self.etc / "pjsip.conf").chmod(0o640)
        (self.etc / "rtp.conf").write_text(
            f"[general]\nrtpstart = {self.ports.rtp_first}\nrtpend = {self.ports.rtp_last}\nstrictrtp = no\n"
        )
        (self.etc / "musiconhold.conf").write_text(f"[default]\nmode = files\ndirectory = {self.folder}/music\n")
        with open(self.etc / "extensions.conf", "a") as plan:
            plan.write("\n[from-trunk]\nexten => 8005550199,1,Hangup()\n[from-phones]\nexten => 800,1,Hangup()")

    def _sample(self) -> str:
        """Return the sample of endpoints, with this machine's address and password in the user's lines."""
        text = SAMPLE.read_text()
        for given, here in {
            "0.0.0.0:5060": f"127.0.0.1:{self.ports.sip}",
            "PASSWORD-OF-1000": PASSWORD,
            "192.0.2.20": "127.0.0.1",
        }.items():
            assert given in text
            text = text.replace(given, here)
        return text

    def _tools(self) -> None:
        """Make `warmline` and `asterisk` available in the administrator's shell."""
        conf = self.etc / "asterisk.conf"
        command = " ".join([*self.asterisk.command, "-C", str(conf)])
        ours = f"{sys.executable} -c 'from cli.main import main; main()'"
        for name, program in (("asterisk", command), ("warmline", ours)):
            tool = self.folder / "bin" / name
            tool.write_text(f'#!/bin/sh\nexec {program} "$@"\n')
            tool.chmod(0o755)

    def shell(self, command: str, typed: str = "", **more: str) -> str:
        """Run a command that must succeed; return its output. `typed` answers its questions."""
        environ = os.environ | self.environ | {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"} | more
        done = run(["sh", "-c", command], env=environ, capture_output=True, text=True, input=typed, timeout=60)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout

    def start_asterisk(self, keeper: socket.socket) -> None:
        command = [*self.asterisk.command, "-f", "-C", str(self.etc / "asterisk.conf")]
        known = os.environ | {"WARMLINE_CONFIG": self.environ["WARMLINE_CONFIG"]}  # it is not at its usual place
        process.start(command, self.folder / "log/out", self.folder / "asterisk.record", known, [keeper.fileno()])
        socket_file = self.folder / "var/asterisk.ctl"
        programs._await("Asterisk", socket_file.exists, self.folder / "asterisk.record", self.folder / "log/out")
        self.shell("asterisk -rx 'core waitfullybooted'")

    def start_app(self) -> None:
        """Start the app as systemd does, with the settings file alone, and wait until it accepts calls."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.bind(str(self.folder / "notify"))
            channel.settimeout(WITHIN)
            own = {"WARMLINE_CONFIG": self.environ["WARMLINE_CONFIG"], "NOTIFY_SOCKET": str(self.folder / "notify")}
            program = Path(sys.executable).with_name("warmline")
            with open(self.folder / "log/warmline", "wb") as log:
                self.app = subprocess.Popen([program, "serve"], env=os.environ | own, stderr=log)
            while b"STATUS=takes calls" not in channel.recv(4096):
                pass

    def start_guard(self) -> None:
        """Start the guard as systemd does, and wait until it has read its settings."""
        own = {"WARMLINE_CONFIG": self.environ["WARMLINE_CONFIG"]}
        program = Path(sys.executable).with_name("warmline")
        self.guard = subprocess.Popen([program, "guard"], env=os.environ | own, stderr=subprocess.PIPE, text=True)
        assert self.guard.stderr and "guarding the application" in self.guard.stderr.readline()

    def end_app(self) -> None:
        if self.guard:
            self.guard.terminate()
            self.guard.communicate(timeout=WITHIN)
            self.guard = None
        if self.app:
            self.app.terminate()
            assert self.app.wait(WITHIN) == 0
            self.app = None

    def end(self) -> None:
        self.end_app()
        process.stop(self.folder / "asterisk.record")


def _with(line: str, own: dict[str, str]) -> str:
    key = line.partition("=>")[0].strip()
    return f"{key} => {own[key]}" if key in own else line


@pytest.fixture
def machine(short_path: Path) -> Iterator[Machine]:
    taken, keeper = ports.reserve()
    with keeper:
        made = Machine(short_path / "m", taken)
        try:
            made.start_asterisk(keeper)
            yield made
        finally:
            made.end()


def configuration(machine: Machine) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in machine.etc.rglob("*") if path.is_file()}


def printed(step: str) -> list[str]:
    """Return the code blocks of a step in README, such as `The fallback`."""
    section = README.read_text().partition("## Into your Asterisk")[2].partition("\n## ")[0]
    text = re.search(rf"^\d\. \*\*{re.escape(step)}.*?(?=^\d\. |\Z)", section, re.MULTILINE | re.DOTALL)
    assert text, step
    return [textwrap.dedent(block) for block in re.findall(r"^ *```\n(.*?)^ *```", text[0], re.MULTILINE | re.DOTALL)]


def test_from_a_package_to_a_call_and_back(machine: Machine) -> None:
    before = configuration(machine)
    ((dry, install, reload),) = (block.splitlines() for block in printed("Into Asterisk"))
    words = f"warmline install {' '.join(machine.words)}"  # of this folder; the rest as README prints it
    assert "Nothing has been changed." in machine.shell(dry.replace(".venv/bin/warmline install", words))
    assert configuration(machine) == before
    machine.shell(f"{install.replace('.venv/bin/warmline install', words)} --yes")
    # From here on, only the settings file is used, as on every installed machine.
    machine.environ = {"WARMLINE_CONFIG": machine.environ["WARMLINE_CONFIG"]}
    machine.shell(reload)
    fallback, tried = printed("The fallback")
    with open(machine.etc / "extensions.conf", "a") as plan:
        plan.write(f"\n{fallback}")
    reload, phone_hears = tried.splitlines()
    machine.shell(reload)
    asyncio.run(the_prompt(machine, phone_hears))
    for command in printed("The configuration")[0].splitlines():
        machine.shell(command, typed="48213\n" if "pin=-" in command else "aGoodLongOne47\n")
    machine.shell("warmline campaign set SALES phone_login=TRUSTED")  # these parties press no keys
    machine.start_guard()
    machine.start_app()
    told = machine.shell("warmline doctor")
    assert set(re.findall(r"^(\S) ", told, re.MULTILINE)) <= {"✓", "·"} and told.count("✓") > 25, told
    asyncio.run(a_call(f"127.0.0.1:{machine.ports.sip}"))
    story = machine.shell("warmline audit call last")
    assert "agent 1000" in story and "called 8005550100" in story and "SALESLINE" in story
    machine.end_app()
    machine.shell("warmline uninstall --yes")
    assert configuration(machine) == before | {"extensions.conf": before["extensions.conf"] + f"\n{fallback}".encode()}
    assert not (machine.folder / "agi").exists() and not list((machine.folder / "units").iterdir())


async def the_prompt(machine: Machine, phone_hears: str) -> None:
    """Check what a caller hears while Warmline is away, and call a phone by README's test line."""
    sip = f"127.0.0.1:{machine.ports.sip}"
    async with Parties() as parties:
        phone = await parties.phone("1000", PASSWORD, sip)
        customer = await (await parties.customer(sip)).call("8005550100")
        await customer.answered()
        await a_voice(customer)
        await asyncio.to_thread(machine.shell, phone_hears)
        called = await phone.next_call()
        await called.answered()
        await a_voice(called)


async def a_voice(call: SipCall) -> None:
    """Wait for half a second of sound in a call."""

    def find() -> bool | None:
        packets = call.audio.between(call.began, call.audio.captured_until)
        loud = [packet for packet in packets if packet.payload and max(~byte & 0x7F for byte in packet.payload) > LOUD]
        return len(loud) > 25 or None

    await call.audio.until(find, WITHIN, "a voice")


async def a_call(sip: str) -> None:
    """Let the agent log in by dialling, and a customer call; they hear each other."""
    async with Parties() as parties:
        phone = await parties.phone("1000", PASSWORD, sip)
        agent = await phone.call("700")
        await agent.answered()
        customer = await (await parties.customer(sip)).call("8005550100")
        await customer.answered()
        ear = Hearing({"agent": agent, "customer": customer})
        await ear.heard(agent, customer, since=customer.began)
        await ear.heard(customer, agent, since=customer.began)
        await customer.hang_up()
