"""Warmline itself: its installation, database, clock, app, and what is left over in Asterisk."""

import ctypes
import shlex
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from warmline.cli import running_app
from warmline.cli.checks.facts import Facts, Unknown
from warmline.cli.checks.finding import Check, Finding, error, good, note
from warmline.cli.installing import record
from warmline.cli.running_app import AppAway
from warmline.option_types import Zone
from warmline.options import ENTITIES
from warmline.store import database, history_end, upkeep
from warmline.store.database import StoreError

AHEAD = 60_000_000  # microseconds that the journal may be ahead of the clock
UNSYNCHRONISED = 5  # what adjtimex(2) answers
START = "systemctl start warmline"


def installation(facts: Facts) -> Iterator[Finding]:
    """It was not broken off."""
    file = Path(facts.settings.db).parent / record.NAME
    try:
        broken_off = record.is_broken_off(file)
    except OSError as problem:
        raise Unknown(f"{file} cannot be read: {problem.strerror}") from None
    if broken_off:
        yield error("an installation was broken off", "a part of it is there", "warmline install --yes")
    elif not file.exists() and not facts.file.exists():
        yield note("nothing is installed", "what is missing is made by one command", "warmline install --dry-run")
    else:
        yield good("whole" if file.exists() else "by hand")


def file(facts: Facts) -> Iterator[Finding]:
    """The database has this Warmline's schema, and is whole."""
    path = facts.settings.db
    try:
        faults = upkeep.check(path, quick=True)
    except StoreError as problem:
        newer = "newer Warmline" in str(problem)
        mend = "install the newer Warmline" if newer else "warmline db migrate"
        yield error(str(problem), "no call is taken without it", mend, safe=not newer)
        return
    if faults:
        copies = sorted(Path(path).parent.glob("*.db"), key=lambda one: one.stat().st_mtime)
        last = next((one for one in reversed(copies) if one != Path(path)), "FILE")
        mend = f"systemctl stop warmline; warmline db restore {last} --yes"
        yield error(f"{path}: {faults[0]}", "records are lost, or will be", mend)
    else:
        yield good(f"{path}, schema {database.SCHEMA_VERSION}, structure whole")


def folders(facts: Facts) -> Iterator[Finding]:
    """Where notes of fallback calls and the app's token are kept."""
    owner = facts.owner
    faults = []
    for path, why in (
        (facts.settings.spool, "calls that take the fallback leave no trace"),
        (facts.settings.run, "the app cannot start: its token is kept there"),
    ):
        if not Path(path).is_dir():
            mend = f"install -d -o {owner.user} -g {owner.group} -m 750 {shlex.quote(path)}"
            faults.append(error(f"there is no folder {path}", why, mend, safe=True))
    yield from faults or [good(f"{facts.settings.spool}, {facts.settings.run}")]


def clocks(facts: Facts) -> Iterator[Finding]:
    """The clock goes, and goes on from where the journal is; time zones are known."""
    faults = []
    now = time.time_ns() // 1000
    try:
        last = history_end.last_time(facts.settings.db)
    except StoreError as problem:
        raise Unknown(str(problem)) from None
    if last > now + AHEAD:
        found = f"the journal is {(last - now) // 1_000_000} s ahead of this machine's clock"
        why = "the clock was set back: times of new calls are wrong until it has caught up"
        faults.append(error(found, why, "timedatectl set-ntp true && systemctl restart warmline"))
    known = available_timezones()
    for kind, entity in ENTITIES.items():
        for option in (one.name for one in entity.options if isinstance(one.type, Zone)):
            for name, values in facts.entities(kind).items():
                if values[option] and values[option] not in known:
                    found = f"{kind} {name}: {option}={values[option]} is not known here"
                    faults.append(error(found, "call times cannot be told", "apt-get install tzdata"))
    yield from faults or [good("the clock is not behind the journal; every time zone is known")]
    if ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024)) == UNSYNCHRONISED:
        why = "its times drift from those of others"
        yield note("nothing keeps this clock right (NTP)", why, "timedatectl set-ntp true")


def app(facts: Facts) -> Iterator[Finding]:
    """It answers, and has Asterisk's picture."""
    try:
        running_app.get(facts.settings, "agents")
    except AppAway as problem:
        yield error(str(problem), "calls take the dialplan's fallback", START)
        return
    yield good(f"it answers at {facts.settings.listen_host}:{facts.settings.listen_port}")


def orphans(facts: Facts) -> Iterator[Finding]:
    """Nothing in Asterisk is ours and nobody's."""
    try:
        found = running_app.get(facts.settings, "orphans")
    except AppAway as problem:
        raise Unknown(str(problem)) from None
    left = [(kind[:-1], name) for kind, names in found.items() for name in names]
    if not left:
        yield good("every channel and bridge belongs to a call or an agent")
        return
    why = "somebody may be on a line that nobody knows of (the app ends them itself within two minutes)"
    yield error(", ".join(f"{kind} {name}" for kind, name in left), why, "warmline doctor orphans --end")


CHECKS = (
    Check("installation", installation),
    Check("database", file),
    Check("folders", folders),
    Check("clocks", clocks),
    Check("app", app),
    Check("orphans", orphans),
)
