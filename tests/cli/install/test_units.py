"""The systemd units: the rights of an intruder in Warmline, and that Warmline still works."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from ari_app.http.server import http_connection
from ari_app.http.server.limits import connection_limits
from ari_app.supervisor.parts import PARTS
from ari_app.supervisor.sockets import SOCKETS
from warmline.system.settings import DEFAULTS

FOLDER = Path(__file__).parents[3] / "packaging/systemd"
UNITS = {path.stem: path for path in FOLDER.glob("*.service")}
COMMANDS = {"calls": "serve calls", "api": "serve api", "workers": "serve workers"}  # of each part
COMMANDS |= {"media": "serve media", "agi": "agi"}
SOCKETS_OF_CALLS = {"warmline.socket", "warmline-local.socket"}
OFF = (
    "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateMounts", "NoNewPrivileges", "RestrictNamespaces",
    "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality", "MemoryDenyWriteExecute", "ProtectClock",
    "ProtectControlGroups", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
    "RemoveIPC",
)  # fmt: skip


def lines(unit: str) -> dict[str, list[str]]:
    """Return the unit's settings by key."""
    said: dict[str, list[str]] = {}
    for line in UNITS[unit].read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            said.setdefault(key, []).append(value)
    return said


def test_systemd_accepts_them(tmp_path: Path) -> None:
    """Every unit that another one names exists, or is one of systemd and Asterisk."""
    if not (verifier := shutil.which("systemd-analyze")):
        pytest.skip("this machine has no systemd-analyze")
    for file in FOLDER.iterdir():
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", file.read_text(), flags=re.M)
        (tmp_path / file.name).write_text(re.sub(r"^Restart(Steps|MaxDelaySec)=.*\n", "", text, flags=re.M))
    done = subprocess.run(
        [verifier, "verify", "--man=no", *tmp_path.iterdir()], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_part_has_a_service_that_systemd_starts_again_at_once_and_for_ever() -> None:
    services = {lines(unit)["ExecStart"][0].rpartition("/warmline ")[2]: lines(unit) for unit in UNITS}
    assert services.keys() == {*COMMANDS.values(), "guard"} and COMMANDS.keys() == {part.name for part in PARTS}
    for command, said in services.items():
        assert (said["Restart"], said["StartLimitIntervalSec"]) == (["always"], ["0"]), command
        assert said["RestartSec"] == ["1" if command == "guard" else "200ms"], command
    limits = {COMMANDS[part.name]: [f"{part.stuck_after:g}"] for part in PARTS}
    assert {command: services[command]["WatchdogSec"] for command in limits} == limits, "as under the supervisor"


def test_the_parts_stop_together_and_start_after_the_calls() -> None:
    others = {name for name in UNITS if name not in ("warmline", "warmline-guard")}
    for name in ("warmline", *others):
        assert lines(name)["PartOf"] == ["warmline.target"]
    for name in others:
        said = lines(name)
        socket = f"{name}.socket"
        assert said["After"] == ["warmline.service"]
        assert said.get("Wants", []) == [socket] * (FOLDER / socket).exists()
        assert not said.keys() & {"BindsTo", "Requires", "Upholds"}, "the call process restarts alone"
    named = {f"{name}.service" for name in others}
    assert {one for line in lines("warmline")["Wants"] for one in line.split()} == named | SOCKETS_OF_CALLS
    assert {one for line in lines("warmline")["PropagatesReloadTo"] for one in line.split()} == named


def test_a_socket_unit_holds_its_port() -> None:
    for file in FOLDER.glob("*.socket"):
        text = file.read_text().splitlines()
        (name,) = (line.partition("=")[2] for line in text if line.startswith("FileDescriptorName="))
        assert name in SOCKETS and {"PartOf=warmline.target", "TriggerLimitIntervalSec=0"} <= set(text), file
        (part,) = (part for part in PARTS if name in part.sockets)
        service = next((line.removeprefix("Service=") for line in text if line.startswith("Service=")), file.name)
        assert COMMANDS[part.name] in lines(service.rpartition(".")[0])["ExecStart"][0], file


def test_a_broken_into_one_can_do_little() -> None:
    for unit in UNITS:
        said = lines(unit)
        assert [key for key in OFF if said.get(key) != ["true"]] == []
        assert said["User"] == ["warmline-api" if unit == "warmline-api" else "asterisk"]
        assert said["ProtectSystem"] == ["strict"]
        assert (said["ProtectProc"], said["ProcSubset"]) == (["invisible"], ["pid"])
        assert said["CapabilityBoundingSet"] == said["AmbientCapabilities"] == [""]
        netlink = ["AF_NETLINK"] if unit in ("warmline", "warmline-guard") else []  # they know ARI's password
        assert said["RestrictAddressFamilies"][0].split() == ["AF_INET", "AF_INET6", "AF_UNIX", *netlink]
        assert said["SystemCallArchitectures"] == ["native"]
        assert said["SystemCallFilter"][0] == "@system-service" and "~@privileged" in said["SystemCallFilter"][1]
        lowers_priority = ["setpriority"] if unit == "warmline-api" else []  # of the threads for reports
        assert said["SystemCallFilter"][2:] == lowers_priority
        assert int(said["UMask"][0], 8) & 0o007 == 0o007, unit


def test_a_process_may_write_the_paths_of_its_settings() -> None:
    for unit, keys in (("warmline", ("spool", "run")), ("warmline-workers", ("recordings", "run"))):
        said = lines(unit)
        writable = [
            *said["ReadWritePaths"][0].split(),
            *(f"/run/{name}" for name in said["RuntimeDirectory"]),
        ]
        needed = [
            PurePosixPath(str(DEFAULTS["db"])).parent,
            *(str(DEFAULTS[key]) for key in keys),
        ]
        assert [one for one in needed if not any(PurePosixPath(one).is_relative_to(path) for path in writable)] == []


def test_the_media_process_writes_recordings_alone() -> None:
    said = lines("warmline-media")
    assert said["ReadWritePaths"] == [str(DEFAULTS["recordings"])] and said["RuntimeDirectory"] == ["warmline"]
    assert "StateDirectory" not in said


def test_the_workers_write_the_database_and_recordings_alone() -> None:
    said = lines("warmline-workers")
    assert said["ReadWritePaths"] == [f"{PurePosixPath(str(DEFAULTS['db'])).parent} {DEFAULTS['recordings']}"]


def test_the_call_process_writes_no_recording() -> None:
    assert str(DEFAULTS["recordings"]) not in lines("warmline")["ReadWritePaths"][0].split()


def test_an_app_that_takes_too_much_memory_ends_before_asterisk_does() -> None:
    worst = connection_limits.MOST * 2 * http_connection.MOST_HELD  # the bytes received, and their copy in the parser
    (most,) = lines("warmline-api")["MemoryMax"]
    assert most == "1G" and 2 * worst < 2**30


def test_the_guard_writes_only_as_a_gate_and_the_apis_one_token() -> None:
    assert not lines("warmline-guard").keys() & {"ReadWritePaths", "StateDirectory", "RuntimeDirectory"}
    apis = lines("warmline-api")
    assert not apis.keys() & {"ReadWritePaths", "StateDirectory", "Group"}
    assert (apis["RuntimeDirectory"], apis["RuntimeDirectoryMode"]) == (["warmline-api"], ["0700"])


def test_the_user_of_the_apis_enters_the_run_folder_and_has_its_socket() -> None:
    socket = (FOLDER / "warmline.socket").read_text()
    assert "SocketUser=warmline-api\n" in socket and "-m 0751 /run/warmline\n" in socket
    folders = [lines(unit) for unit in UNITS if lines(unit).get("RuntimeDirectory") == ["warmline"]]
    assert {said["RuntimeDirectoryMode"][0] for said in folders} == {"0751"}
