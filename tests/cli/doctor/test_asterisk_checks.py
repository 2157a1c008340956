"""`warmline doctor` and a made-up Asterisk: its clock, ports and ARI, its dialplan, scripts, sounds and modules."""

import os
import pwd
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.client import ari_console, asterisk_conf
from cli.doctor.checks import (
    dialling_check,
    login_check,
    routing_check,
)
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Finding, Severity
from tests.cli import freepbx_files
from tests.cli.doctor.made_machine import Machine, fixed, only
from warmline.store.agi import failed_scripts
from warmline.store.configuration import config
from warmline.store.database import database
from warmline.system.asterisk_requirements import AMD_MODULES

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


def test_a_stranger_where_asterisk_is_to_listen(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(method: str, path: str) -> tuple[int, Any]:
        raise ari_console.NotAsterisk(
            "not_asterisk", "a program of user nobody (65534) listens on 127.0.0.1:8088, not Asterisk"
        )

    monkeypatch.setattr(machine, "ask", ask)
    told = only(machine.found("ARI user"))
    assert "nobody (65534)" in told.found and told.fix.startswith("ss -ltnp 'sport = :8088'")


def test_agents_who_cannot_log_in_at_a_phone_and_refused_logins(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = machine.settings.db
    for campaign, login in (("OPEN", "TRUSTED"), ("SHOP", "PIN")):
        config.create(db, "campaign", campaign, {"phone_login": login}, who="ada")
    config.create(db, "phone", "1001", {}, who="ada")
    config.create(db, "phone", "1002", {}, who="ada")
    for agent, options in (
        ("1001", {"phone": "1001"}), ("1002", {"phone": "1002", "campaign": "OPEN"}), ("1003", {"pin": "739201"}),
    ):  # fmt: skip
        config.create(db, "agent", agent, {"campaign": "SHOP"} | options, who="ada")
    shown = "[ Context 'phones' created by 'pbx_config' ]\n  '700' =>  1. {}       [extensions.conf:1]\n"
    monkeypatch.setattr(machine, "console", lambda _: shown.format("Answer()"))
    assert only(list(login_check.agents(machine.facts())), Severity.GOOD).code == "phone_login_off"
    monkeypatch.setattr(machine, "console", lambda _: shown.format("Goto(warmline-login,s,1)"))
    found = [(one.found, one.fix) for one in login_check.agents(machine.facts())]
    assert found == [
        ("agents without a phone: 1003", "warmline agent set 1003 phone=PHONE"),
        ("agents without a pin: 1001", "warmline agent set 1001 pin=-"),
    ]
    assert only(machine.found("refused logins"), Severity.GOOD).code == "logins_good"
    now = time.time_ns() // 1000
    with closing(database.connect(db)) as connection:
        reason = "login refused at phone 1001: agent 1001 has no pin"
        for number, at in enumerate((now, now, now - 2 * login_check.A_DAY)):
            row = (str(number), at, "1001", "700", reason)
            connection.execute("INSERT INTO fallback (id, at, number, dialled, reason) VALUES (?, ?, ?, ?, ?)", row)
    refused = only(machine.found("refused logins"), Severity.WARNING)
    assert refused.found.endswith(", 2 times in all: phone 1001: agent 1001 has no pin, 2 times")


def test_place_to_which_a_key_sends_callers_is_missing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    there = """
[ Context 'office' created by 'pbx_config' ]
  '_1XX' =>         1. Dial(PJSIP/${EXTEN})                       [extensions.conf:44]
"""
    asked: list[str] = []

    def console(command: str) -> str:
        asked.append(command)
        return there if command.endswith(" 100@office") else f"There is no existence of '{command[14:]}' extension\n"

    monkeypatch.setattr(machine, "console", console)
    assert [one.severity for one in routing_check.exits(machine.facts())] == [Severity.GOOD] and not asked
    options = {"exit_keys": "1 -> extension:100@office, 0 -> voicemail:7000", "drop_action": "HANGUP"}
    config.create(machine.settings.db, "ingroup", "SALES", options, who="ada")
    assert [one.found for one in routing_check.exits(machine.facts())] == ["1 places in the dialplan, each is there"]
    more = {"exit_keys": "1 -> callmenu:menu", "drop_action": "EXTENSION", "drop_exten": "8300"}
    config.set_options(machine.settings.db, "ingroup", "SALES", more, who="ada")
    by_key, by_action = routing_check.exits(machine.facts())
    assert by_key.found == "the dialplan has no extension s in [menu], which exit_keys 1 of SALES names"
    assert by_action.found == "the dialplan has no extension 8300 in [default], which drop_action of SALES names"
    assert {one.severity for one in (by_key, by_action)} == {Severity.ERROR}


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


@pytest.fixture
def freepbx(tmp_path: Path) -> Machine:
    """Provide a made-up machine with FreePBX's files, and with an ARI that waits too short for the app."""
    made = Machine(tmp_path)
    (made.etc / "asterisk.conf").write_text("[options]\nmaxfiles = 20000\n")
    freepbx_files.write(made.etc)
    return made


def test_the_fix_changes_only_the_file_for_own_lines(freepbx: Machine) -> None:
    before = {path.name: path.read_text() for path in freepbx.etc.iterdir()}
    [found] = freepbx.found("websocket_write_timeout")
    freepbx.shell(found.fix)
    changed = {path.name for path in freepbx.etc.iterdir() if path.read_text() != before.get(path.name)}
    assert changed == {"ari_additional_custom.conf"}
    [found] = freepbx.found("websocket_write_timeout")
    assert found.severity is Severity.GOOD


def find_detection(machine: Machine, monkeypatch: pytest.MonkeyPatch, amd: str, running: set[str]) -> Finding:
    """Return the finding with a campaign of this `amd`, and with these modules of detection."""
    modules = [{"name": name, "status": "Running" if name in running else "Not Running"} for name in AMD_MODULES]
    monkeypatch.setattr(CheckFacts, "get", lambda facts, path: modules)
    facts = machine.facts()
    facts._shown["campaign"] = {"SALES": {"amd": amd}}
    [finding] = dialling_check.machine_detection(facts)
    return finding


def test_a_campaign_with_machine_detection_needs_modules_and_amd_conf(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_detection(machine, monkeypatch, "OFF", set()).code == "amd_off"
    assert find_detection(machine, monkeypatch, "MARK", {*AMD_MODULES}).code == "amd_good"
    file = machine.etc / "amd.conf"
    for missing in AMD_MODULES:
        file.unlink(missing_ok=True)
        problem = find_detection(machine, monkeypatch, "TAKE", {*AMD_MODULES} - {missing})
        assert (problem.severity, problem.code) == (Severity.ERROR, "amd_modules_missing")
        assert "SALES" in problem.found and missing in problem.found and f"module load {missing}" in problem.fix
        machine.shell(problem.fix)
        assert file.exists() == (missing == "app_amd.so")
        if file.exists():
            assert file.read_text().strip() == "[general]\nsilence_threshold = 256"
            assert "printf" not in find_detection(machine, monkeypatch, "TAKE", {*AMD_MODULES} - {missing}).fix


def test_a_campaign_that_dials_automatically_needs_the_heartbeat_in_the_dialplan(machine: Machine) -> None:
    good = f"{machine.settings.run}/beat"
    for method, value, code in (
        ("MANUAL", "", "dialler_off"),
        ("PROGRESSIVE", good, "dialler_heartbeat_good"),
        ("PROGRESSIVE", "", "dialler_heartbeat_missing"),
        ("PROGRESSIVE", "/elsewhere/beat", "dialler_heartbeat_missing"),
    ):
        facts = machine.facts()
        facts._shown["campaign"] = {"SALES": {"dial_method": method}}
        facts.__dict__["globals"] = {"WARMLINE_BEAT": value} if value else {}
        [finding] = dialling_check.safe_harbour(facts)
        assert finding.code == code
        if code == "dialler_heartbeat_missing":
            assert finding.severity is Severity.WARNING
            assert "SALES" in finding.found and finding.found.endswith(f"WARMLINE_BEAT={value}")
            machine.shell(finding.fix)
            assert f"WARMLINE_BEAT = {good}" in (machine.etc / "extensions.conf").read_text()
            (machine.etc / "extensions.conf").unlink()
