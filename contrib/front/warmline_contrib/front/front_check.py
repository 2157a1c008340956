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

CONNECT_TIMEOUT_SECONDS = 2.0
CONFIG = Path("/etc/kamailio/kamailio.cfg")
FORM = re.compile(r"^# Form: (\S+)$", re.MULTILINE)
PRINTED = "Printed by `warmline front config`"
LINK_ADDRESS = re.compile(r'^modparam\("evapi", "bind_addr", "([^"]*)"\)$', re.MULTILINE)
LIST_FILE = re.compile(r'^modparam\("dispatcher", "list_file", "([^"]*)"\)$', re.MULTILINE)
APP_NOT_ASKED = "new calls are placed by their weights, and not by the app"
PRINT_AGAIN = "print it again with the options of before: warmline front config, see docs/how-to/several-servers.md"
RELOAD = "kamcmd dispatcher.reload"


def front(facts: CheckFacts) -> Iterator[Finding]:
    """Check the settings of the front, its listener, and its files if it runs on this machine."""
    where = facts.settings.front
    if not where:
        yield good("front_off", "no front is set")
        return
    address = host_and_port(where)
    if address is None:
        text = f"setting front is {where!r}; allowed: HOST:PORT, or empty"
        yield error("front_invalid", text, APP_NOT_ASKED, f"correct front in {facts.file}", by_hand=True)
        return
    try:
        servers = front_config.dispatcher(every_server(facts.settings))
    except SettingsError as problem:
        harm = "the list of the front cannot be printed, and this server gets no call from it"
        yield error("front_server_unknown", str(problem), harm, f"correct sip in {facts.file}", by_hand=True)
        return
    faults = list(_check_listener(where, *address))
    if is_local(address[0]):
        faults += _check_files(where, servers)
    else:
        fix = "compare its dispatcher.list with: warmline front config --dispatcher"
        text = f"the files of the front at {where} are on another machine"
        faults.append(Finding(Severity.NOTE, text, fix=fix, by_hand=True, code="front_files_elsewhere"))
    yield from faults
    if all(fault.severity is Severity.NOTE for fault in faults):
        yield good("front_good", f"the front listens at {where}")


def _check_listener(where: str, host: str, port: int) -> Iterator[Finding]:
    try:
        socket.create_connection((host, port), timeout=CONNECT_TIMEOUT_SECONDS).close()
    except OSError as problem:
        text = f"the front at {where} does not answer: {problem.strerror or problem}"
        yield error("front_silent", text, APP_NOT_ASKED, "systemctl restart kamailio", by_hand=not is_local(host))


def _check_files(where: str, servers: str) -> Iterator[Finding]:
    """Yield the faults of the files on this machine. Raises FactUnknown for an unreadable one."""
    config = _read(CONFIG)
    if PRINTED not in config:
        text = f"{CONFIG} is not what `warmline front config` prints"
        yield warning("front_config_not_ours", text, APP_NOT_ASKED, PRINT_AGAIN, by_hand=True)
        return
    if FORM.findall(config) != [front_config.form()]:
        text = f"{CONFIG} was printed by another version of Warmline"
        yield warning("front_config_old", text, "the front lacks what this version changed", PRINT_AGAIN, by_hand=True)
    if (addresses := LINK_ADDRESS.findall(config)) != [where]:
        text = f"{CONFIG} listens for the app at {', '.join(addresses) or 'no address'}, and not at {where}"
        yield error("front_config_other_address", text, APP_NOT_ASKED, PRINT_AGAIN, by_hand=True)
    list_file = Path(next(iter(LIST_FILE.findall(config)), "/etc/kamailio/dispatcher.list"))
    if _read(list_file) != servers:
        harm = "calls go to servers that are not in the settings, or never to one that is"
        command = f"warmline front config --dispatcher > {shlex.quote(str(list_file))} && {RELOAD}"
        yield error("front_list_differs", f"{list_file} differs from the servers of the settings", harm, command)


def _read(file: Path) -> str:
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
