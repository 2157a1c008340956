"""Checks of ARI: its user and rights, its events, and the ports that other machines can reach."""

import re
import shlex
from collections.abc import Iterator
from urllib.parse import urlsplit

from cli.client import ari_console
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from cli.doctor.facts.settings_command import change, file_of
from warmline.centre.app_answer import AppAway
from warmline.system import systemd_service
from warmline.system.asterisk_requirements import CHANNELVARS, WRITE_TIMEOUT
from warmline.system.loopback import is_local

NOBODY = "bridges/warmline-doctor"  # no bridge has this name, so deleting it changes nothing
SHORTEST_WRITE = 1000  # milliseconds
BOUND = re.compile(r"Bound to (\S+):\d+")
AMI = re.compile(r"Bindaddress:\s+(\S+):\d+")
RELOAD = "module reload res_ari.so"


def user(facts: CheckFacts) -> Iterator[Finding]:
    """Check that Asterisk knows Warmline's ARI user, and lets it change calls."""
    name, url = facts.settings.ari_user, facts.settings.ari_url
    try:
        status, _ = facts.ask("DELETE", NOBODY)
    except ari_console.NotAsterisk as problem:
        port = urlsplit(url).port or 80
        why = "calls take the dialplan's fallback; with the password that program could do anything with calls"
        yield error("ari_port_of_another", str(problem), why, f"ss -ltnp 'sport = :{port}'   # names the program")
        return
    except AppAway as problem:
        why = "without Asterisk there are no calls; without ARI all calls take the dialplan's fallback"
        yield error("ari_away", str(problem), why, _turn_on(facts))
        return
    if status == 401:
        why = "the app cannot connect: every call takes the dialplan's fallback"
        yield error("ari_login_refused", f"ARI does not accept the user {name} or its password", why, _log_in(facts))
    elif status == 403:
        fix = facts.add("ari.conf", name, {"read_only": "no"}, RELOAD)
        yield error(
            "ari_user_reads_only", f"{name} may only read (read_only=yes)", "the app cannot move any channel", fix
        )
    elif status == 404 and facts.ask("GET", "asterisk/info")[0] == 200:
        yield good("ari_user_good", f"ARI user {name} works at {url}")
    else:
        why = "the app cannot connect: every call takes the dialplan's fallback"
        yield error("ari_missing", f"no ARI at {url}: the answer is {status}", why, _find(facts))


def _turn_on(facts: CheckFacts) -> str:
    """Return the command that starts Asterisk, or switches its HTTP server or ARI on."""
    try:
        facts.console("core show settings")
    except FactUnknown:
        return systemd_service.start_asterisk(facts.settings.asterisk)
    port = str(urlsplit(facts.settings.ari_url).port or 8088)
    http = facts.section("http.conf", "general", {"enabled": "yes", "bindaddr": "127.0.0.1", "bindport": port})
    return facts.add_text("http.conf", http, "core reload")


def _find(facts: CheckFacts) -> str:
    """Return the command for an ARI that is off, has another address, or is not loaded.

    Asterisk's HTTP server answers 404 in all three cases.
    """
    conf, right = facts.conf("ari.conf"), ari_console.url(facts.conf("http.conf"))
    if conf.value("general", "enabled") is not None and not conf.on("general", "enabled"):
        return facts.add("ari.conf", "general", {"enabled": "yes"}, RELOAD)
    if right != facts.settings.ari_url:
        return change(facts, "ari_url", right)
    return facts.rx("module load res_ari.so")


def _log_in(facts: CheckFacts) -> str:
    """Return the command that gives ARI the password of the settings file."""
    name = facts.settings.ari_user
    head = f"[{name}](+)" if facts.conf("ari.conf").named(name) else f"[{name}]\\ntype = user"
    ours = shlex.quote(str(file_of(facts, "ari_password")))
    read = f"sed -n '/^ *\\[/q; s/^ari_password *= *\"\\(.*\\)\"/\\1/p' {ours}"
    lines, conf = shlex.quote(f"\\n{head}\\npassword = %s\\n"), shlex.quote(str(facts.own_file("ari.conf")))
    return f'printf {lines} "$({read})" >> {conf} && {facts.rx(RELOAD)}'


def console(facts: CheckFacts) -> Iterator[Finding]:
    """Check that Asterisk's console answers, because ARI does not know all facts."""
    try:
        yield good(
            "console_good", f"the console answers; Asterisk's files are in {facts.folder('Configuration directory')}"
        )
    except FactUnknown as problem:
        why = "half of the checks ask it: run doctor as root or Asterisk's user; the setting asterisk is its command"
        yield error(
            "console_away",
            str(problem),
            why,
            f"{systemd_service.start_asterisk(facts.settings.asterisk)}; sudo warmline doctor",
        )


def write_timeout(facts: CheckFacts) -> Iterator[Finding]:
    """Check how long Asterisk waits for an app that is briefly busy."""
    text = facts.conf("ari.conf").value("general", "websocket_write_timeout") or "100"
    if text.isdigit() and int(text) >= SHORTEST_WRITE:
        yield good("write_timeout_good", f"websocket_write_timeout is {text} ms")
        return
    why = "an app that is held up for a moment (a backup, a busy disk) loses its events and connects again"
    fix = facts.add("ari.conf", "general", {"websocket_write_timeout": str(WRITE_TIMEOUT)}, RELOAD)
    yield warning("write_timeout_short", f"websocket_write_timeout is {text} ms", why, fix)


def channelvars(facts: CheckFacts) -> Iterator[Finding]:
    """Check the channel variables by which the app recognizes a call."""
    named = (facts.conf("ari.conf").value("general", "channelvars") or "").replace(" ", "").split(",")
    missing = [name for name in CHANNELVARS if name not in named]
    if not missing:
        yield good("channelvars_good", "events carry all channel variables")
        return
    why = "after a restart the app does not recognize calls; their number and route are not recorded"
    every = ",".join(filter(None, (*named, *missing)))
    fix = facts.add("ari.conf", "general", {"channelvars": every}, RELOAD)
    yield error("channelvars_missing", f"events do not carry {', '.join(missing)}", why, fix)


def listeners(facts: CheckFacts) -> Iterator[Finding]:
    """Check which ports other machines can reach."""
    found = [*ports_of_asterisk(facts), *_ours(facts)]
    yield from found or [
        good("ports_good", "ARI and the manager listen on this machine only, the API process there or with TLS")
    ]


def ports_of_asterisk(facts: CheckFacts) -> Iterator[Finding]:
    """Yield the ports of Asterisk that other machines can reach and that can command it."""
    for host in BOUND.findall(facts.console("http show status")):
        if not is_local(host):
            why = "a program that reaches the port can try passwords of ARI, and ARI can do everything with calls"
            fix = facts.add("http.conf", "general", {"bindaddr": "127.0.0.1"}, "module reload http")
            yield warning("http_port_open", f"Asterisk's HTTP server listens on {host}", why, fix)
    for host in AMI.findall(facts.console("manager show settings")):
        if not is_local(host):
            why = "Warmline does not need it, and a program that reaches the port can try its passwords"
            fix = facts.add("manager.conf", "general", {"bindaddr": "127.0.0.1"}, "manager reload")
            yield warning("manager_port_open", f"Asterisk's manager interface listens on {host}", why, fix)


def _ours(facts: CheckFacts) -> Iterator[Finding]:
    doors = {"fastagi": facts.settings.fastagi.rpartition(":")[0]}
    if not facts.settings.tls_certificate:
        doors["listen_host"] = facts.settings.listen_host
    whys = {
        "listen_host": "without tls_certificate the API process does not start: passwords would pass there unencrypted",
        "fastagi": "the AGI process does not start: FastAGI has no password, and would answer other machines",
    }
    listeners = {"listen_host": "the API process", "fastagi": "the AGI process"}
    for key, host in doors.items():
        if host and not is_local(host):
            new = "127.0.0.1" if key == "listen_host" else f"127.0.0.1:{facts.settings.fastagi.rpartition(':')[2]}"
            yield error(
                "app_port_open",
                f"setting {key} makes {listeners[key]} listen on {host}",
                whys[key],
                change(facts, key, new),
            )


CHECKS = (
    Check("ARI user", user, "ARI accepts `ari_user` with its password, and lets that user change calls"),
    Check("console", console, "`asterisk -rx` answers; half of the other checks need it"),
    Check("websocket_write_timeout", write_timeout, "Asterisk waits for the app if it is briefly busy"),
    Check("channelvars", channelvars, "ARI reports the channel variables that identify a call"),
    Check(
        "listeners",
        listeners,
        "other machines reach neither ARI nor Asterisk's manager nor FastAGI, and the APIs only with TLS",
    ),
)
