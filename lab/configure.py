"""Fills a lab's database: the demo configuration, and the administrator's changes."""

from pathlib import Path

from lab import demo_config
from lab.lab_error import LabError
from warmline.options import config_files
from warmline.options.option_table import OptionError, check
from warmline.store.configuration import change_plan
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import keeping
from warmline.store.migrations.schema_migration import migrate

WHO = "lab"

Change = tuple[str, str, dict[str, str]]


def read(file: Path) -> list[Change]:
    """Read configuration changes from a TOML or JSON file with a table for each entity, such as `[campaign.TESTCAMP]`.

    Returns (kind, name, options). Raises LabError.
    """
    try:
        named, _ = config_files.read(file)
        for (kind, _name), texts in named.items():
            check(kind, texts)
    except OptionError as error:
        raise LabError("lab_config_invalid", "configuration {why}", why=error) from None
    return [(kind, name, texts) for (kind, name), texts in named.items()]


def fill(database: Path, wanted: list[Change]) -> None:
    """Write the demo configuration if there is no database yet, then the changes. Raises LabError."""
    try:
        if not database.exists():
            _make(database)
        migrate(database)
        _apply(database, wanted)
    except (OptionError, StoreError, NotFound, Conflict) as error:
        raise LabError("lab_config_not_applied", "the lab's configuration: {why}", why=error) from None


def _make(database: Path) -> None:
    """Write the demo configuration completely or not at all.

    An interrupted start must not leave a partial database.
    """
    new = database.with_name(f"new-{database.name}")
    _remove(new)
    with keeping(0):  # a connection that stays open would use the files beside the former name
        migrate(new)
        _apply(new, demo_config.ENTITIES)
    new.rename(database)
    _remove(new)


def _apply(database: Path, wanted: list[Change]) -> None:
    planned = change_plan.plan(database, {(kind, name): options for kind, name, options in wanted})
    change_plan.apply(database, planned, who=WHO)


def _remove(database: Path) -> None:
    """Return the file, and the files that SQLite keeps beside it."""
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
