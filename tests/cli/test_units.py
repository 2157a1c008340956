"""The systemd units: the rights of an intruder in Warmline, and that Warmline still works."""

from pathlib import Path, PurePosixPath

import pytest

from ari_app.http.server import connection_limits, http_connection
from warmline.system.settings import DEFAULTS

UNITS = {path.stem: path for path in (Path(__file__).parents[2] / "systemd").glob("*.service")}
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


def test_there_are_two() -> None:
    assert set(UNITS) == {"warmline", "warmline-guard"}


@pytest.mark.parametrize("unit", UNITS)
def test_a_broken_into_one_can_do_little(unit: str) -> None:
    said = lines(unit)
    assert [key for key in OFF if said.get(key) != ["true"]] == []
    assert said["User"] == ["asterisk"]
    assert said["ProtectSystem"] == ["strict"]
    assert said["CapabilityBoundingSet"] == said["AmbientCapabilities"] == [""]
    assert said["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX AF_NETLINK"]
    assert said["SystemCallArchitectures"] == ["native"]
    assert said["SystemCallFilter"][0] == "@system-service" and "~@privileged" in said["SystemCallFilter"][1]
    assert int(said["UMask"][0], 8) & 0o007 == 0o007


def test_the_app_may_write_what_its_settings_name() -> None:
    said = lines("warmline")
    writable = [
        *said["ReadWritePaths"][0].split(),
        *(f"/var/lib/{name}" for name in said["StateDirectory"]),
        *(f"/run/{name}" for name in said["RuntimeDirectory"]),
    ]
    needed = [
        PurePosixPath(str(DEFAULTS["db"])).parent,
        *(str(DEFAULTS[key]) for key in ("recordings", "spool", "run")),
    ]
    assert [one for one in needed if not any(PurePosixPath(one).is_relative_to(path) for path in writable)] == []


def test_an_app_that_takes_too_much_memory_ends_before_asterisk_does() -> None:
    worst = connection_limits.MOST * 2 * http_connection.MOST_HELD  # the bytes received, and their copy in the parser
    (most,) = lines("warmline")["MemoryMax"]
    assert most == "1G" and 2 * worst < 2**30


def test_the_app_comes_with_its_socket() -> None:
    said = lines("warmline")
    assert said["Wants"] == said["Also"] == ["warmline.socket"]
    socket = (Path(__file__).parents[2] / "systemd/warmline.socket").read_text().splitlines()
    assert f"ListenStream={DEFAULTS['listen_host']}:{DEFAULTS['listen_port']}" in socket
    assert "WantedBy=sockets.target" in socket and "TriggerLimitIntervalSec=0" in socket


def test_the_guard_writes_nothing() -> None:
    assert not lines("warmline-guard").keys() & {"ReadWritePaths", "StateDirectory", "RuntimeDirectory"}
