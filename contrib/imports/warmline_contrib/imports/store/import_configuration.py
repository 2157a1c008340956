"""The configuration of an import: the revisions in which its files were applied, and the uses that keep it here."""
# ruff: noqa: S608 - only constants of the code

import sqlite3
from pathlib import Path

from warmline.store.configuration import change_plan, config_history, config_rows
from warmline.store.database.reading import reading
from warmline.store.database.writing import writing
from warmline.store.journal.imported_rows import MARK, OTHERS, PAST
from warmline_contrib.imports.store.import_runs import CONFIGURATION, begun

NAMED = 5  # users of an entity that an error lists
KEPT = f"""
    INSERT INTO import_place (run, name, "after", read, new) VALUES (?, '{CONFIGURATION}', ?, 0, 0)
    ON CONFLICT (run, name) DO UPDATE SET "after" = import_place."after" || ' ' || excluded."after"
"""
REVISIONS = f"SELECT \"after\" FROM import_place WHERE run = ? AND name = '{CONFIGURATION}'"
SESSION = f"FROM agent_session WHERE started >= :at AND ifnull(conf_exten, '') <> '{MARK}'"
DIALLED = "SELECT call.id FROM attempt JOIN call ON call.id = attempt.call WHERE arrived >= :at"
OTHER_LEADS = """
    SELECT lead_id FROM lead WHERE NOT EXISTS (SELECT 1 FROM imported_lead WHERE imported_lead.lead_id = lead.lead_id)
"""
# The kinds of rows that use an entity which the import created, by its kind, each with a statement that finds some.
USED = {
    "ingroup": (
        ("call", f"SELECT id FROM call WHERE ingroup = :name AND arrived >= :at AND origin <> '{PAST}'"),
        (
            "call",
            f"""
                SELECT DISTINCT call FROM queue_wait WHERE ingroup = :name AND entered >= :at
                AND {OTHERS["queue_wait"]}
            """,
        ),
    ),
    "did": (("call", f"SELECT id FROM call WHERE dialled = :name AND arrived >= :at AND origin <> '{PAST}'"),),
    "list": (
        ("lead", f"{OTHER_LEADS} AND list_id = :name"),
        ("call", f"{DIALLED} AND list_id = :name"),
    ),
    "campaign": (
        ("call", f"{DIALLED} AND campaign = :name"),
        ("session", f"SELECT id {SESSION} AND campaign = :name"),
        ("callback", f"SELECT id FROM callback WHERE campaign = :name AND made >= :at AND \"by\" <> '{MARK}'"),
    ),
    "agent": (("session", f"SELECT id {SESSION} AND agent = :name"),),
    "phone": (("session", f"SELECT id {SESSION} AND phone = :name"),),
    "disposition": (
        ("call", f"SELECT call FROM disposition_entry WHERE status = :name AND at >= :at AND \"by\" <> '{MARK}'"),
    ),
    "pause-code": (
        (
            "session",
            f"""
                SELECT DISTINCT session FROM agent_interval WHERE pause_code = :name AND started >= :at
                AND {OTHERS["agent_interval"]}
            """,
        ),
    ),
}


def keep_revision(path: str | Path, source: str, who: str, revision: int) -> None:
    """Record that a revision brought configuration from a source. Raises StoreError."""
    with writing(path) as db:
        db.execute(KEPT, (begun(db, source, who, ()).number, str(revision)))


def revisions(db: sqlite3.Connection, run: int) -> tuple[int, ...]:
    """Return the revisions that brought the configuration of an import."""
    found = db.execute(REVISIONS, (run,)).fetchone()
    return tuple(int(one) for one in found[0].split()) if found else ()


def uses(path: str | Path, numbers: tuple[int, ...]) -> list[str]:
    """Return what uses or has changed the configuration of these revisions, in words. Raises NotFound, StoreError."""
    with reading(path) as db:
        wanted, found, _ = config_history.all_taken_back(db, numbers)
        gone = [key for key, options in wanted.items() if options is None]
        at = min((config_history.find(db, number).at for number in numbers), default=0)
        for kind, name in gone:
            for what, sql in USED.get(kind, ()):
                some = [str(row[0]) for row in db.execute(f"{sql} LIMIT {NAMED + 1}", {"name": name, "at": at})]
                if some:
                    more = " and more" if len(some) > NAMED else ""
                    found.append(f"{what} {', '.join(some[:NAMED])}{more} with {kind} {name}")
        return found + _naming(db, wanted, gone)


def _naming(db: sqlite3.Connection, wanted: change_plan.Wanted, gone: list[tuple[str, str]]) -> list[str]:
    """Return the entities that name one which goes, and neither go nor change with it."""
    ours = {f"{kind} {name}" for kind, name in wanted}
    by_named = config_rows.users(db, {kind for kind, _ in gone})
    return [
        f"{user} with {kind} {name}"
        for kind, name in gone
        for user in by_named.get((kind, name), ())
        if user.endswith(")") and user.rpartition(" (")[0] not in ours
    ]


def take_back(path: str | Path, numbers: tuple[int, ...], who: str) -> tuple[int, tuple[str, ...]]:
    """Undo these revisions as one. Return the revision that does so, 0 if there is nothing to undo, and lost secrets.

    Raises Conflict, OptionError, NotFound, StoreError; then nothing has changed.
    """
    with reading(path) as db:
        wanted, _, lost = config_history.all_taken_back(db, numbers)
    return change_plan.apply(path, change_plan.plan(path, wanted), who=who), tuple(lost)
