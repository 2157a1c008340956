"""The migrations: each upgrades a database to the next version of the schema.

Each migration is a function in this file, and is never changed after its release. It leads to one version of the
schema: schema.sql is the current one, and schema_N.sql in this folder are the released ones. The first is schema 3, of
0.9.0. Before the first change of schema.sql after a release, copy the released text to schema_N.sql. Then count
SCHEMA_VERSION up and write the migration to the new version.

A migration also upgrades databases of the commits before the release of its schema: they have its number, and another
fingerprint of schema.sql. So it is written to run any number of times, and leaves a column with values as it is.
"""

import logging

from sqlite_utils import Database, Migrations

from warmline.store.migrations import disposition_keys, dropped_values, lead_columns, report_runs
from warmline.store.migrations.rebuild import columns, rebuild
from warmline.store.migrations.schema_versions import fingerprint, schema, statements

# The default of 60 seconds became 0, which is 60 in calls of agents. A value that an administrator gave stays.
USUAL_RING_TIME = """
    UPDATE campaign SET dial_timeout = 0 WHERE dial_timeout = 60 AND id NOT IN (
        SELECT name FROM config_journal WHERE entity = 'campaign' AND after ->> 'dial_timeout' IS NOT NULL
    )
"""

# A campaign from before the option dials star codes as before; a new one does not.
FORMER_STAR_CODES = "UPDATE campaign SET deny_star_codes = 'N'"

log = logging.getLogger("warmline.store.migrations")

WRITE = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

# A callback from before its own column has the lead of the call in which it was promised.
LEADS_OF_CALLBACKS = "UPDATE callback SET lead = ifnull((SELECT lead FROM call WHERE id = callback.call), 0)"

migrations = Migrations("warmline")


@migrations()
def third(db: Database) -> None:
    """Create all tables of schema 3, that of the first release."""
    for statement in statements(schema(3)):
        db.execute(statement)


@migrations()
def fourth(db: Database) -> None:
    """Add the dialler and browser phones; and a fingerprint, which tells schemas between two releases apart."""
    former, codes = columns(db, "lead"), columns(db, "disposition")
    had_star_codes = "deny_star_codes" not in columns(db, "campaign")
    rebuild(db, schema(4))
    if had_star_codes:
        db.execute(FORMER_STAR_CODES)
    if "place" not in codes:
        disposition_keys.fill(db.conn)
    if "time_zones" not in former:
        lead_columns.fill_places(db.conn)
    if "passes" not in former:
        lead_columns.fill_passes(db.conn)
    db.execute(USUAL_RING_TIME)
    write_version(db, 4)


@migrations()
def fifth(db: Database) -> None:
    """Add what programs bring: custom fields of leads, callbacks without a call, web forms, event hooks, the clock."""
    had_leads = "lead" in columns(db, "callback")
    rebuild(db, schema(5))
    if not had_leads:
        db.execute(LEADS_OF_CALLBACKS)
    write_version(db, 5)


@migrations()
def sixth(db: Database) -> None:
    """Take out what nobody used."""
    for sentence in dropped_values.sentences(db, schema(5)):
        log.warning("%s", sentence)
    mails = report_runs.mails(db)
    rebuild(db, schema(6))
    report_runs.fill(db, mails)
    write_version(db, 6)


STEPS = {4: fourth, 5: fifth, 6: sixth}  # by the schema to which they lead


def write_version(db: Database, version: int) -> None:
    """Write the number of the schema and the fingerprint of its text."""
    written = {"schema": str(version), "fingerprint": fingerprint(schema(version))}
    for row in written.items():
        db.execute(WRITE, row)
