"""`warmline doctor` with made-up facts: faults that no lab can have."""

import json
import os
import pwd
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from cli.client import ari_console, asterisk_conf, systemd_service
from cli.client.app_answer import AppAway
from cli.doctor.check_list import TABLE, run
from cli.doctor.checks import (
    ari_check,
    asterisk_check,
    dialling_check,
    dialplan_check,
    disposition_check,
    process_check,
    sound_check,
    warmline_check,
)
from cli.doctor.facts.check_facts import AsteriskOwner, CheckFacts
from cli.doctor.facts.finding import Check, Finding, Severity
from cli.install import install_manifest
from cli.install.file_changes import FOLDER, FileChange
from tests.cli.installed import pristine
from tests.copied_database import new_database
from tests.free_port import free_port
from tests.other_user import folder_for_all
from tests.store import left_databases
from tests.wording.said import said
from warmline.store.agi import failed_scripts
from warmline.store.configuration import config
from warmline.store.maintenance import backup_and_vacuum
from warmline.system import guard_lock
from warmline.system.program_files import agi_scripts
from warmline.system.settings import DEFAULTS, Settings

OPEN = "0.0.0.0"  # noqa: S104 - nothing listens there


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

    def found(self, check: str) -> list[Finding]:
        """Return what a check finds now, without notes about this machine."""
        (one,) = [each for each in TABLE if each.name == check]
        return [result.finding for result in run(self.facts(), [one]) if result.finding.severity != "note"]

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


DISPOSITION_KEYS = {
    "SALE": {"key": "11"},
    "AGAIN": {"key": "2", "campaigns": "SURVEY"},
    "ELSE": {"key": "2", "campaigns": "OTHER"},
    "OUT": {"key": "3", "direction": "OUTBOUND"},
    "IN": {"key": "3", "direction": "INBOUND"},
    "HIDDEN": {"key": "1", "selectable": "N"},
}


def test_two_dispositions_for_the_same_calls_with_one_key_are_found(machine: Machine) -> None:
    with closing(sqlite3.connect(machine.settings.db)) as connection:
        connection.execute("DELETE FROM disposition")
        connection.commit()
    for campaign in ("SURVEY", "OTHER"):
        config.create(machine.settings.db, "campaign", campaign, {}, who="ada")
    for code, options in DISPOSITION_KEYS.items():
        config.create(machine.settings.db, "disposition", code, options, who="ada")
    assert [one.code for one in disposition_check.keys(machine.facts())] == ["disposition_keys_good"]
    config.create(machine.settings.db, "disposition", "BOTH", {"key": "3"}, who="ada")
    config.create(machine.settings.db, "disposition", "FIRST", {"key": "1"}, who="ada")
    found = {(one.severity, one.found, one.fix) for one in disposition_check.keys(machine.facts())}
    assert found == {
        (
            Severity.NOTE,
            "key 1 of disposition FIRST begins key 11 of SALE",
            "warmline disposition set SALE key=6",
        ),
        (
            Severity.WARNING,
            "dispositions BOTH and IN have the same key 3",
            "warmline disposition set IN key=4",
        ),
        (
            Severity.WARNING,
            "dispositions BOTH and OUT have the same key 3",
            "warmline disposition set OUT key=5",
        ),
    }


def test_an_old_asterisk(machine: Machine) -> None:
    fixed(machine, "version")
    machine.version = "20.12.0"
    assert "install Asterisk 20.18, 22.8, 23.2 or newer" in only(machine.found("version")).fix


OFFERED = "[general]\nicesupport = yes\n[ice_host_candidates]\n{} => {}\n"
ELSEWHERE = 'listen_host = "0.0.0.0"\ntls_certificate = "/etc/warmline/tls.pem"\n'


@pytest.mark.parametrize(
    ("own", "offered", "code"),
    [
        ("127.0.0.1", "203.0.113.5", ""),
        ("127.0.0.1", "127.0.0.1", "browser_candidates_local"),
        ("192.0.2.1", "203.0.113.5", "browser_candidates_unused"),
    ],
)
def test_an_address_that_browsers_cannot_reach(machine: Machine, own: str, offered: str, code: str) -> None:
    machine.file.write_text(ELSEWHERE + 'browser_sip = "127.0.0.1:5060"\n')
    (machine.etc / "rtp.conf").write_text(OFFERED.format(own, offered))
    if not code:
        fixed(machine, "browser reach")
        return
    severity = Severity.ERROR if code == "browser_candidates_local" else Severity.WARNING
    found = only(machine.found("browser reach"), severity)
    assert (found.code, found.by_hand) == (code, True) and f"{machine.etc}/rtp.conf" in found.fix


def test_browser_phones_without_a_certificate_are_for_this_machine(machine: Machine) -> None:
    [check] = [one for one in TABLE if one.name == "browser reach"]
    machine.file.write_text('browser_sip = "127.0.0.1:5060"\n')
    (machine.etc / "rtp.conf").write_text("[general]\n")
    codes = [result.finding.code for result in run(machine.facts(), [check])]
    assert codes == ["browser_page_local", "browser_reach_good"]
    machine.file.write_text("")
    assert list(run(machine.facts(), [check])) == [], "they are off"


@pytest.mark.parametrize(("source", "ticks"), [("pthread", 50), ("timerfd", 31)])
def test_a_bad_clock_to_mix_by(machine: Machine, source: str, ticks: int) -> None:
    fixed(machine, "timing")
    machine.source, machine.ticks = source, dict.fromkeys(asterisk_check.RATES, ticks)
    found = only(machine.found("timing"))
    assert (found.code, found.fix) == ("timing_bad", "true -rx 'module load res_timing_timerfd.so'")
    assert source in found.found and str(ticks) in found.found


def test_a_clock_that_has_stood_still_for_a_moment(machine: Machine) -> None:
    machine.ticks = {50: 31}
    (found,) = machine.found("timing")
    assert (found.severity, found.code) == (Severity.GOOD, "timing_good")


def test_too_few_open_files_are_found_and_fixed(machine: Machine) -> None:
    fixed(machine, "open files")
    (machine.etc / "asterisk.conf").write_text("[options]\nmaxfiles = 1024\n")
    found = only(machine.found("open files"), Severity.WARNING)
    assert found.code == "open_files_few" and "1024" in found.found
    machine.shell(found.fix)
    fixed(machine, "open files")


@pytest.mark.parametrize(("given", "wanted"), [("", "second"), ("second", "warmline")])
def test_an_application_of_another_name(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, given: str, wanted: str
) -> None:
    """Every call would take the fallback, or reach the other Warmline."""
    conf = machine.etc / "extensions.conf"
    conf.write_text(f"[globals]\nMINE=1\n{f'WARMLINE_APP={given}' if given else ''}\n")
    known = machine.console

    def console(command: str) -> str:
        if command == "dialplan show globals":
            read = asterisk_conf.read(machine.etc, "extensions.conf").named("globals")[0].lines
            return "".join(f"   {key}={value}\n" for key, value in dict(read).items()) + "\n    -- 2 variable(s)\n"
        return SHOWN["dialplan show"] if command == "dialplan show" else known(command)

    monkeypatch.setattr(machine, "console", console)
    machine.file.write_text(f'ari_app = "{wanted}"\n')
    (found,) = (one for one in machine.found("ways to Warmline") if one.severity == Severity.ERROR)
    assert found.code == "stasis_missing" and (given or "warmline") in found.found and wanted in found.found
    machine.shell(found.fix)
    assert not [one for one in machine.found("ways to Warmline") if one.severity == Severity.ERROR]


SHOWN = {
    "dialplan show": """
[ Context 'from-trunk' created by 'pbx_config' ]
  '8005550100' =>   1. Answer()                                   [extensions.conf:44]
  '8005550101' =>   1. Goto(warmline-from-trunk,${EXTEN},1)       [extensions.conf:45]
  Include =>        'warmline-from-trunk'                         [pbx_config]
""",
    "dialplan show 8005550100@from-trunk": """
[ Context 'from-trunk' created by 'pbx_config' ]
  '8005550100' =>   1. Answer()                                   [extensions.conf:44]
[ Included context 'warmline-from-trunk' created by 'pbx_config' ]
  '_[+0-9*#]!' =>   1. Goto(1001)                                 [warmline.conf:26]
""",
    "dialplan show 8005550101@from-trunk": """
[ Context 'from-trunk' created by 'pbx_config' ]
  '8005550101' =>   1. Goto(warmline-from-trunk,${EXTEN},1)       [extensions.conf:45]
  '_X.' =>          1. Answer()                                   [extensions.conf:46]
""",
    "dialplan show 8005550102@from-trunk": """
[ Included context 'warmline-from-trunk' created by 'pbx_config' ]
  '_[+0-9*#]!' =>   1. Goto(1001)                                 [warmline.conf:26]
""",
}


def test_an_extension_that_is_called_as_a_did(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asterisk ignores a second extension of that name, so none can be added."""
    for did in ("8005550100", "8005550101", "8005550102", "_80055502XX"):
        config.create(machine.settings.db, "did", did, {"route": "hangup"}, who="ada")
    monkeypatch.setattr(machine, "console", lambda command: SHOWN[command])
    found = only(machine.found("DIDs"))
    assert found.code == "dids_not_routed" and "8005550100" in found.found
    assert found.fix == (
        "in [from-trunk], in place of exten => 8005550100: exten => 8005550100,1,Goto(warmline-from-trunk,${EXTEN},1)"
    )
    config.delete(machine.settings.db, "did", "8005550100", who="ada")
    fixed(machine, "DIDs")


def test_a_campaign_without_a_place_after_the_call(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = """
[ Context '{name}' created by 'pbx_config' ]
  's' =>            1. Hangup()                                   [extensions.conf:44]
"""
    config.create(machine.settings.db, "campaign", "SURVEY", {"continue_after_hangup": "Y"}, who="ada")
    monkeypatch.setattr(machine, "console", lambda command: shown.format(name="warmline-after"))
    fixed(machine, "after the call")
    monkeypatch.setattr(machine, "console", lambda command: shown.format(name="ivr"))
    [missing] = machine.found("after the call")
    assert (missing.code, missing.fix) == (
        "after_context_missing",
        "warmline campaign set SURVEY continue_after_hangup=N",
    )
    machine.shell(missing.fix)
    fixed(machine, "after the call")


def test_data_that_no_call_has(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = """
[ Context 'ivr' created by 'pbx_config' ]
  's' =>            1. Set(WARMLINE_DATA_ticket=${ticket})        [extensions.conf:44]
                    2. MSet(__WARMLINE_DATA_Vip=1,X_WARMLINE_DATA_no=1,y=${WARMLINE_DATA_no2}) [extensions.conf:45]
[ Context 'warmline-own' created by 'pbx_config' ]
  's' =>            1. Set(WARMLINE_DATA_own=1)                   [warmline.conf:44]
"""
    monkeypatch.setattr(machine, "console", lambda command: shown)
    config.set_options(machine.settings.db, "setting", "warmline", {"call_data_headers": "X-Tier"}, who="ada")
    rules = {"route": "hangup", "data_routes": "x_tier=1 -> hangup, ticket=2 -> hangup"}
    config.create(machine.settings.db, "did", "8005550100", rules, who="ada")
    options = {"data_agent": "owner", "data_priority": "vip=yes:5"}
    config.create(machine.settings.db, "ingroup", "SALES", options, who="ada")
    of_rules, of_dialplan = machine.found("data of calls")
    assert (of_rules.code, of_dialplan.code) == ("data_of_rules_unnamed", "data_of_dialplan_unnamed")
    assert "ticket in did 8005550100 (data_routes)" in of_rules.found and "x_tier" not in of_rules.found
    assert "vip in ingroup SALES (data_priority), owner in ingroup SALES (data_agent)" in of_rules.found
    assert "WARMLINE_DATA_Vip, WARMLINE_DATA_ticket" in of_dialplan.found and "no" not in of_dialplan.found.split()
    assert of_rules.fix == of_dialplan.fix == "warmline setting set call_data=ticket,Vip,owner"
    machine.shell(of_rules.fix)
    fixed(machine, "data of calls")


def test_a_host_without_a_name(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed(machine, "host name")

    def nobody(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(asterisk_check.socket, "getaddrinfo", nobody)
    name = socket.gethostname()
    found = only(machine.found("host name"), Severity.WARNING)
    assert (found.code, found.fix) == ("host_name_unknown", f"echo '127.0.1.1 {name}' >> /etc/hosts")
    assert name in found.found


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("etc/http.conf", "[general]\nbindaddr = 0.0.0.0\n", "http_port_open"),
        ("etc/manager.conf", "[general]\nbindaddr = 192.0.2.1\n", "manager_port_open"),
        ("warmline.toml", 'listen_host = "0.0.0.0"\n', "app_port_open"),
        ("warmline.toml", 'fastagi = "192.0.2.1:4573"\n', "app_port_open"),
    ],
)
def test_doors_that_are_open(machine: Machine, file: str, text: str, code: str) -> None:
    fixed(machine, "listeners")
    (machine.folder / file).write_text(text)
    (told,) = machine.found("listeners")
    assert told.severity == (Severity.ERROR if code == "app_port_open" else Severity.WARNING)
    (host,) = re.findall("[0-9.]{7,}", text)
    assert told.code == code and host in told.found
    machine.shell(told.fix)
    fixed(machine, "listeners")


def test_addresses_of_this_machine_are_recognised() -> None:
    assert all(map(ari_check.is_local, ("127.0.0.1", "::1", "[::1]", "localhost", "127.1.2.3")))
    assert not any(map(ari_check.is_local, (OPEN, "::", "192.0.2.1", "example.org")))


def test_ari_that_is_off(machine: Machine) -> None:
    machine.status = 0
    (machine.etc / "http.conf").write_text("[general]\nservername=Asterisk\n")
    found = only(machine.found("ARI user"))
    machine.shell(found.fix)
    conf = asterisk_conf.read(machine.etc, "http.conf")
    assert (conf.on("general", "enabled"), conf.value("general", "bindport")) == (True, "8088")


@pytest.mark.parametrize("status", [404, 500])
def test_an_ari_that_is_off_is_found_and_switched_on(machine: Machine, status: int) -> None:
    """Asterisk answers 404 to everything, if ARI is off, below a prefix, or not loaded."""
    fixed(machine, "ARI user")
    machine.status, machine.info = status, status
    for conf in ("ari.conf", "http.conf"):
        (machine.etc / conf).write_text("[general]\nenabled = yes\n")
    found = only(machine.found("ARI user"))
    assert found.code == "ari_missing" and str(status) in found.found
    assert found.fix == "true -rx 'module load res_ari.so'"
    (machine.etc / "http.conf").write_text("[general]\nenabled = yes\nprefix = pbx\n")
    machine.shell(only(machine.found("ARI user")).fix)
    assert machine.settings.ari_url == "http://127.0.0.1:8088/pbx/ari"
    (machine.etc / "ari.conf").write_text("[general]\nenabled = no\n")
    machine.shell(only(machine.found("ARI user")).fix)
    assert asterisk_conf.read(machine.etc, "ari.conf").on("general", "enabled")


def test_scripts_that_are_missing(machine: Machine) -> None:
    fixed(machine, "AGI scripts")
    (machine.folder / "agi/route_did").unlink()
    found = only(machine.found("AGI scripts"))
    assert found.safe and found.code == "agi_links_missing" and f"{machine.folder}/agi" in found.found
    machine.shell(found.fix)
    fixed(machine, "AGI scripts")


def test_a_python_that_cannot_run_them(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialplan_check, "STARTS", "import nothing_of_that_name")
    found = only(machine.found("AGI scripts"))
    assert found.code == "agi_python_missing" and "No module named 'nothing_of_that_name'" in found.found


def test_scripts_that_may_not_be_run(machine: Machine) -> None:
    (machine.folder / "agi/fallback").unlink()
    (machine.folder / "agi/fallback").write_text("#!/bin/sh\n")
    found = only(machine.found("AGI scripts"))
    assert found.code == "agi_scripts_not_runnable" and f"{machine.folder}/agi/fallback" in found.found
    machine.shell(found.fix)
    fixed(machine, "AGI scripts")


def test_a_closed_folder_of_asterisks_user_is_found(machine: Machine) -> None:
    """Only root can test another user's rights; here other users have all rights."""
    with tempfile.TemporaryDirectory() as closed:  # for its owner alone
        (Path(closed) / "notes").mkdir()
        machine.file.write_text(f'spool = "{closed}/notes"\n')
        facts = machine.facts()
        facts.__dict__["owner"] = AsteriskOwner(65534, 65534, "nobody")
        (found,) = next(check for check in TABLE if check.name == "AGI scripts").look(facts)
    is_root = os.geteuid() == 0
    assert found.severity == (Severity.ERROR if is_root else Severity.GOOD)
    assert is_root is (f"enter {closed}" in found.found) is (f"chmod a+x {closed}" in found.fix)


def test_scripts_that_read_other_settings(machine: Machine) -> None:
    fixed(machine, "scripts' settings")
    machine.named = ""
    found = only(machine.found("scripts' settings"))
    assert found.code == "agi_settings_differ" and f"/etc/warmline/warmline.toml, not {machine.file}" in found.found
    unit = machine.folder / "asterisk.service.d"
    systemctl = machine.folder / "bin/systemctl"
    systemctl.write_text("#!/bin/sh\n")
    systemctl.chmod(0o755)
    machine.shell(found.fix.replace("/etc/systemd/system/asterisk.service.d", str(unit)))
    assert f"[Service]\nEnvironment=WARMLINE_CONFIG={machine.file}\n" in (unit / "warmline.conf").read_text()


def test_a_full_disk(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed(machine, "recording folder")
    monkeypatch.setattr(sound_check, "LEAST_SPACE", 1 << 60)
    assert only(machine.found("recording folder"), Severity.WARNING).code == "disk_nearly_full"


def test_music_of_the_package_lies_below_asterisks_data(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its musiconhold.conf has directory=moh; Asterisk lists only the class with music, not the empty one."""
    shutil.copy(pristine() / "musiconhold.conf", machine.etc)
    music = machine.folder / "data/moh"
    known = machine.console

    def console(command: str) -> str:
        if command == "moh show classes":
            return "Class: default\n\tMode: files\n\tDirectory: moh\n" if any(music.glob("*")) else ""
        return known(command)

    monkeypatch.setattr(machine, "console", console)
    found = only(machine.found("music"), Severity.WARNING)
    assert found.code == "music_class_empty" and f"{music} (of ingroup AGENTDIRECT moh_context)" in found.found
    elsewhere = machine.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    machine.shell(found.fix)
    assert not any(elsewhere.iterdir())
    fixed(machine, "music")


def test_a_fallback_that_leads_to_a_mailbox(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "core show applications": "    -= Registered Asterisk Applications =-\n   VoiceMail: Leave a message. \n",
        "voicemail show users": "Context    Mbox  User      Zone  NewMsg\ndefault    8777  Reception            0\n",
    }
    known = machine.console
    steps = "[ Context 'warmline-away' created by 'pbx_config' ]\n  's' =>  1. VoiceMail({},u)  [extensions.conf:9]\n"
    for box, there in (("8777", True), ("8777@default", True), ("8778", False), ("8777@sales&8777", False)):
        shown = told | {"dialplan show": steps.format(box)}
        monkeypatch.setattr(machine, "console", lambda command, shown=shown: shown.get(command) or known(command))
        (found,) = machine.found("fallback")
        assert (found.severity == Severity.GOOD) is there, found
    assert found.code == "fallback_bad" and "8777@sales" in found.found


def test_the_rights_of_a_folder_depend_on_its_owner_and_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o570)
    user, group = tmp_path.stat().st_uid, tmp_path.stat().st_gid
    assert AsteriskOwner(0, 0, "root").may_write(tmp_path)
    assert not AsteriskOwner(user + 1, group + 1, "somebody").may_write(tmp_path)
    assert AsteriskOwner(user + 1, group, "somebody").may_write(tmp_path)


def test_a_database_that_is_missing(machine: Machine) -> None:
    fixed(machine, "database")
    Path(machine.settings.db).unlink()
    found = only(machine.found("database"))
    assert found.safe and said("database_missing", path=machine.settings.db) == found.found
    machine.shell(found.fix)
    fixed(machine, "database")


def test_a_database_of_an_older_warmline(machine: Machine) -> None:
    Path(machine.settings.db).unlink()
    left_databases.write("0.9.0", Path(machine.settings.db))
    found = only(machine.found("database"))
    assert found.code == "database_unusable" and "schema 3" in found.found
    machine.shell(found.fix)
    fixed(machine, "database")


def test_a_database_that_is_damaged(machine: Machine) -> None:
    path = Path(machine.settings.db)
    backup_and_vacuum.backup(path, path.with_name("friday.db"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal_call'").fetchone()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'leg'").fetchone()
        connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'journal_call'", (root,))
        connection.commit()
        assert page != root
    found = only(machine.found("database"))
    machine.shell(found.fix.replace("systemctl stop warmline.target; ", ""))
    fixed(machine, "database")


@pytest.mark.parametrize("which", ["spool", "run"])
def test_folders_that_are_missing(machine: Machine, which: str) -> None:
    fixed(machine, "folders")
    Path(getattr(machine.settings, which)).rmdir()
    found = only(machine.found("folders"))
    assert found.safe
    machine.shell(found.fix)
    fixed(machine, "folders")


def test_an_api_user_who_is_locked_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    config.create(machine.settings.db, "api-user", "crm", {"pass": "a-long-one-of-25-letters"}, who="test")
    lock = {"user": "crm", "address": "10.0.0.7", "until": "2026-11-21T13:33:20.000000+00:00"}
    asked = []

    def get(_settings: Settings, path: str) -> list[dict[str, str]]:
        asked.append(path)
        return [lock]

    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("cli.client.api_port.get", get)
    found = [one for one in machine.found("passwords") if one.code == "api_user_locked"]
    assert asked == ["api-users/crm/locks"]
    one = only(found, Severity.WARNING)
    assert all(part in one.found for part in ("crm", "10.0.0.7", "13:33"))
    assert one.fix == "warmline api-user unlock crm"


@pytest.mark.skipif(os.geteuid() != 0, reason="of root's command line alone")
@pytest.mark.parametrize("which", ["etc-warmline", "etc-warmline/warmline.toml"])
def test_settings_that_others_can_change(machine: Machine, which: str) -> None:
    folder = machine.folder / "etc-warmline"
    folder.mkdir()
    machine.file = machine.file.rename(folder / "warmline.toml")
    machine.file.chmod(0o640)
    for private in ("spool/recording", "notes"):
        (machine.folder / private).chmod(0o750)
    fixed(machine, "readers")
    os.chown(machine.folder / which, 65534, 65534)
    found = only(machine.found("readers"), Severity.WARNING)
    assert found.code == "settings_writable_by_others" and str(machine.folder / which) in found.found
    machine.shell(found.fix)
    fixed(machine, "readers")


def test_secrets_that_the_api_process_could_read(machine: Machine) -> None:
    """A lab has one file for all; `warmline install` moves only what it has installed."""
    machine.file.write_text('ari_password = "of-an-older-warmline"\n')
    machine.file.chmod(0o640)
    for private in ("spool/recording", "notes"):
        (machine.folder / private).chmod(0o750)
    fixed(machine, "readers")
    install_manifest._save(machine.folder / install_manifest.NAME, [FileChange(FOLDER, "/nowhere")], whole=True)
    found = only(machine.found("readers"), Severity.WARNING)
    assert (found.code, found.fix) == ("secrets_in_settings", "warmline install")
    (machine.folder / "secrets.toml").write_text(machine.file.read_text())
    (machine.folder / "secrets.toml").chmod(0o640)
    machine.file.write_text("")
    fixed(machine, "readers")
    (machine.folder / "secrets.toml").chmod(0o644)
    assert only(machine.found("readers"), Severity.WARNING).code == "file_readable_by_all"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_api_user_reads_only_the_files_it_needs(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with folder_for_all() as folder:
        machine.folder = machine.folder.rename(folder / "machine")
        machine.file, machine.etc = machine.folder / "warmline.toml", machine.folder / "etc"
        (machine.folder / "asterisk.pid").write_text(str(os.getpid()))
        monkeypatch.setattr(systemd_service, "FOLDERS", [folder])
        unit = folder / "warmline-api.service"
        fixed(machine, "api process")
        unit.write_text("[Service]\nUser=nobody\n")
        for name in ("", "spool/recording", "notes"):
            (machine.folder / name).chmod(0o750)
        db, key, secrets = (machine.folder / name for name in ("warmline.db", "key.pem", "secrets.toml"))
        key.touch(mode=0o600)
        machine.file.write_text(f'tls_key = "{key}"\n')
        assert {one.code for one in machine.found("api process")} == {"api_file_unreadable"}
        os.chown(machine.folder, 0, pwd.getpwnam("nobody").pw_gid)
        os.chown(db, 0, pwd.getpwnam("nobody").pw_gid)
        db.chmod(0o640)
        told = only(machine.found("api process"))
        assert told.code == "api_file_unreadable" and str(key) in told.found
        machine.shell(told.fix)
        fixed(machine, "api process")
        secrets.touch()
        told = only(machine.found("api process"), Severity.WARNING)
        assert told.code == "api_may_read" and str(secrets) in told.found
        machine.shell(told.fix)
        db.chmod(0o660)
        assert only(machine.found("api process"), Severity.WARNING).code == "api_may_write"
        unit.write_text("[Service]\nUser=warmline-nobody\n")
        assert only(machine.found("api process")).code == "api_user_missing"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_an_asterisk_that_runs_as_root_beside_an_app_that_does_not(machine: Machine) -> None:
    fixed(machine, "folders")
    name = pwd.getpwuid(65534).pw_name
    os.chown(machine.folder, 65534, 65534)
    found = only(machine.found("folders"), Severity.WARNING)
    assert found.code == "home_of_another" and str(machine.folder) in found.found and name in found.found
    take, *again = found.fix.split(" && ")
    assert again[0] == "warmline install --user root"
    machine.shell(take)
    fixed(machine, "folders")


def test_a_queue_log_that_cannot_be_written(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is created; the unit, which makes the rest of the machine read-only, must name it."""
    monkeypatch.setattr(systemd_service, "FOLDERS", [machine.folder])
    machine.file.write_text(f'queue_log = "{machine.folder}/log/queue_log"\n')
    found = only(machine.found("folders"))
    assert found.safe
    machine.shell(found.fix)
    fixed(machine, "folders")
    unit = f"[Service]\nEnvironment=WARMLINE_CONFIG={machine.file}\nProtectSystem=strict\nReadWritePaths={{}} /var\n"
    file = machine.folder / "warmline-workers.service"
    file.write_text(unit.format("-/srv"))
    found = only(machine.found("folders"))
    assert found.code == "folder_closed_by_unit" and f"{machine.folder}/log" in found.found
    assert found.fix == "warmline install && systemctl daemon-reload && systemctl restart warmline-workers"
    file.write_text(unit.format(f"-{machine.folder}/log"))
    fixed(machine, "folders")
    file.write_text(unit.format("/srv").replace(f"{machine.file}", "/of/another.toml"))
    fixed(machine, "folders")


def test_a_queue_log_where_the_apps_user_may_not_write(machine: Machine) -> None:
    machine.file.write_text(f'queue_log = "{machine.folder}/etc/queue_log"\n')
    (machine.folder / "etc").chmod(0o755)
    facts = machine.facts()
    facts.__dict__["owner"] = AsteriskOwner(65534, 65534, "nobody")
    found = only(list(warmline_check.folders(facts)))
    assert found.code == "folder_closed" and f"{machine.folder}/etc" in found.found
    machine.shell(found.fix)
    assert machine.settings.queue_log == f"{machine.folder}/queue_log"


def test_a_clock_that_was_set_back(machine: Machine) -> None:
    fixed(machine, "clocks")
    at = time.time_ns() // 1000 + 3_600_000_000
    with closing(sqlite3.connect(machine.settings.db)) as connection:
        row = (1, at, "timer.fired", "0" * 64, "0" * 64)
        connection.execute("INSERT INTO journal (seq, at, kind, payload_hash, hash) VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
    found = only(machine.found("clocks"))
    assert found.code == "clock_behind" and "359" in found.found and "set-ntp" in found.fix


def test_turns_that_failed_in_the_last_day(machine: Machine) -> None:
    fixed(machine, "turns")
    now, call = time.time_ns() // 1000, "01M7W0SYD3KRP8EZM7S5B7TNR1"
    failed = {"kind": "leg.joined", "error": "KeyError", "place": "warmline/core/x.py:7 x", "remedy": "reconcile"}
    with closing(sqlite3.connect(machine.settings.db)) as connection:
        for seq, at in enumerate((now - 90_000_000_000, now - 1, now), 1):
            row = (seq, at, "turn.failed", call, json.dumps({"input": failed}), "0" * 64, "0" * 64)
            connection.execute(
                "INSERT INTO journal (seq, at, kind, call, payload, payload_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        connection.commit()
    found = only(machine.found("turns"))
    text = "leg.joined at warmline/core/x.py:7 x (KeyError), 2 times"
    assert found.code == "turns_failed" and text in found.found and found.fix == f"warmline audit call {call}"


def test_scripts_that_failed_in_the_last_day(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed(machine, "failed scripts")
    monkeypatch.setenv("WARMLINE_SPOOL", machine.settings.spool)
    for script, why in ("pin", "pin line 7: a bug"), ("vip", "vip line 3: another"), ("pin", "pin line 7: a bug"):
        failed_scripts.keep(script, why, "")
    found = only(machine.found("failed scripts"), Severity.WARNING)
    assert found.code == "scripts_failed" and "pin: pin line 7: a bug, 2 times" in found.found
    assert "3 times in all" in found.found and "vip: vip line 3: another, 1 times" in found.found
    notes = failed_scripts.read(machine.settings.spool, 0)
    monkeypatch.setattr(time, "time_ns", lambda: (notes[-1].at + 86_500_000_000) * 1000)
    fixed(machine, "failed scripts")


def test_a_time_zone_that_is_not_known(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warmline_check, "available_timezones", lambda: {"Europe/Berlin"})
    assert only(machine.found("clocks")).code == "time_zone_unknown"


def test_an_installation_that_was_broken_off(machine: Machine) -> None:
    fixed(machine, "installation")
    file = machine.folder / install_manifest.NAME
    install_manifest._save(file, [FileChange(FOLDER, "/nowhere")], whole=False)
    assert only(machine.found("installation")).fix == "warmline install"
    install_manifest._save(file, [FileChange(FOLDER, "/nowhere")], whole=True)
    fixed(machine, "installation")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else's")
def test_a_manifest_of_another_user_is_found(machine: Machine) -> None:
    file = machine.folder / install_manifest.NAME
    install_manifest._save(file, [FileChange(FOLDER, "/nowhere")], whole=True)
    os.chown(file, 65534, 65534)
    found = only(machine.found("installation"))
    assert found.code == "manifest_not_ours" and "user 65534" in found.found
    machine.shell(found.fix)
    fixed(machine, "installation")


def test_a_machine_that_nothing_is_installed_on(machine: Machine) -> None:
    facts = machine.facts()
    machine.file.unlink()
    (result,) = run(facts)  # all other findings would follow from it
    found = result.finding
    assert (found.severity, found.fix) == (Severity.ERROR, "warmline install --dry-run")


def test_an_app_that_does_not_run(machine: Machine) -> None:
    found = only(machine.found("app"))
    assert (found.code, found.fix) == ("app_away", "warmline serve")
    assert "journalctl" not in found.found, "nothing runs under systemd"
    assert machine.found("orphans")[0].severity == Severity.UNKNOWN


def booted_with_systemd(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let systemd run this machine; its units are in the machine's folder."""
    monkeypatch.setattr(systemd_service, "BOOTED", machine.folder)
    monkeypatch.setattr(systemd_service, "FOLDERS", [machine.folder / "local", machine.folder / "packaged"])
    for folder in systemd_service.FOLDERS:
        folder.mkdir(exist_ok=True)


SHOWS = """#!/bin/sh
[ "$2" = {unit} ] && printf 'ActiveState=activating\\nSubState=auto-restart\\nNRestarts=7\\n'
"""


def test_a_service_that_is_stopped_is_one_cause(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd creates its folder in /run, so that a missing folder is not a finding."""
    booted_with_systemd(machine, monkeypatch)
    unit = systemd_service.FOLDERS[1] / "warmline.service"  # the folder of a package
    run_folder = f"/run/{machine.folder.name}-of-a-test"
    machine.file.write_text(f'run = "{run_folder}"\n')
    unit.write_text(f"[Service]\nRuntimeDirectory={Path(run_folder).name}\n")
    monkeypatch.setenv("WARMLINE_CONFIG", str(machine.file))  # an ordinary user is told to log in without it
    fixed(machine, "folders")
    found = only(machine.found("app"))
    assert found.found.startswith(
        said("app_not_started", file=f"{run_folder}/calls-local", start="systemctl start warmline")
    )
    unit.write_text("[Service]\n")
    assert only(machine.found("folders")).code == "folder_missing"


@pytest.mark.parametrize(
    ("check", "unit", "ends", "away"),
    [
        ("app", "warmline", "app_ends", "systemctl start warmline"),
        ("api port", "warmline-api", "api_process_ends", "systemctl restart warmline-api"),
    ],
)
def test_a_service_that_does_not_stay_up_is_called_so(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, check: str, unit: str, ends: str, away: str
) -> None:
    booted_with_systemd(machine, monkeypatch)
    systemd_service.unit(unit).write_text("[Service]\n")
    machine.file.write_text(f"listen_port = {free_port()}\n")
    systemctl = machine.folder / "bin/systemctl"
    systemctl.write_text(SHOWS.format(unit=unit))
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{machine.folder}/bin:{os.environ['PATH']}")
    found = only(machine.found(check))
    assert found.code == ends and "7" in found.found
    assert found.fix == f"journalctl -u {unit} -n 20 --no-pager"
    systemctl.write_text(SHOWS.format(unit=unit).replace("activating", "inactive").replace("auto-restart", "dead"))
    found = only(machine.found(check))
    assert found.fix == away and f"journalctl -u {unit} " in found.found


def test_an_api_process_that_is_away_stops_no_call(machine: Machine) -> None:
    machine.file.write_text(f"listen_port = {free_port()}\n")
    found = only(machine.found("api port"))
    assert found.code == "api_process_away" and "API process" in found.found and "fallback" not in found.why
    assert machine.found("worker process")[0].severity == Severity.UNKNOWN


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ("warmline_workers_connected 1.0\nwarmline_figures_age_seconds 0.0\n", "workers_good"),
        ("warmline_workers_connected 0.0\nwarmline_figures_age_seconds 0.0\n", "workers_away"),
        ("warmline_workers_connected 1.0\nwarmline_figures_age_seconds 60.5\n", "not_looked_at"),
        ("warmline_figures_age_seconds 1.0\n", "not_looked_at"),
    ],
)
def test_whether_the_worker_process_works(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, figures: str, code: str
) -> None:
    monkeypatch.setattr(process_check, "CONNECTS_WITHIN", 0.0)
    with Stranger(b"HTTP/1.0 200 OK\r\n\r\n# HELP\n" + figures.encode()) as port:
        machine.file.write_text(f"listen_port = {port}\n")
        fixed(machine, "api port")
        (found,) = machine.found("worker process")
    assert found.code == code
    if code == "workers_away":
        assert found.fix == "warmline serve"


def test_a_token_that_came_with_a_start_is_read_again(machine: Machine) -> None:
    """Systemd starts the API process for the first request, which has no token yet."""
    token = machine.folder / "run/token"

    class Starting(Stranger):
        def _answer_to(self, asked: bytes) -> bytes:
            token.write_text("new\n")
            known = b"Authorization: Bearer new\r\n" in asked
            return b"HTTP/1.0 200 OK\r\n\r\nwarmline_legs 0.0\n" if known else REFUSED

    with Starting(b"") as port:
        machine.file.write_text(f"listen_port = {port}\n")
        fixed(machine, "api port")


REFUSED = b"HTTP/1.0 401 No\r\n\r\n"


@pytest.mark.parametrize(("token", "named"), [("", "not Warmline"), ("of another app", "run/token")])
def test_a_port_that_another_program_has(machine: Machine, token: str, named: str) -> None:
    if token:
        (machine.folder / "run/token").write_text(token)
    with Stranger(REFUSED) as port:
        machine.file.write_text(f"listen_port = {port}\n")
        found = only(machine.found("api port"))
        assert found.code == "app_port_taken" and f"http://127.0.0.1:{port}" in found.found and named in found.found
        write, *again = found.fix.rsplit(" && ", 3)
        assert again == ["warmline install", "systemctl daemon-reload", "systemctl restart warmline.target"]
        machine.shell(write)
    assert machine.settings.listen_port > port


class Stranger:
    """A program on a port that sends the same text to all."""

    def __init__(self, said: bytes) -> None:
        self._said = said
        self._server = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> int:
        threading.Thread(target=self._answer, daemon=True).start()
        return int(self._server.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                with connection:
                    connection.sendall(self._answer_to(connection.recv(4096)))

    def _answer_to(self, _asked: bytes) -> bytes:
        return self._said


def test_a_guard_that_does_not_run(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with guard_lock.mark(machine.file):
        fixed(machine, "guard")
        machine.file.rename(machine.folder / "before.toml")
        machine.file.write_text("")
        assert only(machine.found("guard"), Severity.WARNING).code == "guard_other_settings"
    assert only(machine.found("guard"), Severity.WARNING).fix == "warmline guard"
    booted_with_systemd(machine, monkeypatch)
    systemd_service.unit(systemd_service.GUARD).write_text("[Service]\n")
    found = only(machine.found("guard"), Severity.WARNING)
    assert found.fix == "systemctl enable warmline-guard && systemctl restart warmline-guard"


def test_contradicting_options_of_a_campaign_are_found(machine: Machine) -> None:
    rules = {
        "campaign_recording": "ALLFORCE",
        "leave_3way_stop_recording": "ALL_CALLS",
        "leave_3way_start_recording": "ONLY_EXCEPTIONS",
        "leave_3way_start_recording_exception": "DISABLED",
        "three_way_record_stop": "Y",
        "hangup_xfer_record_start": "N",
    }
    found = list(sound_check._contradictions(dict(rules), {}))
    assert [option for option, _, _ in found] == [
        "leave_3way_start_recording=DISABLED",
        "leave_3way_stop_recording=DISABLED",
        "three_way_record_stop=N",
        "leave_3way_start_recording=DISABLED",
    ]
    never = rules | {"campaign_recording": "NEVER", "hangup_xfer_record_start": "Y"}
    assert "hangup_xfer_record_start=N" in [option for option, _, _ in sound_check._contradictions(dict(never), {})]


def test_a_check_that_cannot_look_says_so(machine: Machine) -> None:
    def looks(facts: CheckFacts) -> Iterator[Finding]:
        yield Finding(Severity.GOOD, str(facts.get("asterisk/nothing")))

    (result,) = run(machine.facts(), [Check("new", looks, "")])
    assert result.finding == Finding(Severity.UNKNOWN, "ARI answers 404", code="not_looked_at")


def test_every_check_has_a_name_of_its_own() -> None:
    names = [check.name for check in TABLE]
    assert len(set(names)) == len(names)


def test_a_stranger_where_asterisk_is_to_listen(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(method: str, path: str) -> tuple[int, Any]:
        raise ari_console.NotAsterisk(
            "not_asterisk", "a program of user nobody (65534) listens on 127.0.0.1:8088, not Asterisk"
        )

    monkeypatch.setattr(machine, "ask", ask)
    told = only(machine.found("ARI user"))
    assert "nobody (65534)" in told.found and told.fix.startswith("ss -ltnp 'sport = :8088'")


def test_a_campaign_that_may_dial_without_end(machine: Machine) -> None:
    config.create(machine.settings.db, "campaign", "TESTCAMP", {}, who="ada")
    (found,) = dialling_check.limits(machine.facts())
    assert found.severity is Severity.NOTE
    assert found.code == "dial_rules_none" and "TESTCAMP" in found.found
    machine.shell(found.fix)
    (found,) = dialling_check.limits(machine.facts())
    assert found.severity is Severity.GOOD


def test_any_number_of_phones_at_once_is_noted(machine: Machine) -> None:
    (found,) = dialling_check.legs(machine.facts())
    assert found.severity is Severity.NOTE and found.code == "max_legs_none"
    machine.shell(found.fix)
    (found,) = dialling_check.legs(machine.facts())
    assert found.severity is Severity.GOOD and "300" in found.found
