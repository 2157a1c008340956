"""The API process: its user reads what it needs, and cannot read or change more; the proxies and the other
sites that it trusts.
"""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from cli.doctor.facts.settings_command import change
from warmline.system import systemd_service, web_origins
from warmline.system.loopback import is_local
from warmline.system.settings import SettingsError

STOPS = "the API process cannot start without it; calls continue"
MOST = {4: 256, 6: 1 << 64}  # addresses of a proxies' network, by the version of IP: a /24, and a /64
RESTART = "systemctl restart warmline-api"
OPEN = "a person who takes over the API process could read or change it"


def api_process(facts: CheckFacts) -> Iterator[Finding]:
    """Check the files for the user in the unit of the API process."""
    name = _user()
    if name in ("", facts.owner.name):
        yield good("api_process_same_user", "the API process has no user of its own")
        return
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        yield error(
            "api_user_missing",
            f"there is no user {name}",
            "the API process cannot start; calls continue",
            "warmline install",
        )
        return
    known = facts.settings
    key = known.tls_key or known.tls_certificate
    needed = {facts.file: data_files.let_read_settings(facts), Path(known.db): "warmline install"}
    if key:
        quoted = shlex.quote(key)
        needed[Path(key)] = f"chgrp {user.pw_gid} {quoted} && chmod g+r {quoted}"
    wrong = data_files.wrong(facts)
    found = [
        error("api_file_unreadable", f"{name} cannot read {path}", STOPS, fix)
        for path, fix in needed.items()
        if path.exists() and not {path, path.parent} & {*wrong} and not _may(user, path, stat.S_IROTH)
    ]
    secrets = (Path(known.recordings), Path(known.spool), facts.secrets)
    found += [
        warning("api_may_read", f"{name} can read {path}", OPEN, f"chmod o-rwx {shlex.quote(str(path))}")
        for path in secrets
        if path.exists() and _may(user, path, stat.S_IROTH)
    ]
    found += [
        warning("api_may_write", f"{name} can change {path}", OPEN, f"chmod go-w {shlex.quote(str(path))}")
        for path in (Path(known.db), Path(f"{known.db}-shm"), Path(known.db).parent)
        if path.exists() and _may(user, path, stat.S_IWOTH)
    ]
    if not found:
        data_files.need(facts)
    yield from found or [good("api_process_good", f"{name} can read the settings and the database, and no secret")]


def proxies(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the setting `trusted_proxies` names proxies that can connect, and no whole network of desks."""
    text, host = facts.settings.trusted_proxies, facts.settings.listen_host
    if not text.strip():
        yield good("proxies_none", "no proxy is trusted; each client has the address of its connection")
        return
    here = "::1" if ":" in host else "127.0.0.1"
    try:
        named = [ip_network(one.strip()) for one in text.split(",") if one.strip()]
    except ValueError as problem:
        fix = f"{change(facts, 'trusted_proxies', here)} && {RESTART}"
        yield error("proxies_invalid", f"setting trusted_proxies is {text!r}: {problem}", STOPS, fix)
        return
    wide = [str(one) for one in named if one.num_addresses > MOST[one.version]]
    kept = [str(one) for one in named if str(one) not in wide]
    if wide:
        found = f"setting trusted_proxies names {' and '.join(wide)}, which are many machines"
        why = "each of them can claim any address: it then guesses passwords without delays, and passes `addresses`"
        fix = f"{change(facts, 'trusted_proxies', ','.join(kept) or here)} && {RESTART}"
        yield warning("proxies_too_many", found, why, fix)
    elif is_local(host) and not any(one.is_loopback for one in named):
        found = f"setting trusted_proxies names no address of this machine, but the API listens on {host} alone"
        why = "no client of a proxy has its own address, so wrong passwords of one slow new devices of all"
        fix = f"{change(facts, 'trusted_proxies', ','.join([here, *kept]))} && {RESTART}"
        yield warning("proxies_unreachable", found, why, fix)
    else:
        yield good("proxies_good", f"the proxies {', '.join(kept)} name the addresses of their clients")


def origins(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the settings `workspace_frames` and `api_origins` name origins that a browser can send."""
    named = {
        "workspace_frames": facts.settings.workspace_frames,
        "api_origins": facts.settings.api_origins,
    }
    found: list[str] = []
    for setting, text in named.items():
        try:
            found += web_origins.read(setting, text)
        except SettingsError as problem:
            yield error("origins_invalid", str(problem), STOPS, f"{change(facts, setting, '')} && {RESTART}")
            return
    if found:
        sites = ", ".join(dict.fromkeys(found))
        yield good("origins_named", f"pages of {sites} may show the workspace, or call the JSON API")
    else:
        yield good("origins_none", "no other site may show the workspace or call the JSON API in a browser")


def _user() -> str:
    """Return the user in the unit; "" without the unit."""
    lines = systemd_service.lines(systemd_service.API)
    return next((line.removeprefix("User=") for line in lines if line.startswith("User=")), "")


def _may(user: pwd.struct_passwd, path: Path, wanted: int) -> bool:
    """Return whether a user may do something to a file, by the modes of it and of the folders above it.

    `wanted` is the right as others have it, such as S_IROTH.
    """
    above = all(_has(user, folder.stat(), stat.S_IXOTH) for folder in path.resolve().parents)
    return above and _has(user, path.stat(), wanted)


def _has(user: pwd.struct_passwd, found: os.stat_result, wanted: int) -> bool:
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    shift = 6 if found.st_uid == user.pw_uid else 3 if found.st_gid in groups else 0
    return user.pw_uid == 0 or bool((found.st_mode >> shift) & wanted)


CHECKS = (
    Check(
        "api process", api_process, "the user of the API process can read the settings and the database, and no more"
    ),
    Check("proxies", proxies, "`trusted_proxies` names proxies that can connect, and no other machine"),
    Check("origins", origins, "`workspace_frames` and `api_origins` name origins of sites"),
)
