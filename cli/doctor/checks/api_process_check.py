"""The user of the API process: it exists, reads what it needs, and cannot read or change more."""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from cli.client import systemd_service
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, good, warning

STOPS = "the API process cannot start without it; calls continue"
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
    needed = {facts.file: "warmline install", Path(known.db): "warmline install"}
    if key:
        quoted = shlex.quote(key)
        needed[Path(key)] = f"chgrp {user.pw_gid} {quoted} && chmod g+r {quoted}"
    found = [
        error("api_file_unreadable", f"{name} cannot read {path}", STOPS, fix)
        for path, fix in needed.items()
        if path.exists() and not _may(user, path, stat.S_IROTH)
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
    yield from found or [good("api_process_good", f"{name} can read the settings and the database, and no secret")]


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
)
