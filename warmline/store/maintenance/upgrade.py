"""Upgrades the database after a backup, and checks the result."""

from pathlib import Path
from typing import NamedTuple

from warmline.store.database.database import SCHEMA_VERSION, StoreError
from warmline.store.database.reading import reading
from warmline.store.maintenance import schema_check, server_database, server_upgrade
from warmline.store.maintenance.backup_and_vacuum import Progress, backup, check
from warmline.store.maintenance.new_file import unused
from warmline.store.migrations.schema_migration import migrate
from warmline.system.database_address import is_address


class Upgrade(NamedTuple):
    """The names of the applied migrations, and the backup that was made before, if any."""

    applied: list[str]
    backup: Path | None


def upgrade(path: str | Path, copy: Path | None = None, say: Progress | None = None) -> Upgrade:
    """Create the database, or back it up, upgrade it and check it.

    `copy` is the file of the backup, which is then made in any case. Without it, a database that needs an upgrade is
    backed up next to itself. One of PostgreSQL has no backup, and with `copy` it is not upgraded. Raises StoreError,
    also if the database is not as schema.sql says.
    """
    if is_address(path):
        if copy and server_upgrade.is_due(path):
            server_database.refuse(path, "backed up", f"{server_database.BACK_UP}; then: warmline db migrate")
        return Upgrade(server_upgrade.upgrade(path), None)
    made: list[Path] = []

    def back_up() -> None:
        made.append(copy or unused(f"{path}.before-migrate"))
        backup(path, made[0], say)

    existed = Path(path).exists()
    applied = migrate(path, back_up)
    if copy and existed and not made:
        back_up()
    _must_be_as_in_schema_sql(path, upgraded=bool(made and applied))
    return Upgrade(applied, made[0] if made else None)


def _must_be_as_in_schema_sql(path: str | Path, *, upgraded: bool) -> None:
    """Raise StoreError if the database differs. After an upgrade the structure of the file is checked, too."""
    if upgraded:
        faults = check(path, quick=True)
    else:
        with reading(path) as connection:
            faults = list(schema_check.differences(connection, SCHEMA_VERSION))
    if faults:
        raise StoreError(
            "migrated_differs",
            "database {path} is not as this Warmline's schema.sql says: {why}; to list all differences: "
            "warmline db check. To replace it by a backup: warmline db restore",
            path=path,
            why=faults[0],
        )
