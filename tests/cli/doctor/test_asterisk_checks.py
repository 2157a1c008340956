"""`warmline doctor` and a made-up Asterisk: its version, clock, ports and ARI."""

import os
import pwd
import re
import socket
from typing import Any

import pytest

from cli.client import ari_console, asterisk_conf
from cli.doctor.check_list import TABLE, run
from cli.doctor.checks import (
    ari_check,
    asterisk_check,
)
from cli.doctor.facts.finding import Severity
from tests.cli.doctor.made_machine import Machine, fixed, only

OPEN = "0.0.0.0"  # noqa: S104 - nothing listens there


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
