"""`warmline doctor` and made-up processes: away, stopped, or another program's; FastAGI and the gate."""

import asyncio
import json
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from ari_app.fastagi import FastAgiServer
from ari_app.gate.gate import Gate
from cli.doctor import gate_check
from cli.doctor.check_list import run
from cli.doctor.checks import fastagi_check, process_check, warmline_check
from cli.doctor.facts.finding import Finding, Severity
from cli.install import install_manifest
from cli.install.file_changes import FOLDER, FileChange
from tests.cli.doctor.made_machine import Machine, fixed, only
from tests.free_port import free_port
from tests.gate.gate_site import PASSWORD, settings_of
from tests.http.certificates import made as make_certificate
from tests.wording.said import said
from warmline.centre import local_connection
from warmline.store.configuration import config
from warmline.store.event_hooks import hook_states, hook_work
from warmline.store.journal import dated_ahead
from warmline.store.scheduled_reports import report_mails
from warmline.system import guard_lock, heartbeat_file, systemd_service


def test_a_clock_that_was_set_back(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed(machine, "clocks")
    now, hour, kept = time.time_ns() // 1000, 3_600_000_000, [False]
    monkeypatch.setattr(warmline_check, "clock_is_kept", lambda: kept[0])

    def told() -> list[Finding]:
        return [*warmline_check.clocks(machine.facts())]

    with closing(sqlite3.connect(machine.settings.db)) as connection:
        for seq, at in enumerate((now - 9 * hour, now - hour, now + hour), 1):
            row = (seq, at, "timer.fired", "0" * 64, "0" * 64)
            connection.execute("INSERT INTO journal (seq, at, kind, payload_hash, hash) VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
        found = told()[0]
        assert (found.code, found.severity) == ("clock_behind", Severity.ERROR)
        assert found.found.startswith("the journal is ")
        assert found.fix == "timedatectl set-ntp true"
        kept[0] = True
        assert [(found.code, found.severity) for found in told()] == [("clock_behind", Severity.NOTE)]
        connection.execute("INSERT INTO clock_correction VALUES (?, ?)", (now + hour + 1, -2 * hour))
        connection.commit()
    good, found = told()
    assert (good.code, found.code) == ("clock_good", "rows_dated_ahead") and "row" in found.found
    said = dated_ahead.spans(machine.settings.db)
    assert [(span.first, span.last, span.seconds) for span in said] == [(3, 3, 7200)]


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
    ("check", "unit", "code"), [("app", "warmline", "app_ends"), ("api port", "warmline-api", "api_process_ends")]
)
def test_a_service_that_does_not_stay_up_is_called_so(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, check: str, unit: str, code: str
) -> None:
    booted_with_systemd(machine, monkeypatch)
    systemd_service.unit(unit).write_text("[Service]\n")
    machine.file.write_text(f"listen_port = {free_port()}\n")
    systemctl = machine.folder / "bin/systemctl"
    shown = "ActiveState=activating\\nSubState=auto-restart\\nNRestarts=7\\n"
    systemctl.write_text(f"#!/bin/sh\n[ \"$2\" = {unit} ] && printf '{shown}'\n")
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{machine.folder}/bin:{os.environ['PATH']}")
    found = only(machine.found(check))
    assert (found.code, found.fix) == (code, f"journalctl -u {unit} -n 20 --no-pager") and "7" in found.found


def test_a_port_that_systemd_holds_is_no_other_programs_and_no_app_that_ended_is_full(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd accepts the connections of a service that ends as soon as it is started."""
    booted_with_systemd(machine, monkeypatch)
    for unit in ("warmline", "warmline-api"):
        systemd_service.unit(unit).write_text("[Service]\n")
    systemctl = machine.folder / "bin/systemctl"
    systemctl.write_text(
        "#!/bin/sh\nfor unit; do :; done\n"
        "case $unit in *.socket) state=active;; *) state=activating;; esac\n"
        "printf 'Id=%s\\nActiveState=%s\\n' $unit $state\n"
    )
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{machine.folder}/bin:{os.environ['PATH']}")
    with Stranger(b"") as port:
        machine.file.write_text(f"listen_port = {port}\n")
        found = only(machine.found("api port"))
        assert found.code == "api_process_away" and found.fix == "systemctl restart warmline-api"
        systemctl.write_text("#!/bin/sh\n")
        assert only(machine.found("api port")).code == "app_port_taken"
    assert local_connection._away("here", ConnectionResetError()).code == "app_full"
    systemctl.write_text("#!/bin/sh\nprintf 'Id=warmline.service\\nActiveState=activating\\n'\n")
    assert local_connection._away("here", ConnectionResetError()).code == "app_away"


def test_whether_the_worker_process_works(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for figures, code in (
        ("warmline_workers_connected 1.0\nwarmline_figures_age_seconds 0.0\n", "workers_good"),
        ("warmline_workers_connected 0.0\nwarmline_figures_age_seconds 0.0\n", "workers_away"),
        ("warmline_workers_connected 1.0\nwarmline_figures_age_seconds 60.5\n", "not_looked_at"),
        ("warmline_figures_age_seconds 1.0\n", "not_looked_at"),
    ):
        monkeypatch.setattr(process_check, "CONNECTS_WITHIN", 0.0)
        with Stranger(b"HTTP/1.0 200 OK\r\n\r\n# HELP\n" + figures.encode()) as port:
            machine.file.write_text(f"listen_port = {port}\n")
            fixed(machine, "api port")
            (found,) = machine.found("worker process")
        assert found.code == code
        if code == "workers_away":
            assert found.fix == "warmline serve"


def test_an_event_hook_that_fails_or_has_stopped_is_named(machine: Machine) -> None:
    db = machine.settings.db
    assert [one.code for one in machine.found("event hooks")] == ["event_hooks_good"]
    config.create(db, "event-hook", "crm", {"url": "https://crm.example.com/"}, who="test")
    hook_work.make_ready(db)
    place = hook_work.place_of(db, "crm")
    assert place
    tried = hook_states.HookDelivery("crm-1-0", "call.ended", 1, 500, "HTTP 500")
    for stopped, code in ((None, "event_hook_failing"), (2, "event_hook_stopped")):
        hook_work.store(db, "crm", place._replace(tries=1, failing=1, stopped=stopped), [tried])
        [found] = machine.found("event hooks")
        assert (found.code, found.fix) == (code, "warmline event-hook test crm") and "HTTP 500" in found.found


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


def test_a_scheduled_report_that_was_not_sent(machine: Machine) -> None:
    path, now = machine.settings.db, time.time_ns() // 1000
    config.create(path, "scheduled-report", "morning", {"mail_to": "boss@example.com"}, who="test")
    fixed(machine, "scheduled reports")
    [due] = report_mails.due(path, now)
    report_mails.failed(path, due, now - 1, "the server is away", taken=False)
    found = only(machine.found("scheduled reports"), Severity.WARNING)
    assert found.code == "scheduled_report_failing" and "morning" in found.found and "away" in found.found
    report_mails.take(path, due, now - report_mails.LONGEST - 1)
    assert report_mails.INTERRUPTED in only(machine.found("scheduled reports"), Severity.WARNING).found
    report_mails.sent(path, due, now)
    fixed(machine, "scheduled reports")


@pytest.fixture
def fastagi_unit(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systemd_service, "FOLDERS", [machine.folder])
    monkeypatch.setattr(fastagi_check, "LIMIT", 0.2)


def fastagi_findings(machine: Machine, **named: str) -> list[Finding]:
    """Return the findings in a dialplan that uses FastAGI, with these variables changed."""
    facts, settings = machine.facts(), machine.settings
    there = {"WARMLINE_FASTAGI": f"agi://{settings.fastagi}", "WARMLINE_BEAT": f"{settings.run}/beat"}
    facts.__dict__["globals"] = there | named
    return [one.finding for one in run(facts, fastagi_check.CHECKS)]


def fastagi_codes(machine: Machine) -> list[str]:
    return [one.code for one in fastagi_findings(machine)]


@pytest.mark.usefixtures("fastagi_unit")
def test_an_answer_counts_only_with_a_heartbeat(machine: Machine) -> None:
    assert fastagi_codes(machine) == ["fastagi_off"]
    where = f"127.0.0.1:{free_port()}"
    with running(FastAgiServer(where, {})):
        machine.file.write_text(f'fastagi = "{where}"\n')
        assert fastagi_codes(machine) == ["fastagi_no_heartbeat", "fastagi_not_kept"]
        heartbeat_file.HeartbeatFile(machine.settings.run, heartbeat_file.AGI).give()
        assert fastagi_codes(machine) == ["fastagi_good", "fastagi_not_kept"]
    assert fastagi_codes(machine) == ["fastagi_silent", "fastagi_not_kept"]


def gate_codes(machine: Machine, *lines: str) -> list[str]:
    """Return the findings with these lines in the settings."""
    machine.file.write_text("".join(f"{line}\n" for line in lines))
    return [one.finding.code for one in run(machine.facts(), gate_check.CHECKS)]


def test_settings_of_a_gate_are_judged(machine: Machine) -> None:
    for lines, code in (
        ([], "gate_off"),
        (['gate = "8189"'], "gate_invalid"),
        (['gate = "192.0.2.7:8189"'], "gate_without_certificate"),
        (['gate = "127.0.0.1:8189"', 'gate_certificate = "/no/gate.pem"'], "gate_files_bad"),
    ):
        assert gate_codes(machine, *lines) == [code]


@contextmanager
def running(server: FastAgiServer | Gate) -> Iterator[None]:
    """Run a server in a thread."""
    with closing(asyncio.new_event_loop()) as loop:
        task = loop.create_task(server.run())
        thread = threading.Thread(target=loop.run_until_complete, args=(asyncio.wait({task}),))
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(task.cancel)
            thread.join()
            if isinstance(server, FastAgiServer):
                loop.run_until_complete(server.close())


@pytest.mark.usefixtures("fastagi_unit")
def test_a_dialplan_that_does_not_use_it(machine: Machine) -> None:
    machine.file.write_text('fastagi = "127.0.0.1:9"\n')
    for name in ("WARMLINE_FASTAGI", "WARMLINE_BEAT"):
        unused = fastagi_findings(machine, **{name: ""})[1]
        assert unused.code == "fastagi_not_used" and unused.found.endswith(f": {name}=")
        machine.shell(unused.fix)
        assert f"{name} = " in (machine.etc / "extensions.conf").read_text()


def test_a_gate_that_answers_is_good(machine: Machine, tmp_path: Path) -> None:
    files = make_certificate(tmp_path, "gate", hosts="IP:192.0.2.7")
    for changed in ({}, {"gate_certificate": files.tls_certificate, "gate_key": files.tls_key}):
        lines = [f'{name} = "{value}"' for name, value in changed.items()]
        gate = Gate(settings_of(tmp_path, "http://127.0.0.1:8088/ari", **changed))
        with running(gate):
            lines.append(f'gate = "{gate.url.split("/")[2]}"')
            assert gate_codes(machine, f'ari_password = "{PASSWORD}"', *lines) == ["gate_good"]
            assert gate_codes(machine, 'ari_password = "wrong"', *lines) == ["gate_password"]
