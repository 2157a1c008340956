"""A lab from start to end, with a real Asterisk and the real app."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lab import asterisk, instance, process, programs
from lab.description import Lab, read
from lab.lab_error import LabError
from tests.lab.conftest import stop
from tests.lab.test_script_questions import until
from tests.lab.warm_warmline import warm_warmline
from tests.wording.said import refused, said
from warmline.store.configuration import config, users
from warmline.store.database.leader_lock_file import hold
from warmline.store.database.passwords import matches

WARMLINE = Path(sys.executable).with_name("warmline")
# fmt: off
KEYS = [
    "dir", "api", "ari", "sip", "db", "recordings", "asterisk_cli", "pids", "api_user", "phones", "dids",
    "numbers", "music_hz", "users", "servers", "front",
]
# fmt: on


def warmline(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    return executed(*words, program=warm_warmline())


def executed(*words: str | Path, program: Path = WARMLINE) -> "subprocess.CompletedProcess[str]":
    """Run the installed command, which starts Python and, as all programs of its lab, reads all that users have."""
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=90)


def get(url: str, user: str = "", password: str = "", method: str = "GET") -> int:
    """The status of an HTTP request."""
    login = b64encode(f"{user}:{password}".encode()).decode()
    where = urlsplit(url)
    with closing(HTTPConnection(where.netloc, timeout=5)) as connection:
        connection.request(method, where.path, headers={"Authorization": f"Basic {login}"})
        return connection.getresponse().status


def answers(lab: Lab) -> bool:
    """Return whether ARI and the app answer at the addresses in the lab's description."""
    ari = get(f"{lab.ari['url']}/asterisk/info", lab.ari["user"], lab.ari["password"])
    return ari == get(f"{lab.api}/healthz") == 200


def alive(pid: int) -> bool:
    """Return whether a process runs; one whose exit status is unread does not count."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


@pytest.fixture
def directory(short_path: Path) -> Iterator[Path]:
    """Provide a folder for a lab that a test starts itself; its app is a fork unless the command is executed."""
    yield short_path / "lab"
    stop(short_path / "lab")


def test_the_facts_of_the_lab_are_true(lab: Lab) -> None:
    assert answers(lab)
    version = subprocess.run([*lab.asterisk_cli, "core show version"], capture_output=True, text=True).stdout
    assert version.startswith("Asterisk ")
    with sqlite3.connect(f"file:{lab.db}?mode=ro", uri=True) as database:
        assert {row[0] for row in database.execute("SELECT id FROM did")} == set(lab.dids)
    assert Path(lab.recordings).is_dir()
    assert read(Path(lab.dir)) == lab


def test_the_json_has_the_keys_that_others_rely_on(lab: Lab) -> None:
    told = json.loads(lab.to_json())
    assert list(told) == KEYS
    assert list(told["phones"]) == [str(number) for number in range(1000, 1010)]
    assert told["phones"]["1000"] == {"user": "1000", "password": lab.phones["1000"]["password"], "login": "700"}
    assert told["numbers"] == {"answer": "8500", "ring": "8501", "busy": "8502", "early": "8503", "dtmf": "8504"}
    assert told["dids"]["8005550100"] == "SALESLINE"
    assert told["api_user"] == {"user": "6666", "pass": "1234"}
    assert set(told["pids"]) == {"asterisk", "warmline", "guard"}
    assert told["music_hz"] == 2300


def content(path: Path) -> bytes:
    """Return the bytes of a file; a folder, a socket, and a journal of SQLite that has gone have none."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


def test_folders_and_passwords_of_the_lab_are_closed_to_others(lab: Lab) -> None:
    made = [Path(lab.dir), *Path(lab.dir).rglob("*")]
    assert [path for path in made if path.is_dir() and path.stat().st_mode & 0o077] == []
    people = [user["password"].encode() for user in lab.users.values()]
    passwords = [lab.ari["password"].encode(), *(phone["password"].encode() for phone in lab.phones.values()), *people]
    telling = [path for path in made if any(word in content(path) for word in passwords)]
    assert [path.name for path in telling if any(word in path.read_bytes() for word in people)] == ["lab.json"]
    assert {"ari.conf", "lab.json", "pjsip.conf", "warmline.toml"} <= {path.name for path in telling}
    assert [path for path in telling if path.stat().st_mode & 0o077] == []


def test_the_ports_of_the_lab_are_open_on_loopback_only(lab: Lab) -> None:
    local = {int(address.rpartition(":")[2].split("/")[0]) for address in (lab.sip, lab.api, lab.ari["url"][:-4])}
    found: set[int] = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            host, port = line.split()[1].split(":")
            if int(port, 16) in local and (table.startswith("udp") or line.split()[3] == "0A"):
                assert host == "0100007F", f"{table} {host}"
                found.add(int(port, 16))
    assert found == local


def complaints(lab: Lab) -> list[str]:
    """Return what Asterisk complains about, such as a missing file, or a module without one that it needs."""
    log = (Path(lab.dir) / "log/asterisk.log").read_text().splitlines()
    return [line for line in log if "WARNING" in line or "ERROR" in line]


def test_a_script_of_ones_own_runs_in_the_lab_and_its_error_is_in_the_log(lab: Lab) -> None:
    home = Path(lab.dir)
    script = home / "agi/typo"
    script.write_text(
        f"#!{sys.executable}\nfrom warmline.agi import AGI, run\n"
        "def typo(agi: AGI) -> None:\n    agi.strem_file('beep')\nrun(typo)\n"
    )
    script.chmod(0o755)
    (home / "own.conf").write_text("[from-phones]\nexten => 8005550150,1,Answer()\n same => n,AGI(typo)\n")
    subprocess.run([home / "console", "-rx", "dialplan reload"], check=True, capture_output=True)
    dial = "channel originate Local/8005550150@from-phones/n application Wait 5"
    subprocess.run([home / "console", "-rx", dial], check=True, capture_output=True)
    told = "typo line 4: AttributeError: 'AGI' object has no attribute 'strem_file'; did you mean stream_file"
    until(lambda: told in (home / "log/asterisk.log").read_text())


def test_two_labs_run_at_once_and_one_ends_without_the_other(lab: Lab, directory: Path) -> None:
    up = executed("lab", "up", "--dir", directory, "--json")
    assert (up.returncode, up.stderr) == (0, "")
    other = Lab(**json.loads(up.stdout))
    assert answers(lab) and answers(other)
    assert complaints(other) == [], "it has all of Asterisk's modules"
    assert {lab.api, lab.sip, lab.ari["url"]}.isdisjoint({other.api, other.sip, other.ari["url"]})
    assert other.phones["1000"]["password"] != lab.phones["1000"]["password"]
    assert other.users["agent"]["password"] != lab.users["agent"]["password"]

    down = executed("lab", "down", "--dir", directory)
    assert (down.returncode, down.stderr) == (0, "")
    assert not any(alive(pid) for pid in other.pids.values())
    assert answers(lab)
    again = warmline("lab", "down", "--dir", directory)
    assert (again.returncode, "was not running" in again.stdout) == (0, True)


def test_a_lab_that_runs_says_the_same_again(lab: Lab) -> None:
    again = warmline("lab", "up", "--dir", lab.dir, "--json")
    assert (again.returncode, again.stderr, Lab(**json.loads(again.stdout))) == (0, "", lab)
    printed = warmline("lab", "up", "--dir", lab.dir).stdout
    assert re.search(rf"^workspace +{lab.api}/workspace/$", printed, re.MULTILINE)
    for user, one in lab.users.items():
        assert re.search(rf"^{user} +user {user}, password {one['password']}$", printed, re.MULTILINE)
    assert answers(lab)


def test_a_lab_that_runs_takes_no_other_trunk(lab: Lab) -> None:
    second = warmline("lab", "up", "--dir", lab.dir, "--trunk", "127.0.0.1:5080")
    assert second.returncode == 1
    assert f"warmline lab down --dir {lab.dir}" in second.stderr
    assert answers(lab)


def test_the_users_of_the_lab_can_log_in(lab: Lab) -> None:
    agents = {"agent": "1008", "supervisor": "", "manager": "", "admin": ""}
    for user, one in lab.users.items():
        found = users.find(lab.db, user)
        assert found and matches(one["password"], found.pass_hash) and found.active
        assert (found.user.role, found.user.agent) == (user, agents[user]) and one["role"] == user
    assert set(agents) == set(lab.users)


def test_the_app_starts_again_with_the_same_database_and_ports(directory: Path) -> None:
    lab = instance.up(directory)
    with sqlite3.connect(lab.db) as database:
        database.execute("UPDATE campaign SET dial_timeout = 33")
    process.kill(lab.pids["warmline"])
    assert process.running(programs.asterisk_record(directory)) == lab.pids["asterisk"]

    restarted = warmline("lab", "restart-app", "--dir", directory, "--json")
    assert (restarted.returncode, restarted.stderr) == (0, "")
    now = Lab(**json.loads(restarted.stdout))
    assert now.pids["warmline"] != lab.pids["warmline"]
    assert now.pids["asterisk"] == lab.pids["asterisk"]
    assert (now.api, now.sip, now.db, now.phones) == (lab.api, lab.sip, lab.db, lab.phones)
    assert answers(now)

    while_it_runs = instance.restart_app(directory)
    assert while_it_runs.pids["warmline"] != now.pids["warmline"]
    assert not alive(now.pids["warmline"])

    instance.down(directory)
    with refused(LabError, "lab_not_running"):
        instance.restart_app(directory)
    config.set_options(lab.db, "user", "agent", {"pass": "another-one"}, who="test")
    again = instance.up(directory)
    with sqlite3.connect(again.db) as database:
        assert database.execute("SELECT dial_timeout FROM campaign").fetchall() == [(33,)]
    assert (again.users, again.phones, again.ari) == (lab.users, lab.phones, lab.ari)
    stored = users.find(again.db, "agent")
    assert stored and matches(again.users["agent"]["password"], stored.pass_hash), "what it prints is true"


@pytest.mark.fault(
    "the app dies after the end of a call, before it closes the bridge",
    "nothing",
    "nothing; the next app closes empty bridges without a call",
)
def test_a_bridge_that_a_killed_app_left_is_closed_by_the_next_app(directory: Path) -> None:
    lab = instance.up(directory)
    login = lab.ari["user"], lab.ari["password"]
    left, others = (f"{lab.ari['url']}/bridges/{name}" for name in ("room-01M7XTMP689055GBE5AKDP1VN1", "others"))
    process.kill(lab.pids["warmline"])
    assert get(left, *login, method="POST") == get(others, *login, method="POST") == 200
    instance.restart_app(directory)
    until = time.monotonic() + 5
    while get(left, *login) == 200:
        assert time.monotonic() < until, "it is still there"
    assert (get(left, *login), get(others, *login)) == (404, 200)


def test_a_port_taken_by_another_program_is_named(directory: Path) -> None:
    lab = instance.up(directory)
    process.kill(lab.pids["warmline"])
    port = int(lab.api.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        refused = warmline("lab", "restart-app", "--dir", directory)
        assert refused.returncode == 1
        assert f"127.0.0.1:{port} is taken" in refused.stderr
    assert answers(instance.restart_app(directory))


def test_an_app_that_does_not_start_takes_everything_down(directory: Path) -> None:
    database = Path(instance.up(directory).db)
    instance.down(directory)
    with hold(database):  # as another app does
        failed = warmline("lab", "up", "--dir", directory)
    assert failed.returncode == 1
    assert said("lab_program_ended", program="the app") in failed.stderr
    assert f"{database} is in use by process {os.getpid()}" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert process.running(programs.asterisk_record(directory)) is None
    assert process.running(programs.app_record(directory)) is None


def test_an_asterisk_that_does_not_start_is_shown_by_its_last_words(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = asterisk.AsteriskProgram("22.10.1", ("/bin/sh", "-c", "echo no timing source; exit 1"), None, Path())
    monkeypatch.setattr(asterisk, "ensure", lambda say: broken)
    with refused(LabError, "lab_program_ended", program="Asterisk") as found:
        instance.up(directory)
    assert "no timing source" in str(found.value)
    assert process.running(programs.asterisk_record(directory)) is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--trunk", "192.0.2.7:5060"), said("lab_trunk_invalid", trunk="192.0.2.7:5060")),
        (("--config", "/nowhere.toml"), said("file_unreadable", file="/nowhere.toml")),
    ],
)
def test_bad_input_starts_nothing(directory: Path, words: tuple[str, ...], named: str) -> None:
    ended = warmline("lab", "up", "--dir", directory, *words)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert named in ended.stderr
    assert not directory.exists()


@pytest.mark.parametrize("command", ["down", "restart-app"])
def test_a_folder_without_a_lab_is_named(directory: Path, command: str) -> None:
    refused = warmline("lab", command, "--dir", directory)
    assert refused.returncode == 1
    assert f"there is no lab in {directory}" in refused.stderr
