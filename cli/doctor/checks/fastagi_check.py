"""Check that FastAGI answers, that the dialplan uses it, and that no other program can take its port."""

import socket
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, good, note, warning
from warmline.system import heartbeat_file, systemd_service

SOCKETS = "warmline", "warmline-agi"  # the socket units that may hold its address open
LIMIT = 2.0  # seconds for an answer, as for a request of the dialplan
# A request for a script that does not exist, with Asterisk's replies to the refusal.
REQUEST = b"agi_network: yes\nagi_network_script: doctor\n\n" + b"200 result=1\n" * 3
REFUSAL = b"FastAGI has no 'doctor'"
SLOWER = "for each new call, the dialplan starts a script as a process"
RESTART = "systemctl restart warmline-agi"


def fastagi(facts: CheckFacts) -> Iterator[Finding]:
    """Check FastAGI's answer and heartbeat, its use, and that systemd keeps its port: another program is obeyed."""
    where = facts.settings.fastagi
    if not where:
        yield good("fastagi_off", "FastAGI is off")
        return
    host, _, port = where.rpartition(":")
    age = heartbeat_file.get_age_seconds(facts.settings.run, heartbeat_file.AGI)
    if problem := _silence(host.strip("[]"), int(port)):
        yield warning("fastagi_silent", f"FastAGI at {where} does not answer: {problem}", SLOWER, RESTART)
    elif age is None or age > heartbeat_file.STOPPED_SECONDS:
        found = f"FastAGI answers, but {facts.settings.run}/{heartbeat_file.AGI} has no current heartbeat"
        yield warning("fastagi_no_heartbeat", found, SLOWER, RESTART)
    else:
        yield good("fastagi_good", f"FastAGI answers at {where}")
    yield from _use(facts)
    stream = f"ListenStream={systemd_service.stream(host, port)}"
    units = [systemd_service.unit(name, ".socket") for name in SOCKETS]
    if any(unit.exists() and stream in unit.read_text().splitlines() for unit in units):
        yield good("fastagi_kept", f"systemd keeps {where} open for FastAGI")
    else:
        why = "while FastAGI is away, another user's program can take that port, and Asterisk follows its answers"
        fix = f"warmline install && systemctl daemon-reload && {RESTART}"
        yield note("fastagi_not_kept", f"no socket unit keeps {where} (fastagi)", why, fix)


def _use(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the dialplan's variables lead to this address, and to the heartbeats."""
    wanted = {
        "WARMLINE_FASTAGI": f"agi://{facts.settings.fastagi}",
        "WARMLINE_BEAT": f"{facts.settings.run}/{heartbeat_file.CALLS_FILE}",
    }
    if wrong := [name for name, value in wanted.items() if facts.globals.get(name) != value]:
        given = ", ".join(f"{name}={facts.globals.get(name, '')}" for name in wrong)
        fix = facts.add("extensions.conf", "globals", wanted, "dialplan reload")
        yield note("fastagi_not_used", f"the dialplan does not use FastAGI: {given}", SLOWER, fix)


def _silence(host: str, port: int) -> str:
    """Return why there is no answer, or ""."""
    try:
        with socket.create_connection((host, port), LIMIT) as connection, connection.makefile("rb") as answer:
            connection.sendall(REQUEST)
            return "" if REFUSAL in answer.read() else "another program listens there"
    except OSError as problem:
        return problem.strerror or "no answer in time"


CHECKS = (
    Check(
        "FastAGI",
        fastagi,
        "FastAGI is off; or it answers with a current heartbeat, the dialplan uses it, and systemd keeps its port open",
    ),
)
