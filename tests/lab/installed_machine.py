"""A machine with Asterisk from its package, for an installation of Warmline: its files and its programs."""

import os
import socket
import subprocess
import time
from pathlib import Path
from subprocess import run

from lab import asterisk, music, ports, process, programs, templates
from tests.brief_documentation import brief_data
from tests.cli.installed import Box
from tests.lab.warm_warmline import warm_warmline
from tests.needed_modules import needed_modules
from tests.warm_app import MODULES, WARMLINE, ForkedProgram
from warmline.system.program_files import FILES

WITHIN = 30.0  # seconds
SAMPLE = FILES / "dialplan/pjsip.conf.sample"
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
Started = subprocess.Popen[bytes] | ForkedProgram


class Machine(Box):
    """The folder with a sample of a user's configuration, and an Asterisk that runs from it.

    `trunk` is the HOST:PORT that gets its calls over the trunk. The app and the guard are forks of a server that has
    imported them, unless they are `executed`.
    """

    def __init__(
        self, folder: Path, taken: ports.Ports, trunk: str = "127.0.0.1:5060", *, executed: bool = False
    ) -> None:
        super().__init__(folder)
        self.ports, self.trunk, self.executed = taken, trunk, executed
        self.app: Started | None = None
        self.guard: Started | None = None
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
        own |= {"astmoddir": str(needed_modules(self.asterisk.modules))} if self.asterisk.modules else {}
        own["astdatadir"] = str(brief_data(self.asterisk.data))
        lines = conf.read_text().splitlines()
        if not self.asterisk.modules:  # they are where Asterisk was built for, not where Debian's file says
            lines = [line for line in lines if not line.startswith("astmoddir")]
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
            "192.0.2.20:5060": self.trunk,
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
        ours = str(warm_warmline())
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
        (self.folder / "notify").unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.bind(str(self.folder / "notify"))
            channel.settimeout(WITHIN)
            own = {"WARMLINE_CONFIG": self.environ["WARMLINE_CONFIG"], "NOTIFY_SOCKET": str(self.folder / "notify")}
            self.app = self._started("serve", own)
            while b"STATUS=takes calls" not in channel.recv(4096):
                pass

    def start_guard(self) -> None:
        """Start the guard as systemd does, and wait until it has read its settings."""
        own = {"WARMLINE_CONFIG": self.environ["WARMLINE_CONFIG"]}
        self.guard = self._started("guard", own)
        until = time.monotonic() + WITHIN
        while "guarding the app " not in (self.folder / "log/guard").read_text():
            assert self.guard.poll() is None and time.monotonic() < until
            time.sleep(0.01)  # only its log shows this

    def _started(self, command: str, own: dict[str, str]) -> Started:
        """Start the app or the guard, whose output is in the folder `log`."""
        log = self.folder / "log" / ("warmline" if command == "serve" else command)
        log.write_text("")
        if not self.executed:
            return ForkedProgram(MODULES[command], log, os.environ | own)
        with open(log, "wb") as output:
            return subprocess.Popen([WARMLINE, command], env=os.environ | own, stderr=output)

    def end_app(self) -> None:
        if self.guard:
            self.guard.terminate()
            self.guard.wait(WITHIN)
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
