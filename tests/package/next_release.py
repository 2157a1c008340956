"""The wheel of a release that follows the checkout: a higher version, and a schema with one more migration.

The migration kills its process in the middle if the variable UPGRADE_TEST_DIES is set.
"""

from pathlib import Path

from release import checks, wheel
from release.wheel import PROJECT
from tests.package.clone import clone, git, replace
from warmline.store.database.database import SCHEMA_VERSION

VERSION = "99.0.0"
SCHEMA = SCHEMA_VERSION + 1
MIGRATION = '''

@migrations()
def next_release(db: Database) -> None:
    """Add a column to calls, for the test of upgrades."""
    import os

    rebuild(db, schema(NEXT))
    if "UPGRADE_TEST_DIES" in os.environ:
        os.kill(os.getpid(), 9)
    db.execute("UPDATE meta SET value = value + 1 WHERE key = 'schema'")


def schema('''


def build(folder: Path) -> Path:
    """Build the wheel in a folder; return its path."""
    source = clone(folder / "source")
    migrations, sql = source / "warmline/store/migrations", source / "schema.sql"
    (migrations / f"schema_{SCHEMA_VERSION}.sql").write_text(sql.read_text())
    replace(sql, f"('schema', '{SCHEMA_VERSION}')", f"('schema', '{SCHEMA}')")
    replace(sql, "CREATE TABLE call (\n", "CREATE TABLE call (\n    upgraded TEXT NOT NULL DEFAULT 'by a test',\n")
    replace(migrations / "__init__.py", "\n\ndef schema(", MIGRATION.replace("NEXT", str(SCHEMA)))
    number = "SCHEMA_VERSION = {}"
    replace(source / "warmline/store/database/database.py", number.format(SCHEMA_VERSION), number.format(SCHEMA))
    replace(source / "pyproject.toml", f'"{checks.version(PROJECT)}"', f'"{VERSION}"')
    git(source, "add", "--all")
    return wheel.build(folder / "dist", source)[0]
