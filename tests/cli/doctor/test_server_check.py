"""`warmline doctor` and several Asterisk servers, and the server of the database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from cli.client import ari_console
from cli.doctor import database_server_check, server_check
from cli.doctor.check_list import TABLE, run
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from warmline.centre.app_answer import AppAway
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.configuration import config
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.maintenance import server_state
from warmline.store.maintenance.server_state import ServerState
from warmline.system import settings
from warmline.system.asterisk_requirements import DIALPLAN_MODULES, MODULES
from warmline.system.gate_protocol import EPOCH_HEADER
from warmline.system.settings import Settings

TABLES = """
[server.b]
ari_url = "https://b.example/ari"
ari_password = "secret-of-b"

[server.c]
ari_url = "https://c.example/ari"
ari_password = "secret-of-c"
"""


CLEAR = TABLES.replace("https://b", "http://b")


EVERY = [{"name": name, "status": "Running"} for name in sorted(MODULES | DIALPLAN_MODULES)]


class Servers:
    """The Asterisks `main`, `b` and `c`. `answers` are by server and path, for those that are not as they should be."""

    def __init__(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.machine, self.patch = machine, monkeypatch
        self.answers: dict[tuple[str, str], tuple[int, Any]] = {}
        self.away: set[str] = set()
        self.names = {MAIN_SERVER: "", "b": "b", "c": "c"}
        self.asked: list[str] = []
        self.endpoints = ["1000", "trunk"]
        self.write(TABLES)

    def write(self, tables: str) -> None:
        self.machine.file.write_text(f'db = "{self.machine.folder}/warmline.db"\n{tables}')
        self.machine.file.chmod(0o600)

    def settings(self) -> Settings:
        return settings.load({"WARMLINE_CONFIG": str(self.machine.file)})

    def at(self, server: str, method: str, path: str) -> tuple[int, Any]:
        self.asked.append(server)
        if server in self.away:
            raise AppAway("asterisk_away", "Asterisk does not answer")
        info = {"system": {"version": "22.10.1"}, "config": {"name": self.names[server]}}
        endpoints = [{"resource": name} for name in self.endpoints]
        usual = {"asterisk/info": (200, info), "asterisk/modules": (200, EVERY), "endpoints/PJSIP": (200, endpoints)}
        found = (200, {}) if path.startswith("sounds/") else usual.get(path, (404, None))
        return self.answers.get((server, path), found)

    def found(self, server: str = "", *, every: bool = False) -> list[Finding]:
        """Return what the check finds now."""
        [check] = [one for one in TABLE if one.name == server_check.NAME]
        facts = CheckFacts(
            self.settings(),
            self.machine.file,
            lambda method, path: self.at(MAIN_SERVER, method, path),
            self.machine.console,
            self.at,
            server,
        )
        found = [one.finding for one in run(facts, [check])]
        return found if every else [one for one in found if one.code != "server_console_elsewhere"]


@pytest.fixture
def servers(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Servers:
    return Servers(machine, monkeypatch)


@pytest.mark.parametrize(
    ("path", "answer", "code"),
    [
        (server_check.NOBODY, (401, None), "server_login_refused"),
        (server_check.NOBODY, (403, None), "server_user_reads_only"),
        (server_check.NOBODY, (409, None), "server_led_by_another"),
        (server_check.NOBODY, (502, None), "server_ari_missing"),
        ("asterisk/info", (200, {"system": {"version": "20.1.0"}, "config": {"name": "b"}}), "server_version_old"),
        ("asterisk/modules", (200, EVERY[1:]), "server_modules_missing"),
        ("sounds/vm-goodbye", (404, None), "server_sounds_missing"),
    ],
)
def test_a_fault_of_one_server_is_named_with_it(
    servers: Servers, path: str, answer: tuple[int, Any], code: str
) -> None:
    config.create(servers.settings().db, "campaign", "SALES", {}, who="test")
    servers.answers["b", path] = answer
    fault, other, _ = servers.found()
    assert fault.code == code and "server b" in fault.found and fault.why and fault.fix and fault.by_hand
    assert other.code == "server_good" and "secret-of" not in repr(fault)
    servers.asked.clear()
    assert servers.found("c")[0].code == "server_good"


def test_a_server_that_is_away_does_not_keep_the_others_from_their_checks(servers: Servers) -> None:
    servers.away.add("b")
    assert [one.code for one in servers.found()] == ["server_away", "server_good"]


def test_the_console_and_files_of_a_further_server_are_checked_if_they_are_here(servers: Servers) -> None:
    folder = servers.machine.folder
    (folder / "etc-b").mkdir()
    (folder / "etc-b/asterisk.conf").touch()
    console = folder / "console-b"
    told = f"  Configuration directory:     {folder}/etc-b\n  Data directory:     {folder}/data\n"
    console.write_text(f"#!/bin/sh\n[ \"$2\" != 'core show settings' ] || echo '{told}'\n")
    console.chmod(0o755)
    servers.write(TABLES.replace("\n[server.c]", f'asterisk = "{console}"\n\n[server.c]'))
    faults = {one.code: one for one in servers.found("b")}
    missing = faults["dialplan_missing"]
    assert missing.found.startswith("server b: ") and f"{console} -rx" in missing.fix and "etc-b" in missing.fix
    assert {"channelvars_missing", "timing_bad"} <= set(faults) and "server_files_good" not in faults
    assert "ari_user" not in faults and "secret-of" not in repr(faults)
    console.write_text("#!/bin/sh\necho gone >&2; exit 1\n")
    [away] = [one for one in servers.found("b") if one.severity is Severity.UNKNOWN]
    assert away.code == "not_looked_at" and away.found.startswith("server b: ") and "gone" in away.found


def test_a_password_that_passes_unencrypted_is_a_warning(servers: Servers) -> None:
    servers.write(CLEAR)
    first = servers.found()[0]
    assert (first.severity, first.code) == (Severity.WARNING, "server_unencrypted")


@pytest.mark.parametrize("names", [{"b": ""}, {"c": "b"}])
def test_two_servers_with_one_systemname_are_an_error(servers: Servers, names: dict[str, str]) -> None:
    servers.names |= names
    last = servers.found()[-1]
    assert (last.severity, last.code) == (Severity.ERROR, "server_systemname_shared")
    assert "systemname" in last.fix and last.by_hand


def test_agents_whose_phones_stay_on_one_server_are_named(servers: Servers) -> None:
    db = servers.settings().db
    config.create(db, "campaign", "SALES", {}, who="test")
    config.create(db, "phone", "1000", {}, who="test")
    config.create(db, "agent", "1000", {"phone": "1000", "campaign": "SALES"}, who="test")
    last = servers.found()[-1]
    assert (last.severity, last.code) == (Severity.ERROR, "server_phones_nailed_up")
    assert "agents 1000" in last.found and "phone_mode=on_hook" in last.fix
    config.set_options(db, "campaign", "SALES", {"phone_headers": "Alert-Info: auto"}, who="test")
    assert servers.found()[-1].code == "server_systemnames_good"


@contextmanager
def listening(heard: list[tuple[str, str, str | None]]) -> Iterator[str]:
    """Run an HTTP server that notes path, login and epoch of each request; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append((self.path, self.headers["Authorization"], self.headers[EPOCH_HEADER]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/ari"
        server.shutdown()
        thread.join()


def test_a_request_goes_to_its_own_server_with_the_epoch_of_the_database(servers: Servers) -> None:
    heard = list[tuple[str, str, str | None]]()
    with listening(heard) as first, listening(heard) as second:
        table = f'[server.b]\nari_url = "{second}"\nari_user = "other"\nari_password = "s"\n'
        servers.write(f'ari_url = "{first}"\nari_password = "m"\n{table}')
        known = servers.settings()
        epoch = leader_epoch.begin_next(known.db)
        assert ari_console.ask(known, "GET", "channels") == (204, None)
        assert ari_console.ask(known, "GET", "bridges", "b") == (204, None)
    (path, login, without), (other_path, other_login, its) = heard
    assert (path, other_path) == ("/ari/channels", "/ari/bridges") and login != other_login
    assert (without, its) == (None, str(epoch))


GOOD = ServerState(150018, "15.18", True, True, 1, 1000, 0.01, 0.002, "process 7 on a")


def test_the_server_of_the_database_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    facts: Any = SimpleNamespace(settings=SimpleNamespace(db="postgresql://h/db"))
    for state, code, severity in (
        (None, "database_in_file", Severity.GOOD),
        (GOOD, "server_good", Severity.GOOD),
        (replace(GOOD, number=140_009, version="14.9"), "server_old", Severity.ERROR),
        (replace(GOOD, waits=False, synchronous=0), "server_alone", Severity.NOTE),
        (replace(GOOD, sees_standbys=False, synchronous=0), "server_standbys_hidden", Severity.NOTE),
        (replace(GOOD, synchronous=0), "server_standby_away", Severity.ERROR),
        (replace(GOOD, behind=1 << 30), "server_standby_behind", Severity.WARNING),
        (replace(GOOD, ahead=-3.0), "server_clock_apart", Severity.WARNING),
        (replace(GOOD, forgets=("fsync",)), "server_without_fsync", Severity.ERROR),
        (replace(GOOD, forgets=("synchronous_commit",)), "server_commits_early", Severity.WARNING),
        (replace(GOOD, answered=0.5), "server_slow", Severity.WARNING),
    ):
        monkeypatch.setattr(server_state, "of", lambda _, state=state: state)
        [finding] = database_server_check.server(facts)
        assert (finding.code, finding.severity) == (code, severity)

    def fails(_: str) -> None:
        raise StoreError("database_not_opened", "database {path} cannot be opened", path="x")

    monkeypatch.setattr(server_state, "of", fails)
    with pytest.raises(FactUnknown):
        list(database_server_check.server(facts))
