"""A made-up machine with Asterisk for `warmline doctor`: faults that no lab can have."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.client import asterisk_conf
from cli.doctor.check_list import TABLE, run
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Finding, Severity
from tests.copied_database import new_database
from warmline.centre.app_answer import AppAway
from warmline.system.program_files import agi_scripts
from warmline.system.settings import DEFAULTS, Settings


class Machine:
    """A made-up Asterisk with these files and answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.etc = folder / "etc"
        for name in ("etc", "agi", "spool/recording", "bin", "run", "notes", "data/sounds/en"):
            (folder / name).mkdir(parents=True)
        (folder / "data/sounds/en/vm-goodbye.gsm").touch()
        (folder / "asterisk.pid").write_text(str(os.getpid()))
        tool = folder / "bin/warmline"
        tool.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from cli.main import main; main()' \"$@\"\n")
        tool.chmod(0o755)
        self.file = folder / "warmline.toml"
        self.file.write_text("")
        self.version, self.source = "22.10.1+dfsg", "timerfd"
        self.ticks: dict[int, int] = {}  # ticks in a second, if some are missing
        self.bound = "127.0.0.1"
        self.status = 404
        self.info = 200
        self.named = str(self.file)  # in Asterisk's environment

    @property
    def settings(self) -> Settings:
        changed: dict[str, Any] = {
            "db": str(self.folder / "warmline.db"),
            "recordings": str(self.folder / "spool/recording"),
            "spool": str(self.folder / "notes"),
            "run": str(self.folder / "run"),
            "asterisk": "true",
        }
        return Settings(**(DEFAULTS | changed | asterisk_settings(self.file)))

    def ask(self, method: str, path: str) -> tuple[int, Any]:
        if not self.status:
            raise AppAway("asterisk_away", "Asterisk does not answer at http://127.0.0.1:8088/ari: Connection refused")
        return (self.info, {"system": {"version": self.version}}) if path == "asterisk/info" else (self.status, None)

    def console(self, command: str) -> str:
        if command == "core show settings":
            files = asterisk_conf.read(self.etc, "asterisk.conf").value("options", "maxfiles")
            return (
                f"  Maximum open file handles:   {files}\n  Configuration directory:     {self.etc}\n"
                f"  Spool directory:             {self.folder}/spool\n  PID file:  {self.folder}/asterisk.pid\n"
                f"  AGI Scripts directory:       {self.folder}/agi\n  Data directory:  {self.folder}/data\n"
            )
        if command.startswith("timing test "):
            rate = int(command.rpartition(" ")[2])
            ticks = self.ticks.get(rate, rate)
            return f"Using the '{self.source}' timing module for this test.\nand we got {ticks} timer ticks\n"
        if command == "http show status":
            host = asterisk_conf.read(self.etc, "http.conf").value("general", "bindaddr")
            return f"Server Enabled and Bound to {host}:8088\n"
        if command == "manager show settings":
            host = asterisk_conf.read(self.etc, "manager.conf").value("general", "bindaddr")
            return f"  TCP Bindaddress:           {host}:5038\n  TLS Bindaddress:           Disabled\n"
        raise AssertionError(command)

    def facts(self) -> CheckFacts:
        made = CheckFacts(self.settings, self.file, self.ask, self.console)
        made.__dict__["environ"] = {"WARMLINE_CONFIG": self.named} if self.named else {}
        return made

    def found(self, check: str, *, notes: bool = False) -> list[Finding]:
        """Return what a check finds now, without notes about this machine unless they are asked for."""
        (one,) = [each for each in TABLE if each.name == check]
        findings = [result.finding for result in run(self.facts(), [one])]
        return [finding for finding in findings if notes or finding.severity != "note"]

    def shell(self, command: str) -> None:
        environ = os.environ | {f"WARMLINE_{key.upper()}": str(value) for key, value in self.settings._asdict().items()}
        environ["PATH"] = f"{self.folder}/bin:{environ['PATH']}"
        done = subprocess.run(["sh", "-c", command], env=environ, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stderr)


def asterisk_settings(file: Path) -> dict[str, str]:
    import tomllib

    return tomllib.loads(file.read_text())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    (made.etc / "asterisk.conf").write_text("[options]\nmaxfiles = 20000\n")
    for name in ("http.conf", "manager.conf"):
        (made.etc / name).write_text("[general]\nbindaddr = 127.0.0.1\n")
    for script in agi_scripts():
        (tmp_path / "agi" / script.name).symlink_to(script)
    new_database(made.settings.db)
    return made


def only(found: list[Finding], severity: Severity = Severity.ERROR) -> Finding:
    (one,) = found
    assert one.severity == severity, found
    assert one.why or severity is Severity.GOOD
    return one


def fixed(machine: Machine, check: str) -> None:
    assert {one.severity for one in machine.found(check)} == {Severity.GOOD}, machine.found(check)
