"""Check the front of several servers: its address, that it listens, and that its files are those of the settings."""

import re
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path

from cli.doctor.facts.check_facts import CheckFacts, unreadable
from cli.doctor.facts.finding import Check, Finding, Severity, error, good, warning
from warmline.system.loopback import host_and_port, is_local
from warmline.system.server_settings import every_server
from warmline.system.settings import SettingsError
from warmline_contrib.front import front_config

LIMIT = 2.0  # seconds for a connection
CONFIG = Path("/etc/kamailio/kamailio.cfg")
FORM = re.compile(r"^# Form: (\S+)$", re.MULTILINE)
PRINTED = "Printed by `warmline front config`"
LINK = re.compile(r'^modparam\("evapi", "bind_addr", "([^"]*)"\)$', re.MULTILINE)
LIST = re.compile(r'^modparam\("dispatcher", "list_file", "([^"]*)"\)$', re.MULTILINE)
AWAY = "new calls are placed by their weights, and not by the app"
AGAIN = "print it again with the options of before: warmline front config, see docs/how-to/several-servers.md"
RELOAD = "kamcmd dispatcher.reload"


def front(facts: CheckFacts) -> Iterator[Finding]:
    """Check the settings of the front, its listener, and its files if it runs on this machine."""
    known = facts.settings
    if not known.front:
        yield good("front_off", "no front is set")
        return
    found = host_and_port(known.front)
    if found is None:
        told = f"setting front is {known.front!r}; allowed: HOST:PORT, or empty"
        yield error("front_invalid", told, AWAY, f"correct front in {facts.file}", by_hand=True)
        return
    try:
        servers = front_config.dispatcher(every_server(known))
    except SettingsError as problem:
        why = "the list of the front cannot be printed, and this server gets no call from it"
        yield error("front_server_unknown", str(problem), why, f"correct sip in {facts.file}", by_hand=True)
        return
    faults = [*_listener(known.front, *found), *(_files(known.front, servers) if is_local(found[0]) else ())]
    if not is_local(found[0]):
        fix = "compare its dispatcher.list with: warmline front config --dispatcher"
        text = f"the files of the front at {known.front} are on another machine"
        faults.append(Finding(Severity.NOTE, text, fix=fix, by_hand=True, code="front_files_elsewhere"))
    yield from faults
    if all(one.severity is Severity.NOTE for one in faults):
        yield good("front_good", f"the front listens at {known.front}")


def _listener(where: str, host: str, port: int) -> Iterator[Finding]:
    try:
        socket.create_connection((host, port), timeout=LIMIT).close()
    except OSError as problem:
        told = f"the front at {where} does not answer: {problem.strerror or problem}"
        yield error("front_silent", told, AWAY, "systemctl restart kamailio", by_hand=not is_local(host))


def _files(where: str, servers: str) -> Iterator[Finding]:
    """Yield the faults of the files on this machine. Raises FactUnknown for an unreadable one."""
    config = _text(CONFIG)
    if PRINTED not in config:
        told = f"{CONFIG} is not what `warmline front config` prints"
        yield warning("front_config_not_ours", told, AWAY, AGAIN, by_hand=True)
        return
    if FORM.findall(config) != [front_config.form()]:
        told = f"{CONFIG} was printed by another version of Warmline"
        yield warning("front_config_old", told, "the front lacks what this version changed", AGAIN, by_hand=True)
    if LINK.findall(config) != [where]:
        told = f"{CONFIG} listens for the app at {', '.join(LINK.findall(config)) or 'no address'}, and not at {where}"
        yield error("front_config_other_address", told, AWAY, AGAIN, by_hand=True)
    place = Path(next(iter(LIST.findall(config)), "/etc/kamailio/dispatcher.list"))
    if _text(place) != servers:
        why = "calls go to servers that are not in the settings, or never to one that is"
        command = f"warmline front config --dispatcher > {shlex.quote(str(place))} && {RELOAD}"
        yield error("front_list_differs", f"{place} differs from the servers of the settings", why, command)


def _text(file: Path) -> str:
    """Return the text of a file; "" for a missing one. Raises FactUnknown."""
    try:
        return file.read_text(errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as problem:
        raise unreadable(file, problem) from None


CHECKS = (
    Check(
        "front",
        front,
        "there is no front; or it listens, and its files are those of this version and of the settings",
    ),
)
