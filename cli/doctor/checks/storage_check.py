"""Checks of the storage of calls: whether the app can write, and what the spill file beside the database has."""

import os
import shlex
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts, unknown, unreadable
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from cli.output.cell_format import moment
from warmline.centre.app_answer import AppAway
from warmline.centre.local_connection import LocalConnection
from warmline.store.database.database import StoreError
from warmline.store.journal import noted_heads, spill_contents, spill_file
from warmline.store.journal.spill_contents import SpillContents
from warmline.store.journal.storage_state import in_words
from warmline.system.systemd_service import stop_and_start

UNIT = 512  # bytes of a block in the answer of stat(2)


def writing(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the app can write its database and its spill file."""
    try:
        with closing(LocalConnection(facts.settings, 2.0)) as app:
            state = app.storage()
    except AppAway as problem:
        data_files.need(facts)
        raise unknown(problem) from None
    database = shlex.quote(facts.settings.db)
    fix = f"df -h {database}; fuser -v {database}"
    found = in_words(state, moment(state.since))
    if state.lost:
        why = "no command is confirmed; calls go on, and their turns are kept in the spill file; new lines are refused"
        yield error("storage_lost", found, why, "; ".join(stop_and_start()))
    elif state.stores_nothing:
        yield error("storage_failed", found, "no command is confirmed; calls go on, and new lines are refused", fix)
    elif state.is_late:
        yield error("database_late", found, "new lines are refused; calls go on", fix)
    elif state.spill_why:
        why = "no command will be confirmed while the database is late"
        yield warning("spill_not_written", found, why, fix)
    else:
        yield good("storage_good", "the app writes its database and its spill file")


def history(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the database has the rows that were noted beside it."""
    try:
        found = [one for one in noted_heads.look(facts.settings.db) if one.cause != "restore"]
    except StoreError as problem:
        raise unknown(problem) from None
    if not found:
        yield good("history_good", "the database has every row that the app has noted beside it")
        return
    text = few([f"{one.chain}: {one.text()}" for one in found])
    why = (
        "confirmed records are not in the database: it was replaced, its files were deleted, or its server forgot them"
    )
    yield error("history_shorter", text, why, "warmline audit verify")


def waiting(facts: CheckFacts) -> Iterator[Finding]:
    """Check what the spill file has, its owner and its reserved space."""
    try:
        found = spill_contents.look(facts.settings.db)
    except StoreError as problem:
        raise unknown(problem) from None
    findings = [*_entries(found), *_set_aside(found), *_file(found.path)]
    yield from findings or [good("spill_good", f"{found.path}: no entry waits for the database")]


def _entries(found: SpillContents) -> Iterator[Finding]:
    fix = "warmline db spill"
    if found.damages():
        why = "these confirmed changes are not in the records; the next start sets the file aside"
        yield error("spill_unusable", "; ".join(found.damages()), why, fix)
    elif found.entries:
        first, last = found.entries[0], found.entries[-1]
        text = f"{found.path}: entries that wait: {len(found.entries)}, from {moment(first.at)} to {moment(last.at)}"
        yield note("entries_wait", text, "the app writes them once the database can be written, or at its start", fix)


def _set_aside(found: SpillContents) -> Iterator[Finding]:
    if found.aside:
        files = few([f"{file}: {text}" for file, text in found.aside.items()])
        why = "the confirmed changes in these files are not in the records; with --write, this puts them there"
        fix = f"warmline db spill {shlex.quote(str(list(found.aside)[-1]))}"
        yield warning("spill_set_aside", f"spill files that were set aside: {files}", why, fix)


def _file(path: Path) -> Iterator[Finding]:
    """Check the space; the check of data files has the owner, and that of secrets the mode."""
    try:
        file = path.lstat()
    except FileNotFoundError:
        return  # the next start creates it
    except OSError as problem:
        raise unreadable(path, problem) from None
    if file.st_blocks * UNIT < spill_file.RESERVED:
        free = os.statvfs(path.parent)
        why = "if the disk is full, no command is confirmed"
        text = f"{path} has not all of its {spill_file.RESERVED} bytes; free: {free.f_bavail * free.f_frsize} bytes"
        yield warning("spill_not_reserved", text, why, f"df -h {shlex.quote(str(path))}")


CHECKS = (
    Check("storage", writing, "the app can write its database and its spill file"),
    Check("history", history, "the database has every row that the app has noted beside it"),
    Check("spill file", waiting, "no entry waits for the database, and the spill file has its space"),
)
