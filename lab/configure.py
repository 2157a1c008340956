"""Fills a lab's database: the demo configuration, and the changes an administrator wants to try."""

import tomllib
from pathlib import Path

from warmline.lab import demo_config
from warmline.lab.errors import LabError
from warmline.options import ENTITIES, OptionError, check
from warmline.store import config
from warmline.store.database import StoreError
from warmline.store.migrations import migrate
from warmline.store.refusals import Conflict, NotFound

WHO = "lab"

Change = tuple[str, str, dict[str, str]]


def read(file: Path) -> list[Change]:
    """Configuration changes from a TOML file with a table for each entity, such as `[campaign.TESTCAMP]`.

    Returns (kind, name, options). Raises LabError.
    """
    try:
        kinds = tomllib.loads(file.read_text())
    except OSError as error:
        raise LabError(f"configuration {file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise LabError(f"configuration {file} is not TOML: {error}") from None
    changes: list[Change] = []
    for kind, entities in kinds.items():
        if kind not in ENTITIES:
            raise LabError(f"configuration {file} has [{kind}…]; there are: {', '.join(ENTITIES)}")
        if only := ENTITIES[kind].only:
            entities = {only: entities}
        for name, options in entities.items() if isinstance(entities, dict) else [(kind, None)]:
            if not isinstance(options, dict):
                raise LabError(f"configuration {file} has no [{kind}.NAME] above {name}; write it there")
            changes.append((kind, name, {option: _text(value) for option, value in options.items()}))
    for kind, _, texts in changes:
        try:
            check(kind, texts)
        except OptionError as error:
            raise LabError(f"configuration {file}, {kind}: {error}") from None
    return changes


def fill(database: Path, changes: list[Change]) -> None:
    """Make the demo configuration if there is no database yet, then the changes. Raises LabError."""
    try:
        if not database.exists():
            _make(database)
        migrate(database)
        for kind, name, options in changes:
            if name in config.list_names(database, kind):
                config.set_options(database, kind, name, options, who=WHO)
            else:
                config.create(database, kind, name, options, who=WHO)
    except (OptionError, StoreError, NotFound, Conflict) as error:
        raise LabError(f"the lab's configuration: {error}") from None


def _make(database: Path) -> None:
    """The demo configuration, whole or not at all: a start that broke off must not pass for a database."""
    new = database.with_name(f"new-{database.name}")
    _remove(new)
    migrate(new)
    for kind, name, options in demo_config.ENTITIES:
        config.create(new, kind, name, options, who=WHO)
    new.rename(database)
    _remove(new)


def _remove(database: Path) -> None:
    """The file and those that the store keeps beside it."""
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()


def _text(value: object) -> str:
    """A TOML value as it would be typed after `option=`."""
    if isinstance(value, bool):
        return "Y" if value else "N"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
