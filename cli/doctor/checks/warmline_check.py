"""Checks of Warmline itself: its installation, database, clock and guard, and leftovers in Asterisk."""

import ctypes
import os
import shlex
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import available_timezones

from cli.doctor.facts.check_facts import CheckFacts, unknown, unreadable
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from cli.doctor.facts.settings_command import change, without
from cli.install import InstallError, install_manifest
from cli.output.time_format import length
from warmline.centre import api_port, app_client
from warmline.centre.app_answer import AppAway
from warmline.options.option_table import ENTITIES
from warmline.options.values.option_types import Zone
from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.journal import dated_ahead, journal_end
from warmline.store.maintenance import backup_and_vacuum
from warmline.store.reports.failed_turns import failed_turns as turns_that_failed
from warmline.system import guard_lock, systemd_service
from warmline.system.database_address import folder_of
from warmline.system.setting_table import REMOVED
from warmline.system.settings import DEFAULT_FILE
from warmline.system.systemd_service import CALLS, WORKERS, stop_and_start

A_DAY = 86_400_000_000  # microseconds
AHEAD = 60_000_000  # microseconds that the journal may be ahead of the clock
APP_DIFFERS = 5.0  # seconds between the app's time and this machine's clock; the app's figures are a second old
UNSYNCHRONISED = 5  # the answer of adjtimex(2)


def installation(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the installation was completed."""
    file = folder_of(facts.settings.db) / install_manifest.NAME
    try:
        broken_off = install_manifest.is_broken_off(file)
    except InstallError as problem:
        why = "`warmline uninstall` would remove the files that it names"
        yield error(
            "manifest_not_ours", str(problem), why, f"mv {shlex.quote(str(file))} {shlex.quote(str(file))}.not-ours"
        )
        return
    except OSError as problem:
        raise unreadable(file, problem) from None
    if is_absent(facts):
        yield error(
            "not_installed", "Warmline is not installed", "no call reaches Warmline", "warmline install --dry-run"
        )
    elif broken_off:
        yield error(
            "install_broken_off",
            "an installation was interrupted",
            "Warmline is only partly installed",
            "warmline install",
        )
    for key in facts.settings.removed:
        yield warning(
            "setting_removed",
            f"setting {key} in {facts.file} or the environment has no effect",
            REMOVED[key],
            without(key, shlex.quote(str(facts.file))),
        )
    if not (is_absent(facts) or broken_off or facts.settings.removed):
        yield good("installed_good", "whole" if file.exists() else "by hand")


def is_absent(facts: CheckFacts) -> bool:
    """Return whether nothing is installed: no record, no settings file, and no settings in the environment."""
    file = folder_of(facts.settings.db) / install_manifest.NAME
    return not (os.path.lexists(file) or facts.file.exists() or facts.settings.ari_password)


def file(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the database has this Warmline's schema and is undamaged."""
    path = facts.settings.db
    try:
        faults = backup_and_vacuum.check(path, quick=True)
    except StoreError as problem:
        if problem.code == "database_gone" or problem.fault in (Fault.UNAVAILABLE, Fault.DAMAGED):
            fix = "; ".join(stop_and_start()) if problem.fault is Fault.UNAVAILABLE else _bring_back(path)
            yield error("database_unusable", str(problem), "without the database no call is taken", fix)
            return
        newer = "newer Warmline" in str(problem)
        fix = "install the newer Warmline" if newer else "warmline db migrate"
        yield error(
            "database_unusable",
            str(problem),
            "without the database no call is taken",
            fix,
            safe=not newer,
            by_hand=newer,
        )
        return
    if faults:
        why = "records are or will be lost; a trigger that is not Warmline's runs with each write"
        yield error("database_damaged", f"{path}: {faults[0]}", why, _bring_back(path))
    else:
        yield good("database_good", f"{path}, schema {database.SCHEMA_VERSION}, structure whole")


def _bring_back(path: str) -> str:
    """Return the line that brings the latest backup beside the database back."""
    copies = sorted(Path(path).parent.glob("*.db"), key=lambda one: one.stat().st_mtime)
    last = next((one for one in reversed(copies) if one != Path(path)), "FILE")
    return f"systemctl stop warmline.target; warmline db restore {shlex.quote(str(last))} --yes"


def folders(facts: CheckFacts) -> Iterator[Finding]:
    """Check the folders of fallback notes, of the app's sockets, and of the queue_log if it is set."""
    owner = facts.owner
    faults = []
    for path, why in (
        (facts.settings.spool, "calls that take the fallback leave no trace"),
        (facts.settings.run, "the app cannot start: its sockets and its heartbeat are there"),
    ):
        if not (Path(path).is_dir() or systemd_service.comes_with_it(Path(path))):
            mode = 751 if path == facts.settings.run else 750
            fix = f"install -d -o {owner.name} -g {owner.group_name} -m {mode} {shlex.quote(path)}"
            faults.append(error("folder_missing", f"there is no folder {path}", why, fix, safe=True))
    faults += _of_two_users(facts)
    faults += _queue_log(facts) if facts.settings.queue_log else ()
    yield from faults or [good("folders_good", f"{facts.settings.spool}, {facts.settings.run}")]


def _of_two_users(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the app can read what root writes; the check of AGI scripts covers the other direction."""
    known, home = facts.settings, folder_of(facts.settings.db)
    with suppress(OSError, KeyError):
        if facts.owner.user == 0 != home.stat().st_uid:
            why = "the app can neither read the notes of calls that take the fallback, nor close recordings to others"
            folders = dict.fromkeys((str(home), known.spool, known.recordings))
            take = f"chown -R root:root {' '.join(map(shlex.quote, folders))}"
            again = "systemctl daemon-reload && systemctl restart warmline-guard warmline.target"
            fix = f"{take} && warmline install --user root && {again}"
            yield warning("home_of_another", f"Asterisk runs as root, but {home} belongs to {home.owner()}", why, fix)


def _queue_log(facts: CheckFacts) -> Iterator[Finding]:
    folder, owner = Path(facts.settings.queue_log).parent, facts.owner
    why = "programs that report on queues get no data until the file can be written"
    if not folder.is_dir():
        fix = f"install -d -o {owner.name} -g {owner.group_name} -m 750 {shlex.quote(str(folder))}"
        yield error("spool_missing", f"there is no folder {folder}", why, fix, safe=True)
    elif not owner.may_write(folder):
        fix = change(facts, "queue_log", str(folder_of(facts.settings.db) / "queue_log"))
        yield error("folder_closed", f"{owner.name} may not write to {folder}", why, fix)
    elif not _unit_lets_write(facts, folder):
        fix = "warmline install && systemctl daemon-reload && systemctl restart warmline-workers"
        yield error(
            "folder_closed_by_unit",
            f"{systemd_service.unit(WORKERS)} does not let the worker process write to {folder}",
            why,
            fix,
        )


def _unit_lets_write(facts: CheckFacts, folder: Path) -> bool:
    """Return whether the worker process may write, by its unit with drop-ins; also without a unit of these settings."""
    lines = systemd_service.lines(WORKERS)
    ours = str(facts.file) == DEFAULT_FILE or f"Environment=WARMLINE_CONFIG={facts.file}" in lines
    if not ours or "ProtectSystem=strict" not in lines:
        return True
    named = (line.partition("=")[2].split() for line in lines if line.startswith("ReadWritePaths="))
    return any(folder.is_relative_to(path.lstrip("-+")) for paths in named for path in paths)


def clock_is_kept() -> bool:
    """Return whether this machine's clock is synchronized with others."""
    return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024))) != UNSYNCHRONISED


def clocks(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the app and the journal follow the clock, and that time zones are known."""
    try:
        last, spans = journal_end.last_machine_time(facts.settings.db), dated_ahead.spans(facts.settings.db)
    except StoreError as problem:
        raise unknown(problem) from None
    faults = [*_app_time(facts)] or [*_behind(last)]
    known = available_timezones()
    for kind, entity in ENTITIES.items():
        for option in (one.name for one in entity.options if isinstance(one.type, Zone)):
            for name, values in facts.entities(kind).items():
                if values[option] and values[option] not in known:
                    found = f"{kind} {name}: {option}={values[option]} is not known here"
                    faults.append(
                        error("time_zone_unknown", found, "call times cannot be applied", "apt-get install tzdata")
                    )
    yield from faults or [good("clock_good", "the clock is not behind the journal; every time zone is known")]
    for span in spans:
        why = "the times of these calls are wrong, and stay; later ones are right"
        yield note("rows_dated_ahead", span.text, why, "warmline audit verify")
    if not clock_is_kept():
        why = "the times of calls drift from those of other machines"
        yield note("clock_not_kept", "no time synchronization (NTP) is active", why, "timedatectl set-ntp true")


def _app_time(facts: CheckFacts) -> Iterator[Finding]:
    """Compare the time by which the app decides with this machine's clock. An app that is away has another check."""
    with suppress(AppAway):
        figures = api_port.figures(facts.settings)
        if "time_seconds" not in figures:
            return
        ahead = figures["time_seconds"] + figures.get("figures_age_seconds", 0.0) - time.time()
        if abs(ahead) > APP_DIFFERS:
            side = "ahead of" if ahead > 0 else "behind"
            found = f"the app's time is {length(int(abs(ahead) * 1e6))} {side} this machine's clock"
            why = "opening hours, callbacks and legal hours follow the app's time; it follows the clock within a second"
            yield error("clock_of_app", found, why, systemd_service.start_again(CALLS))


def _behind(last: int) -> Iterator[Finding]:
    """Compare the time of the last row, by the clock at that time, with this machine's clock."""
    now = time.time_ns() // 1000
    if last > now + AHEAD:
        found = f"the journal is {length(last - now)} ahead of this machine's clock"
        if clock_is_kept():
            why = "the clock was ahead at the last rows, and was set right; the app follows it at its start"
            yield note("clock_behind", found, why, systemd_service.start_again(CALLS))
        else:
            why = "this clock or the former one is wrong: opening hours, callbacks and legal hours follow this one"
            yield error("clock_behind", found, why, "timedatectl set-ntp true")


def failed_turns(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no input has failed because of a bug since yesterday."""
    try:
        failed = turns_that_failed(facts.settings.db, time.time_ns() // 1000 - A_DAY)
    except StoreError as problem:
        raise unknown(problem) from None
    if not failed:
        yield good("turns_good", "no turn failed in the last day")
        return
    places = Counter(f"{one.kind} at {one.place} ({one.error})" for one in failed)
    found = few([f"{place}, {number} times" for place, number in places.most_common()])
    why = "each failed turn refused a command or missed an event of one call; the log has the error"
    call = next((one.call for one in failed if one.call), "")
    fix = f"warmline audit call {call}" if call else systemd_service.log(systemd_service.CALLS)
    yield error("turns_failed", f"turns failed in the last day: {found}", why, fix)


def guard(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the guard runs beside the app, and has read the current settings."""
    try:
        runs = guard_lock.is_guarded(facts.file)
    except FileNotFoundError:
        text = f"{facts.file} does not exist: a guard with settings from the environment cannot be checked"
        yield note(
            "guard_missing",
            text,
            "without the guard, callers hear silence while the app is stopped",
            systemd_service.start_guard(),
        )
        return
    except OSError as problem:
        raise unreadable(facts.file, problem) from None
    if runs:
        yield good("guard_good", f"the guard runs with the settings of {facts.file}")
        return
    why = "while the app is stopped, stuck or gone, waiting callers hear silence"
    found = f"no guard runs with the settings of {facts.file}"
    yield warning("guard_other_settings", found, why, systemd_service.start_guard())


def orphans(facts: CheckFacts) -> Iterator[Finding]:
    """Check that every channel and bridge in Asterisk belongs to a call or an agent."""
    try:
        found = app_client.get(facts.settings, "orphans")
    except AppAway as problem:
        raise unknown(problem) from None
    left = [(kind[:-1], name) for kind, names in found.items() for name in names]
    if not left:
        yield good("orphans_none", "every channel and bridge belongs to a call or an agent")
        return
    why = "a party may be on a line that belongs to no call (the app ends these itself within two minutes)"
    yield error(
        "orphans_found", ", ".join(f"{kind} {name}" for kind, name in left), why, "warmline doctor orphans --end"
    )


CHECKS = (
    Check("installation", installation, "the installation is complete"),
    Check("database", file, "the schema is current and the file is not damaged; `warmline db check` reads all of it"),
    Check(
        "folders",
        folders,
        "`spool`, `run` and the folder of `queue_log` can be used, also if Asterisk runs as root",
    ),
    Check("clocks", clocks, "the clock is synchronized, app and journal follow it, and all time zones are known"),
    Check("turns", failed_turns, "no bug has prevented an input from being handled in the last day"),
    Check("guard", guard, "the guard runs with the current settings"),
    Check("orphans", orphans, "Asterisk has no channel or bridge of Warmline that belongs to no call"),
)
